"""Follow-ups in the admin: among the rows of their meeting, and on their own."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from engagement.core.admin import NounAdmin
from engagement.core.kit.forms import RecordForm
from engagement.core.kit.lookups import LookupField
from engagement.core.kit.nested import CardInline
from meetings.admin import MeetingAdmin
from meetings.inlines import PARTIES, Part
from meetings.models import Meeting
from organizations.models import Organization

from .actions import ACTIONS
from .models import FollowUp


class FollowUpForm(RecordForm):
    """Who promised is one organization or both sides; a date once given moves only with a reason."""

    who = LookupField(
        Organization,
        label=_("By whom"),
        words={"joint": _("Both sides")},
        sources=PARTIES,
        help_text=_("An organization, or Both sides."),
    )
    either = {"who": ("owner", {"joint": "is_joint"})}
    due_reason = forms.CharField(
        required=False, label=_("Why another date"), help_text=_("Only if the date changes."), max_length=300
    )

    class Meta:
        model = FollowUp
        fields = ("title", "details", "assignee", "chaser", "due_on", "priority", "visibility")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.moves_the_date() and self.initial.get("due_on") and not cleaned.get("due_reason"):
            self.add_error("due_reason", ValidationError(_("A due date moves only with a reason."), code="required"))
        return cleaned

    def moves_the_date(self) -> bool:
        return not self.instance._state.adding and "due_on" in self.changed_data

    def save(self, commit: bool = True) -> FollowUp:
        """The date goes through its verb, so that the reason and the first date stay on record."""
        if not self.moves_the_date():
            return super().save(commit=commit)
        to, self.instance.due_on = self.cleaned_data["due_on"], self.initial["due_on"]
        followup: FollowUp = super().save(commit=commit)
        by = self.state.request.user if self.state and self.state.request else None
        followup.move_due(by=by, to=to, reason=self.cleaned_data.get("due_reason", ""))
        return followup


class MeetingFollowUpForm(FollowUpForm):
    """In the meeting's form a discussion that is not saved yet is named by its number."""

    discussion_number = forms.CharField(
        required=False, label=_("From discussion"), help_text=_("Its number, if from one."), max_length=10
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.discussion:
            self.initial["discussion_number"] = self.instance.discussion.label

    def save(self, commit: bool = True) -> FollowUp:
        number = self.cleaned_data.get("discussion_number", "").strip()
        self.instance.discussion = self._numbered(number) if number else None
        return super().save(commit=commit)

    def _numbered(self, number: str) -> Any:
        for discussion in self.instance.meeting.discussions.all():
            if discussion.label == number:
                return discussion
        error = ValidationError({"discussion_number": _("This meeting has no discussion of that number.")})
        error.instance = self.instance  # type: ignore[attr-defined]
        raise error


class FollowUpInline(Part, CardInline):
    model = FollowUp
    form = MeetingFollowUpForm
    fields = [
        ("title", "who", "chaser", "due_on"),
        ("discussion_number", "assignee", "priority", "visibility"),
        ("details", "due_reason"),
    ]
    lookups = {"assignee": {}, "chaser": {}}
    row_title = _("Follow-up")
    add_label = _("Follow-up")
    help = _("what either side promised")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("discussion__topic")


admin.site.unregister(Meeting)


@admin.register(Meeting)
class MeetingWithFollowUpsAdmin(MeetingAdmin):
    inlines = [*MeetingAdmin.inlines[:-1], FollowUpInline, MeetingAdmin.inlines[-1]]


class DueFilter(admin.SimpleListFilter):
    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("overdue", _("Overdue")), ("30", _("Within 30 days")), ("none", _("No date"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        match self.value():
            case "overdue":
                return queryset.overdue()
            case "30":
                return queryset.due_within(30)
            case "none":
                return queryset.filter(due_on=None)
        return queryset


@admin.register(FollowUp)
class FollowUpAdmin(NounAdmin):
    form = FollowUpForm
    list_display = ("reference", "title", "holder", "due_on", "is_late", "status", "assignee", "chaser", "meeting")
    list_display_links = ("reference", "title")
    list_filter = (DueFilter, "status", "side", "priority", "visibility")
    list_select_related = ("owner", "assignee", "chaser", "meeting")
    search_fields = ("search_text",)
    sortable_by = ("reference", "title", "due_on", "status")
    ordering = (models.F("due_on").asc(nulls_last=True), "pk")
    fieldsets = [
        (_("What was promised"), {"fields": ["title", "details", ("who", "priority")]}),
        (_("Where it comes from"), {"fields": ["meeting"]}),
        (_("Who of us, and when"), {"fields": [("assignee", "chaser"), ("due_on", "due_reason")]}),
        (_("Who may see it"), {"fields": ["visibility"], "classes": ["note-visibility"]}),
    ]
    lookups = {"assignee": {}, "chaser": {}, "meeting": {}}
    verbs = ACTIONS

    @admin.display(description=_("by whom"))
    def holder(self, followup: FollowUp) -> str:
        return followup.owner.short_name if followup.owner else str(FollowUp.Side.JOINT.label)

    @admin.display(description=_("late"))
    def is_late(self, followup: FollowUp) -> str:
        days = followup.days_late
        return ngettext("%(days)d day", "%(days)d days", days) % {"days": days} if days else gettext("no")
