"""Base ModelAdmin of every record: one form with all its rows, saved in one transaction, nothing typed is lost."""

import json
import re
from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Protocol

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import ValidationError
from django.db import IntegrityError, router, transaction
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.admin import SimpleHistoryAdmin

from engagement.core.change_signals import batch_changes
from engagement.core.folding import whole_number
from engagement.core.once import TOKEN, SentBefore, once, token_of
from engagement.core.unavailable import refusal

from ..lookups.resolve import label_of
from ..lookups.views import LookupAdmin
from .after_saving import SavedAdmin
from .conflicts import keep_as_new, merge_posted, posted_data, posted_version
from .form_data import Data, form_data, pack
from .form_fields import KitFields
from .form_state import FormState, state_of
from .forms import RecordForm
from .once import OnceAdmin, page_of, saved_by
from .refusals import refused
from .row_limits import with_rows_it_holds
from .save_errors import as_validation_error, by_instance

RECEIPTS = "saved_drafts"
_ROW = re.compile(r"[a-z]+-[0-9]+")
"""A row that was opened from the record's page, to which saving returns."""
TOO_MANY_ROWS = gettext_lazy("Some rows of this form did not arrive. Nothing was saved. Check the rows and save again.")
_LATE = (ValidationError, IntegrityError, ProtectedError, RestrictedError)


class Attempt(Protocol):
    """One pass of the form view; ``claims``: whether it uses up the form's idempotency key."""

    def __call__(self, *, claims: bool) -> HttpResponse: ...


