"""Admin of follow-ups: as rows of their meeting, and on their own."""

from typing import Any, cast

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from engagement.accounts.admin import UserAdmin
from engagement.accounts.models import User
from engagement.core.admin.changelist import ReadOnlyAdmin
from engagement.core.admin.inlines import CardInline
from engagement.core.admin.noun_admin import NounAdmin
from engagement.core.admin.proposals import Proposal
from engagement.core.admin.row_links import RowLink
from engagement.core.types import Actor
from meetings.admin import MeetingAdmin
from meetings.inlines import DiscussionInline, DocumentInline, MeetingOutcomeInline, Part, PartyInline
from meetings.models import Meeting
from organizations.models import Organization

from .actions import ACTIONS
from .bulk_actions import Result, result_message
from .entry import FollowUpForm, MeetingFollowUpForm, with_places
from .models import FollowUp, Report, ReportLink
from .reassignment import Duties, LeavingForm, NotHandedOver

CHASED_BY = _("Colleague who reminds the counterpart. Leave empty for our lead, or yourself.")
PEOPLE = {
    "assignee": {"queryset": User.objects.with_roles},
    "chaser": {"queryset": User.objects.with_roles, "help_text": CHASED_BY},
}
"""Whoever is named is checked: with what that asks for."""


class FollowUpInline(Part, CardInline):
    model = FollowUp
    form = MeetingFollowUpForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("title", "who", "due_on", "chaser"),
                    ("visibility", "from_discussion", "outcome_number", "due_reason"),
                    "order",
                ]
            },
        ),
        (_("More about this follow-up"), {"fields": [("assignee", "priority"), "details"], "classes": ["collapse"]}),
        (_("Done already?"), {"fields": [("done_on", "done_result")], "classes": ["collapse"]}),
    ]
    lookups = PEOPLE
    order_field = "order"
    about = ("title",)
    told_by = ("who", "due_on")
    row_title = _("Follow-up")
    add_label = _("Follow-up")
    help = _("What either side promised")

    def get_queryset(self, request: HttpRequest) -> QuerySet[models.Model]:
        return with_places(super().get_queryset(request))

    def why_kept(self, row: models.Model) -> str:
        address = reverse("admin:followups_followup_verb", args=[row.pk, "cancel"])
        link = format_html('<a href="{}">{}</a>', address, _("Cancel it"))
        return format_html("{} {}", _("A recorded follow-up is not removed, so that its history stays."), link)


def owners(request: HttpRequest) -> QuerySet[Organization]:
    return Organization.objects.visible_to(request.user).select_related("lead")


def chaser_of(request: HttpRequest, owner: Organization) -> Proposal:
    """The colleague who reminds a counterpart of its promise, by the promise's owner."""
    chaser = FollowUp.chaser_by_default(owner, by=cast("Actor", request.user))
    return Proposal(fields={"chaser": chaser} if chaser else {})


admin.site.unregister(Meeting)


class DiscussionWithFollowUpsInline(DiscussionInline):
    """A discussion as an inline, in which follow-ups can be added."""

    links = (RowLink("followups", "from_discussion", _("Follow-ups"), _("Follow-up")),)


@admin.register(Meeting)
class MeetingWithFollowUpsAdmin(MeetingAdmin):
    inlines = [PartyInline, DiscussionWithFollowUpsInline, MeetingOutcomeInline, FollowUpInline, DocumentInline]


