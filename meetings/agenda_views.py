"""Views of agenda proposals: a representative proposes an item, the secretariat accepts, merges or declines it."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from engagement.core.admin.form_fields import ask_in_words, asked_in_words
from engagement.core.lookups.widgets import several_lines
from engagement.core.models import sees_all
from engagement.core.once import once
from engagement.core.readers import read_by
from engagement.core.types import AuthenticatedRequest, Reader
from engagement.core.views import only_for
from organizations.models import Organization

from .models import AgendaProposal, Discussion, Meeting
from .models.agenda_proposals import own_parties
from .views import meeting_at


class ProposalForm(forms.ModelForm):
    """A subject and why; for which organization is asked of those who act for several at the table."""

    class Meta:
        model = AgendaProposal
        fields = ("organization", "title", "note")
        widgets = {"note": several_lines()}
        error_messages = asked_in_words(AgendaProposal)
        help_texts = {
            "title": read_by(AgendaProposal.readers, gettext_lazy("If it is accepted, it is shown on the agenda.")),
            "note": read_by(AgendaProposal.readers),
        }

    def __init__(self, meeting: Meeting, own: list[Organization], data: QueryDict | None = None) -> None:
        super().__init__(data, instance=AgendaProposal(meeting=meeting), use_required_attribute=False)
        for name, field in self.fields.items():
            ask_in_words(field, AgendaProposal, name)
        if len(own) == 1:
            del self.fields["organization"]
            self.instance.organization = own[0]
        else:
            choices = cast("forms.ModelChoiceField[Organization]", self.fields["organization"])
            choices.queryset = Organization.objects.filter(pk__in=[one.pk for one in own])


class AnswerForm(forms.Form):
    """Form of the answer to a proposal."""

    TAKE, MERGE, DECLINE = "take", "merge", "decline"
    verb = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            (TAKE, gettext_lazy("Add it as a new item")),
            (MERGE, gettext_lazy("Add it to another item")),
            (DECLINE, gettext_lazy("Decline it")),
        ],
        error_messages={"required": gettext_lazy("Choose what to do with the proposal.")},
    )
    into = forms.ModelChoiceField(Discussion.objects.none(), label=gettext_lazy("Item"), required=False)
    answer = forms.CharField(
        label=gettext_lazy("Answer"),
        max_length=500,
        required=False,
        help_text=read_by(AgendaProposal.readers, gettext_lazy("Required if you decline it.")),
    )

    def __init__(self, proposal: AgendaProposal, data: QueryDict | None = None) -> None:
        super().__init__(data, use_required_attribute=False)
        self.proposal = proposal
        choices = cast("forms.ModelChoiceField[Discussion]", self.fields["into"])
        choices.queryset = proposal.meeting.discussions.select_related("topic")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verb") == self.MERGE and not cleaned.get("into") and "into" not in self.errors:
            self.add_error("into", _("Choose the item to add it to."))
        if cleaned.get("verb") == self.DECLINE and not cleaned.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Enter why it is declined."))
        return cleaned

    def carry_out(self, by: Any) -> None:
        answers = self.cleaned_data
        match answers["verb"]:
            case self.TAKE:
                self.proposal.take(by=by, answer=answers["answer"])
            case self.MERGE:
                self.proposal.merge(by=by, into=answers["into"], answer=answers["answer"])
            case _decline:
                self.proposal.decline(by=by, answer=answers["answer"])


def may_propose(user: Reader) -> bool:
    return not sees_all(user)


def may_answer(user: Reader) -> bool:
    return user.has_perm("meetings.change_meeting")


@only_for(may_propose)
@require_http_methods(["GET", "HEAD", "POST"])
def propose_item(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    meeting = meeting_at(request, slug)
    own = own_parties(meeting, request.user)
    if not own:
        raise Http404
    if not meeting.takes_proposals:
        messages.error(request, _("This meeting no longer accepts proposals."))
        return redirect(meeting)
    form = ProposalForm(meeting, own, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with once(request) as sent:
            if form.is_valid():
                proposal = form.save(commit=False)
                proposal.by = request.user
                proposal.save()
                messages.success(request, _("Proposal sent. The answer will be shown here."))
                return sent.led_to(redirect(meeting))
    return render(request, "meetings/propose_item.html", {"meeting": meeting, "form": form, "own": own})


@only_for(may_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def answer_proposal(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponseBase:
    meeting = meeting_at(request, slug)
    seen = AgendaProposal.objects.visible_to(request.user).for_reading(request.user)
    proposal = get_object_or_404(seen, meeting=meeting, pk=pk)
    form = AnswerForm(proposal, request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with once(request) as sent:
            if form.is_valid() and _answered(request, form):
                return sent.led_to(redirect(meeting))
    elif proposal.state != AgendaProposal.State.PROPOSED:
        messages.info(
            request, _("This proposal was already answered: %(state)s.") % {"state": proposal.get_state_display()}
        )
        return redirect(meeting)
    return render(request, "meetings/answer_proposal.html", {"meeting": meeting, "proposal": proposal, "form": form})


def _answered(request: AuthenticatedRequest, form: AnswerForm) -> bool:
    """Whether it was; what stops it, such as an answer by somebody else meanwhile, is told in the form."""
    try:
        form.carry_out(by=request.user)
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return False
    messages.success(request, _("Proposal answered: %(state)s.") % {"state": form.proposal.get_state_display()})
    return True
