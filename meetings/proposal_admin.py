"""Admin of proposed changes in the form of a meeting: kept instead of saved, opened again, accepted."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagement.accounts.roles import ROLES, SECRETARY
from engagement.core.admin.actions import Verb
from engagement.core.admin.conflicts import posted_data, posted_version, put_posted
from engagement.core.admin.form_data import Data, pack, unpack
from engagement.core.admin.form_state import state_of
from engagement.core.admin.noun_admin import NounAdmin
from engagement.core.admin.three_way_merge import flatten, merge, parse, parse_posted
from engagement.core.once import token_of

from .four_eyes import WaitsForPublisher, allow, may_publish
from .models import ProposedChange, ProposedFile
from .models.correction_notes import correcting
from .uploads import checksum

_KEPT = _("Change proposed. Until a publisher accepts it, readers see the meeting as before.")
NOT_KEPT = {"csrfmiddlewaretoken", "_version", "_base", "_once", "_proposal", "_take", "_note"}
"""Of a form that is kept."""


class ProposedChangesAdmin(NounAdmin):
    """``?proposal=7`` opens a proposed change in the form; ``_take`` puts it into the record as it is."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        note = request.POST.get("_note", request.POST.get("correction", ""))[:500]
        if (proposal := self._proposal(request, object_id)) is None:
            with correcting(note, is_asked=may_publish(request.user)):  # type: ignore[arg-type]
                return super().changeform_view(request, object_id, form_url, extra_context)
        request.proposal = proposal  # type: ignore[attr-defined]
        with _as_secretary(request):
            if not proposal.is_open:
                told = {"state": proposal.get_state_display().lower()}
                messages.error(request, _("This change was already decided: %(state)s.") % told)
                return HttpResponseRedirect(_address(proposal))
            if request.method != "POST":
                self._open(request, proposal)
            elif "_take" in request.POST:
                self._put_merged(request, proposal)
            context = {**(extra_context or {}), "proposal": proposal, "proposal_note": note}
            with correcting(note):
                response = super().changeform_view(request, object_id, form_url, context)
            if state_of(request).saved and proposal.state == ProposedChange.State.TAKEN:
                messages.success(request, _("Change accepted. Readers see it now."))
            if isinstance(response, TemplateResponse):
                response.render()
        return response

    def may_do(self, request: HttpRequest, verb: Verb, record: Any) -> bool:
        """A published meeting is moved by whoever may publish, since others may not."""
        if super().may_do(request, verb, record):
            return True
        return verb.permission == "meetings.change_meeting" and record.is_published and may_publish(request.user)  # type: ignore[arg-type]

    def _proposal(self, request: HttpRequest, object_id: str | None) -> ProposedChange | None:
        """The one that is asked for, if this person wrote it or may publish; nothing is told of others."""
        key = request.POST.get("_proposal") or request.GET.get("proposal")
        if not key or object_id is None or not key.isdecimal() or not object_id.isdecimal():
            return None
        rows = ProposedChange.objects.visible_to(request.user).filter(meeting=object_id)
        if not may_publish(request.user):  # type: ignore[arg-type]
            rows = rows.filter(proposed_by=request.user)
        proposal: ProposedChange = get_object_or_404(rows, pk=key)
        return proposal

    def _open(self, request: HttpRequest, proposal: ProposedChange) -> None:
        """As if it had just been posted, to be looked at: what was changed meanwhile is merged and told."""
        self._put(request, proposal, proposal.form)
        request.method = "POST"
        state_of(request).only_shows = True

    def _put(self, request: HttpRequest, proposal: ProposedChange, form: Data, *, version: int | None = None) -> None:
        own = {"_version": [str(version or proposal.form_version)], "_base": [pack(proposal.base)]}
        if "_take" in request.POST:
            own |= {"_save": ["1"], "_note": [request.POST.get("_note", "")]}
        put_posted(request, {**form, **own, "_proposal": [str(proposal.pk)], "_once": [token_of(request)]})

    def _put_merged(self, request: HttpRequest, proposal: ProposedChange) -> None:
        """Other changes made meanwhile stay; where both changed the same field, the form asks."""
        record: Any = self.get_object(request, str(proposal.meeting_id))
        if record is None or record.version == proposal.form_version:
            return self._put(request, proposal, proposal.form)
        current = self.current_data(request, record)
        flat = flatten(merge(parse(proposal.base), parse(current), parse_posted(proposal.form)))
        if flat.clashes or flat.gone:
            return self._put(request, proposal, proposal.form)
        return self._put(request, proposal, flat.data, version=record.version)

    def save_model(self, request: HttpRequest, obj: Any, form: BaseModelForm[Model], change: bool) -> None:
        """First it is made sure that nobody else decides it at this moment."""
        proposal: ProposedChange | None = getattr(request, "proposal", None)
        if proposal is not None and may_publish(request.user):  # type: ignore[arg-type]
            proposal.take(by=request.user)  # type: ignore[arg-type]
            allow(obj.pk)
            obj._change_reason = str(_("Proposed by %(name)s") % {"name": proposal.proposed_by})[:100]
        super().save_model(request, obj, form, change)

    def kept_otherwise(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The form as a proposed change, where the record itself may not be saved."""
        if not isinstance(error, WaitsForPublisher) or "_popup" in request.POST:
            return None
        proposal = self._kept(request, error)
        messages.get_messages(request)._queued_messages.clear()  # type: ignore[union-attr]  # that it was saved
        messages.success(request, _KEPT)
        state_of(request).saved = True
        return HttpResponseRedirect(_address(proposal))

    def _kept(self, request: HttpRequest, error: WaitsForPublisher) -> ProposedChange:
        posted = posted_data(request)
        form = {name: values for name, values in posted.items() if name not in NOT_KEPT}
        files: dict[str, Any] = request.FILES.dict()
        form |= {f"{name.removesuffix('file')}kept_file": [checksum(file)] for name, file in files.items()}
        base = unpack(request.POST.get("_base", "")) or {}
        version = posted_version(request) or error.meeting.version
        known: ProposedChange | None = getattr(request, "proposal", None)
        if known is not None:
            known.propose_again(form, base, version, error.differences)
            return _with_files(known, files.values())
        own = ProposedChange.objects.waiting().filter(meeting=error.meeting.pk, proposed_by=request.user)
        for earlier in own:
            if earlier.form == form:  # sent twice
                return earlier
        facts = {"form": form, "base": base, "form_version": version, "differences": error.differences}
        person: Any = request.user
        made: ProposedChange = ProposedChange.objects.create(meeting=error.meeting, proposed_by=person, **facts)
        return _with_files(made, files.values())


def _with_files(proposal: ProposedChange, files: Iterable[Any]) -> ProposedChange:
    """The files that its form names, and no others."""
    for file in files:
        ProposedFile.keep(proposal, file)
    named = {value for name, values in proposal.form.items() if name.endswith("kept_file") for value in values}
    proposal.files.exclude(sha256__in=named).delete()
    return proposal


def _address(proposal: ProposedChange) -> str:
    return f"{reverse('meetings:publication', args=[proposal.meeting.slug])}#change-{proposal.pk}"


@contextmanager
def _as_secretary(request: HttpRequest) -> Iterator[None]:
    """Whoever may publish fills in the form of a proposed change, and of nothing else, as the secretariat does."""
    person: Any = request.user
    if person.is_superuser or not may_publish(person):
        yield
        return
    own = set(person.get_all_permissions())
    person._perm_cache = own | set(ROLES[SECRETARY])
    try:
        yield
    finally:
        person._perm_cache = own