class DueFilter(admin.SimpleListFilter):
    title = _("due")
    parameter_name = "due"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
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
    list_display = ("reference", "title", "holder", "due", "status", "does", "of_meeting")
    list_display_links = ("reference", "title")
    list_filter = (DueFilter, "status", "side", "priority", "visibility")
    list_select_related = ("owner", "meeting")
    search_fields = ("search_text",)
    sortable_by = ("reference", "title", "due", "status")
    ordering = (models.F("due_on").asc(nulls_last=True), "pk")
    fieldsets = [
        (_("What was promised"), {"fields": ["title", "details", ("who", "priority")]}),
        (_("Where it comes from"), {"fields": [("meeting", "discussion_number", "outcome_number")]}),
    ]
    lookups = {**PEOPLE, "meeting": {}}
    proposals = {"who": (owners, chaser_of)}
    verbs = ACTIONS

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """A new one may be done already; later that is a verb's, as a new date needs its reason."""
        due = ["due_on"] if obj is None else ["due_on", "due_reason"]
        done = [(_("Done already?"), {"fields": [("done_on", "done_result")]})] if obj is None else []
        return [
            *self.fieldsets,
            (_("Who and when"), {"fields": [("assignee", "chaser"), tuple(due)]}),
            *done,
            (_("Who can see it"), {"fields": ["visibility"], "classes": ["note-visibility"]}),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).with_people(request.user)  # type: ignore[attr-defined]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        form.follow_verbs(request.user)

    def may_do(self, request: HttpRequest, verb: Any, record: FollowUp) -> bool:
        return bool(verb.permitted(request.user, [record]))

    def said_of(self, request: HttpRequest, verb: Any, done: Any, answers: dict[str, Any], back: str) -> str:
        """The message after a verb, as on the site: each follow-up, with a button that takes the change back."""
        words: str = verb.done_words(len(done), answers)
        return result_message(request, words, [Result(followup) for followup in done], back, can_undo=True)

    @admin.display(description=_("promised by"))
    def holder(self, followup: FollowUp) -> str:
        return followup.owner.short_name if followup.owner else str(FollowUp.Side.JOINT.label)

    @admin.display(description=_("assigned to"))
    def does(self, followup: FollowUp) -> str:
        """Who does it; of a counterpart's promise, who reminds it."""
        names = [followup.assignee.name_and_state] if followup.assignee else []
        if followup.chaser:
            names.append(gettext("%(name)s reminds") % {"name": followup.chaser.name_and_state})
        return ", ".join(map(str, names)) or gettext("nobody")

    @admin.display(description=_("meeting"))
    def of_meeting(self, followup: FollowUp) -> str:
        return followup.meeting.reference if followup.meeting else gettext("none")

    @admin.display(description=_("due"), ordering="due_on")
    def due(self, followup: FollowUp) -> str:
        """The day, and below it by how much it is over."""
        if followup.due_on is None:
            return gettext("no date")
        day, days = date_format(followup.due_on, "j M Y"), followup.days_late
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}
        return format_html('{}<br><strong class="late">{}</strong>', day, words) if days else day


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    """Admin of the reports on promises, read-only."""

    list_display = ("reported_at", "followup", "kind", "organization", "reported_by", "state")
    list_filter = ("state", "kind")
    sortable_by = ("reported_at",)
    list_select_related = ("followup", "organization", "reported_by", "link", "decided_by")
    search_fields = ("followup__search_text", "comment")
    fields = (
        ("followup", "kind", "state"),
        ("comment", "evidence", "file"),
        ("organization", "reported_at", "reported_by", "link"),
        ("decided_at", "decided_by", "reason"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]


@admin.register(ReportLink)
class ReportLinkAdmin(ReadOnlyAdmin):
    """Who was given a link to report, by whom, how long it is good and how often it was opened."""

    list_display = (
        "made_at", "followup", "name", "organization", "made_by", "expires_on", "revoked_at", "times_opened",
    )  # fmt: skip
    sortable_by = ("made_at", "expires_on")
    list_select_related = ("followup", "organization", "made_by")
    search_fields = ("followup__search_text", "name")
    fields = (
        ("followup", "name", "organization"),
        ("made_at", "made_by", "expires_on"),
        ("times_opened", "last_opened_on"),
        ("revoked_at", "revoked_by"),
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).visible_to(request.user)  # type: ignore[attr-defined]


admin.site.unregister(User)


@admin.register(User)
class UserWithDutiesAdmin(UserAdmin):
    """A user with the form to hand over follow-ups and organizations."""

    form = LeavingForm

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """If something cannot be handed over, the form says so and nothing is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except NotHandedOver as error:
            request.not_handed_over = error  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.duties, form.refused = self.duties(request, obj), getattr(request, "not_handed_over", None)
        return self.prepared(form, request)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Below the roles: there one is taken away."""
        fieldsets: list[Any] = list(super().get_fieldsets(request, obj))
        if obj is None or not self.has_change_permission(request, obj) or not (duties := self.duties(request, obj)):
            return fieldsets
        fields = [name for name in ("hand_over_to", "leave") if name == "leave" or duties.may_hand_over()]
        in_hand = (_("Assigned to this person"), {"fields": fields, "description": duties.words})
        place = next(n for n, (_title, options) in enumerate(fieldsets, 1) if "groups" in options["fields"])
        return [*fieldsets[:place], in_hand, *fieldsets[place:]]

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if heir := form.cleaned_data.get("hand_over_to"):
            form.duties.hand_over(to=heir)

    def duties(self, request: HttpRequest, person: User) -> Duties:
        """Counted once a request."""
        if "duties" not in person.__dict__:
            person.__dict__["duties"] = Duties(person, request.user)
        found: Duties = person.__dict__["duties"]
        return found
