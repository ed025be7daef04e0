"""Idempotent POST in the admin: an "Add" form that comes twice makes one record, and leads to it both times."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import quote, unquote
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import resolve, reverse

from engagement.core.once import SentBefore, new_token, once, say_so, token_of


class OnceAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Django's form view, carried out once for each form that was opened."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        try:
            with once(request) as sent:
                response = super().changeform_view(request, *args, **kwargs)
                if (record := saved_by(request)) is not None:
                    sent.led_to(response, self.address_of(record))
            return response
        except SentBefore as before:
            return self.answer_again(request, before)

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        request.saved_record, request.is_new_record = obj, True  # type: ignore[attr-defined]
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        request.saved_record = obj  # type: ignore[attr-defined]
        return super().response_change(request, obj)

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, object], **kwargs: Any
    ) -> HttpResponse:
        """A form that is shown again with something to fix is still the same form."""
        is_spent = getattr(request, "token_is_spent", False)
        context["once_token"] = new_token() if is_spent else token_of(request) or new_token()
        return super().render_change_form(request, context, **kwargs)

    def address_of(self, record: Any) -> str:
        """The form of a record; whoever sends the form again is led there."""
        return self._address("change", quote(record.pk))

    def answer_again(self, request: HttpRequest, before: SentBefore) -> HttpResponse:
        """Lead to the record that the first form made, in its form or on its page; a pop-up closes."""
        record = self.made_by(request, before)
        if record is not None and IS_POPUP_VAR in request.POST:
            return self.response_add(request, record)
        say_so(request, before)
        if page := page_of(request, record):
            return HttpResponseRedirect(page)
        return HttpResponseRedirect(before.answer if record is not None else self._address("changelist"))

    def made_by(self, request: HttpRequest, before: SentBefore) -> Model | None:
        """The record that the first one saved, if this person may see it and it is still there."""
        key = resolve(before.answer).kwargs.get("object_id", "") if before.answer else ""
        return self.get_object(request, unquote(key))

    def _address(self, action: str, *args: str) -> str:
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{action}", args=args)


def saved_by(request: HttpRequest) -> Model | None:
    """The record this request saved, or nothing."""
    return getattr(request, "saved_record", None)


def page_of(request: HttpRequest, record: object) -> str:
    """The record's page, if this form leads there: ``_save`` does, a pop-up and “Save and continue” do not."""
    address = getattr(record, "get_absolute_url", None)
    leads_there = "_save" in request.POST and IS_POPUP_VAR not in request.POST
    return str(address()) if address is not None and leads_there else ""
