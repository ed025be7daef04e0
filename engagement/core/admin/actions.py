"""Admin actions and verbs of one record: a button for one, an action for ticked ones, and a page that asks first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.utils import unquote
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from engagement.core.once import claim, once
from engagement.core.readers import ONLY_SECRETARIAT
from engagement.core.types import Label

from ..lookups.fields import bind_lookups
from ..lookups.widgets import several_lines

if TYPE_CHECKING:
    ActionFunction = Callable[["VerbAdmin", HttpRequest, QuerySet[Model]], HttpResponse | None]
    Action = tuple[Callable[..., HttpResponse | None], str, Label]

SHOWN = 50
Answers = dict[str, object]
"""The cleaned data of a verb's form, passed to the verb by keyword."""


class ReasonForm(forms.Form):
    """Asks why; the answer stays inside."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=several_lines(),
        max_length=2000,
        help_text=ONLY_SECRETARIAT,
        error_messages={"required": gettext_lazy("Enter a reason.")},
    )


@dataclass(frozen=True)
class Verb:
    """One verb of a model: ``name`` is its method, called with ``by=`` and the answers of ``form``."""

    name: str
    label: Label
    permission: str
    form: type[forms.Form] = forms.Form
    applies: Callable[[Any], bool] = lambda record: True
    outlook: Callable[[Any], Iterable[str]] = lambda record: ()
    """What it will change, a sentence each, told before it is done."""
    check: Callable[[Any, Answers], None] | None = None
    """Raises ValidationError about an answer that this record does not go with, before anything is done."""
    done: Label = ""
    """What is said once it is done to one record."""
    panel: str = ""
    """A template that shows what it will change, where sentences do not. Context: record, told."""
    tells: Callable[[Any, Any], object] = lambda record, user: None
    """What the panel shows as ``told``; where that has ``stops``, there is no button."""
    asks: Callable[[Any, forms.Form], None] = lambda record, form: None
    """Fits the form to the one record that it is about."""


class VerbAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """ModelAdmin with ``verbs``: the changes of state that a record offers beyond its form."""

    verbs: ClassVar[Sequence[Verb]] = ()

    def may_do(self, request: HttpRequest, verb: Verb, record: Any) -> bool:
        """Whether this person may do it to this record."""
        return request.user.has_perm(verb.permission)

    def allowed_verbs(self, request: HttpRequest) -> list[Verb]:
        return [verb for verb in self.verbs if request.user.has_perm(verb.permission)]

    def get_actions(self, request: HttpRequest) -> "dict[str, Action | None]":  # type: ignore[override]
        actions: dict[str, Action | None] = super().get_actions(request)  # type: ignore[assignment]
        if "_popup" not in request.GET:
            for verb in self.allowed_verbs(request):
                actions[verb.name] = (_action(verb), verb.name, verb.label)
        return actions

    def get_urls(self) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_verb"
        view = self.admin_site.admin_view(self.verb_view)
        return [path("<path:object_id>/verb/<slug:verb_name>/", view, name=name), *super().get_urls()]

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, object], **kwargs: Any
    ) -> HttpResponse:
        record = context.get("original")
        if isinstance(record, Model):
            name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_verb"
            own: list[dict[str, object]] = [
                {"label": verb.label, "url": reverse(name, args=[record.pk, verb.name])}
                for verb in self.verbs
                if verb.applies(record) and self.may_do(request, verb, record)
            ]
            context["verbs"] = own + self.links_of(request, record)
        return super().render_change_form(request, context, **kwargs)

    def links_of(self, request: HttpRequest, record: Model) -> list[dict[str, object]]:
        """Further links beside a record's verbs: a label and an address each."""
        return []

    def verb_view(self, request: HttpRequest, object_id: str, verb_name: str) -> HttpResponse:
        """Ask, then do it to one record."""
        verb = next((verb for verb in self.verbs if verb.name == verb_name), None)
        record = self.get_object(request, unquote(object_id))
        if verb is None or record is None:
            raise Http404
        if not self.may_do(request, verb, record):
            raise PermissionDenied
        back = self.lands_at(verb, record)
        asked = self.ask_and_do(request, verb, self.get_queryset(request).filter(pk=record.pk), back, {})
        return asked or HttpResponseRedirect(back)

    def lands_at(self, verb: Verb, record: Model) -> str:
        """The address to land at after a verb: the record's page, else its form."""
        if hasattr(record, "get_absolute_url"):
            return str(record.get_absolute_url())
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", args=[record.pk])

    def ask_and_do(
        self, request: HttpRequest, verb: Verb, records: "QuerySet[Model]", back: str, hidden: dict[str, list[str]]
    ) -> HttpResponse | None:
        """The page that asks, or None once it is done. Where nothing could be done, it asks again and says why."""
        confirmed = request.method == "POST" and "_confirmed" in request.POST
        count, shown = records.count(), list(records[:SHOWN])
        form = verb.form(request.POST if confirmed else None)
        form.label_suffix = ""  # as in every other form
        if count == 1:
            verb.asks(shown[0], form)
        bind_lookups(form, request, self.admin_site)
        if confirmed and form.is_valid() and _go_together(verb, form, records):
            with (once if count == 1 else claim)(request, back) as sent:
                failed = self._do(request, verb, records, form.cleaned_data, back)
                sent.is_done = len(failed) < count
            if sent.is_done:
                self._tell_failed(request, failed)
                return None
            _say_why(form, failed)
        context = {
            **self.admin_site.each_context(request),
            "title": verb.label,
            "subtitle": str(shown[0]) if count == 1 else "",
            "opts": self.opts,
            "verb": verb,
            "form": form,
            "records": [(record, list(verb.outlook(record))) for record in shown],
            "told": verb.tells(shown[0], request.user) if count == 1 else None,
            "count": count,
            "shown": SHOWN,
            "back": back,
            "hidden": hidden,
        }
        return TemplateResponse(request, "admin/verb.html", context)

    def do_to(self, request: HttpRequest, verb: Verb, record: Model, answers: Answers) -> None:
        """Do it to one record; raises ValidationError where its rules refuse."""
        getattr(record, verb.name)(by=request.user, **answers)

    def done_message(self, request: HttpRequest, verb: Verb, record: Model, answers: Answers) -> str:
        """The message after a verb was done to one record."""
        return str(verb.done) or _("%(verb)s: done.") % {"verb": verb.label}

    def _do(
        self, request: HttpRequest, verb: Verb, records: Iterable[Model], answers: Answers, back: str
    ) -> list[tuple[Model, ValidationError]]:
        """Do it to each; those to which it could not be done, and why."""
        done, failed = [], []
        for record in records:
            try:
                self.do_to(request, verb, record, answers)
            except ValidationError as error:
                failed.append((record, error))
            else:
                done.append(record)
        if done:
            messages.success(request, self.said_of(request, verb, done, answers, back))
        return failed

    def said_of(self, request: HttpRequest, verb: Verb, done: Sequence[Model], answers: Answers, back: str) -> str:
        """The message after a verb was done, shown where one lands."""
        if len(done) == 1:
            return self.done_message(request, verb, done[0], answers)
        text = ngettext("%(verb)s: done for %(count)d record.", "%(verb)s: done for %(count)d records.", len(done))
        return text % {"verb": verb.label, "count": len(done)}

    def _tell_failed(self, request: HttpRequest, failed: list[tuple[Model, ValidationError]]) -> None:
        """Those that stayed as they were, in one message."""
        if not failed:
            return
        heading = ngettext("One record was not changed.", "%(count)d records were not changed.", len(failed))
        told = [(str(record), " ".join(error.messages)) for record, error in failed[:SHOWN]]
        lines = format_html_join("", "<li>{}: {}</li>", told)
        messages.error(request, format_html("{}<ul>{}</ul>", heading % {"count": len(failed)}, lines))


def _say_why(form: forms.Form, failed: list[tuple[Model, ValidationError]]) -> None:
    """In the form that asks again: of one record beside the field that is wrong, of several record by record."""
    for record, error in failed[:SHOWN]:
        if len(failed) > 1:
            form.add_error(None, f"{record}: {' '.join(error.messages)}")
            continue
        for name, texts in getattr(error, "message_dict", {NON_FIELD_ERRORS: error.messages}).items():
            form.add_error(name if name in form.fields else None, texts)


def _go_together(verb: Verb, form: forms.Form, records: Iterable[Model]) -> bool:
    """Whether the answers go with every record; where not, the form says so."""
    if verb.check is None:
        return True
    for record in records:
        try:
            verb.check(record, form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return False
    return True


def _action(verb: Verb) -> "ActionFunction":
    def act(model_admin: VerbAdmin, request: HttpRequest, queryset: "QuerySet[Model]") -> HttpResponse | None:
        hidden = {
            ACTION_CHECKBOX_NAME: request.POST.getlist(ACTION_CHECKBOX_NAME),
            "action": [verb.name],
            "select_across": [request.POST.get("select_across", "0")],
        }
        return model_admin.ask_and_do(request, verb, queryset, request.get_full_path(), hidden)

    return act