class RecordAdmin(KitFields, LookupAdmin, SavedAdmin, OnceAdmin, SimpleHistoryAdmin):
    """Base of every record's admin. The package's docstring says how it differs from Django's."""

    form = RecordForm
    save_labels: ClassVar[Mapping[str, object]] = {}

    # The form of this request ------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Without the fields a form class declares but this screen does not show: they would read as cleared."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if kwargs.get("fields") is not None:
            shown = set(kwargs["fields"]) - set(self.get_readonly_fields(request, obj))
            form.base_fields = {
                n: f for n, f in form.base_fields.items() if n in shown or n not in form.declared_fields
            }
        return self.prepared(form, request)

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: Any, prefix: str) -> dict[str, object]:
        given: dict[str, object] = super().get_formset_kwargs(request, obj, inline, prefix)
        if state_of(request).reading:
            given = {key: given[key] for key in ("instance", "prefix", "queryset")}
        return given

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        """The record as Django finds it; while a form is being saved nobody else can change it."""
        request.locks_object = request.method == "POST"  # type: ignore[attr-defined]
        try:
            return super().get_object(request, object_id, from_field)
        finally:
            del request.locks_object  # type: ignore[attr-defined]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        rows: QuerySet[Model] = super().get_queryset(request)
        in_transaction = transaction.get_connection(router.db_for_write(self.model)).in_atomic_block
        if getattr(request, "locks_object", False) and in_transaction:
            rows = rows.select_for_update(of=("self",))
        return rows

    def current_data(self, request: HttpRequest, obj: Model) -> Data:
        """The data that the form would contain if it were opened now."""
        state = state_of(request)
        state.reading = True
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)(instance=obj)
        formsets, _inlines = self._create_formsets(request, obj, change=True)
        data = form_data(form, formsets)
        state.reading = False
        state.restart()
        return data

    # Saving ------------------------------------------------------------------------------------------------

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, object] | None = None,
    ) -> HttpResponse:
        """Check and save in one transaction; whatever stops the save is told in the form, with all that was typed."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        state = state_of(request)
        if refused := refusal():
            state.restart()
            state.add_late("", ValidationError(refused.tell(), code="unavailable"))
        if (counted := with_rows_it_holds(request.POST)) is not None:
            request.POST = counted  # type: ignore[assignment]
            state.add_late("", ValidationError(TOO_MANY_ROWS, code="rows"))
        state.more = request.POST.get("_more", "")
        if state.more:
            _one_more(request, state.more)
        attempt = partial(self._attempt, request, object_id, form_url, extra_context)
        try:
            response = self._saved_or_shown(request, state, attempt, claims=not state.more)
        except SentBefore as before:
            made = self.made_by(request, before)
            if before.is_same or made is None:
                response = self.answer_again(request, before)
            else:
                self._note_sent_before(request, state, made, is_new=object_id is None)
                response = self._saved_or_shown(request, state, attempt, claims=False)
            return self._with_receipt(request, response)
        return self._with_receipt(request, response) if state.saved else response

    def _saved_or_shown(
        self, request: HttpRequest, state: FormState, attempt: "Attempt", *, claims: bool
    ) -> HttpResponse:
        try:
            return attempt(claims=claims)
        except _LATE as error:
            try:
                if (kept := self.kept_otherwise(request, error)) is not None:
                    return kept
            except ValidationError as instead:
                error = instead
            self._note_late(request, state, error)
            return attempt(claims=False)

    def kept_otherwise(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A hook: keep the typed data although the record could not be saved; raises an error to show instead."""
        return None

    def _attempt(
        self,
        request: HttpRequest,
        object_id: str | None,
        form_url: str,
        extra_context: dict[str, object] | None,
        *,
        claims: bool,
    ) -> HttpResponse:
        """One pass of Django's own view; unless it saved, nothing it wrote on the way remains."""
        state = state_of(request)
        with once(request, claims=claims) as sent, batch_changes():
            if object_id is not None and self._was_deleted(request, object_id):
                object_id, form_url = None, self._address("add")
            self._refuse(request, object_id)
            response = super(OnceAdmin, self).changeform_view(request, object_id, form_url, extra_context)
            if state.saved:
                sent.led_to(response, self.address_of(saved_by(request)))
            else:
                transaction.set_rollback(True)
        return response

    def _refuse(self, request: HttpRequest, object_id: str | None) -> None:
        """Refuse the save if the data would bring in anything that no form may bring in."""
        state = state_of(request)
        if not state.refuses and (said := refused(posted_data(request), lambda: self._held(request, object_id))):
            state.add_late("", ValidationError(said, code="refused"))

    def _held(self, request: HttpRequest, object_id: str | None) -> Data:
        record = self.get_object(request, unquote(object_id)) if object_id is not None else None
        return self.current_data(request, record) if record is not None else {}

    def _was_deleted(self, request: HttpRequest, object_id: str) -> bool:
        """Compare the record with what this person had on the screen; merge if it was changed, say so if it is gone."""
        state, version = state_of(request), posted_version(request)
        if version is None or state.more:
            return False
        record = self.get_object(request, unquote(object_id))
        if record is None:
            may_add = self.has_add_permission(request)
            if may_add:
                keep_as_new(request, state, self.model, unquote(object_id))
            return may_add
        if getattr(record, "version", version) != version and self.has_change_permission(request, record):
            merge_posted(request, state, record, self.current_data(request, record), version)
        return False

    def _note_late(self, request: HttpRequest, state: FormState, error: Exception) -> None:
        kinds = dict.fromkeys([self.model, *(type(form.instance) for form in state.forms)])
        for instance, part in by_instance(as_validation_error(error, kinds)):
            about = instance or getattr(error, "record", None) or state.saving
            state.add_late(state.prefix_of(about), part)
        state.restart()
        announced: Any = messages.get_messages(request)
        announced._queued_messages.clear()  # nothing was saved

    def _note_sent_before(self, request: HttpRequest, state: FormState, made: Model, *, is_new: bool) -> None:
        """The form comes back changed: a new record is asked about, a change is compared with what it is now."""
        request.token_is_spent = True  # type: ignore[attr-defined]
        if is_new:
            text = _("This form was already saved as “%(record)s”. Save again only if you want another one.")
            state.add_late("", ValidationError(text % {"record": made}, code="sent_before"))

    def save_model(self, request: HttpRequest, obj: Model, form: BaseModelForm[Model], change: bool) -> None:
        """A record nobody touched is not saved again: only its rows were."""
        if not change or form.has_changed():
            super().save_model(request, obj, form, change)

    # Afterwards --------------------------------------------------------------------------------------------

    def response_add(self, request: HttpRequest, obj: Model, post_url_continue: str | None = None) -> HttpResponse:
        state_of(request).saved = True
        return self._next(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        state_of(request).saved = True
        return self._next(request, obj, super().response_change(request, obj))

    def _next(self, request: HttpRequest, obj: Model, response: HttpResponse) -> HttpResponse:
        row = request.GET.get("row", "")
        if page := page_of(request, obj):
            return HttpResponseRedirect(page + (f"#{row}" if _ROW.fullmatch(row) else ""))
        if IS_POPUP_VAR in request.POST and isinstance(response, TemplateResponse) and response.context_data:
            told = json.loads(response.context_data["popup_response_data"])
            response.context_data["popup_response_data"] = json.dumps({**told, "obj": label_of(obj)})
        return response

    def _with_receipt(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Tell the browser which draft was saved, so that it forgets that one and no other."""
        if token := token_of(request):
            earlier = [t for t in request.COOKIES.get(RECEIPTS, "").split(".") if TOKEN.fullmatch(t)]
            value = ".".join([*earlier, token][-20:])
            response.set_cookie(RECEIPTS, value, max_age=604800, samesite="Lax", secure=request.is_secure())
        return response

    # Showing -----------------------------------------------------------------------------------------------

    def get_inline_formsets(self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None) -> Any:
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        state_of(request).may_edit = may
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def render_change_form(  # type: ignore[override]
        self, request: HttpRequest, context: dict[str, Any], **kwargs: Any
    ) -> HttpResponse:
        state, obj = state_of(request), context.get("original")
        for wrapped in context["inline_admin_formsets"]:
            context["errors"].extend(wrapped.formset.inner_errors() if hasattr(wrapped.formset, "inner_errors") else [])
        context.update(
            record_version=getattr(obj, "version", None),
            record_base=self._base(request, state, context),
            save_labels={name.removeprefix("_"): label for name, label in self.save_labels.items()},
            has_page=hasattr(self.model, "get_absolute_url"),
            keeps_drafts=state.may_edit,
            is_read_only=not state.may_edit,
            conflict=state.conflict,
            files_lost=bool(request.FILES),
        )
        return super().render_change_form(request, context, **kwargs)

    def _base(self, request: HttpRequest, state: FormState, context: dict[str, Any]) -> str:
        """The data that the form contained when this person began, to be compared when they save."""
        if state.base is not None:
            return pack(state.base)
        if context.get("original") is None:
            return ""
        if request.method == "POST":
            return request.POST.get("_base", "")
        formsets = [wrapped.formset for wrapped in context["inline_admin_formsets"]]
        return pack(form_data(context["adminform"].form, formsets))


def _one_more(request: HttpRequest, prefix: str) -> None:
    """Count one more row in a set, as if it had been posted."""
    post, name = request.POST.copy(), f"{prefix}-TOTAL_FORMS"
    if (count := whole_number(post.get(name, ""))) is not None:
        post[name] = str(count + 1)
    request.POST = post  # type: ignore[assignment]
