"""Admin of meetings: one form holds everything that was said, agreed and promised."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.forms import BaseForm, BaseFormSet, BaseModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.actions import ReasonForm, Verb
from engagement.core.admin.after_saving import Step
from engagement.core.admin.noun_admin import NounAdmin
from engagement.core.admin.proposals import Proposal, proposals_address
from engagement.core.folding import whole_number
from engagement.core.lookups.widgets import several_lines
from engagement.core.readers import ONLY_SECRETARIAT, read_by
from engagement.core.types import Actor
from organizations.models import Organization

from . import regime_admin
from .date_text import date_told
from .inlines import DiscussionInline, DocumentInline, MeetingOutcomeInline, PartyInline
from .models import Meeting, Party, Series
from .models.correction_notes import correcting
from .models.status import Status
from .models.times import MIDNIGHT
from .next_in_series import NextInSeries, another_like
from .proposal_admin import ProposedChangesAdmin
from .publication_preview import check_as_shown
from .regime_admin import RegimeChoiceForm
from .saved_message import after_publishing, next_steps, saved_message


class MeetingForm(RegimeChoiceForm):
    """A new meeting says at once how far it is; later its status moves by verbs only."""

    progress = forms.ChoiceField(
        label=_("Status"),
        choices=[(Status.PROPOSED, _("proposed")), (Status.CONFIRMED, _("confirmed")), (Status.HELD, _("held"))],
        required=False,
        initial=Status.HELD,
    )

    correction = forms.CharField(
        label=_("What was corrected"),
        max_length=500,
        required=False,
        help_text=_("Visible to everyone, beside the new version. Leave empty if readers see no difference."),
    )

    class Meta:
        model = Meeting
        fields = "__all__"
        help_texts = {"start_time": "", "end_time": "", "ordinal": _("Leave empty for the next number.")}

    def follow_progress(self, by: Actor) -> None:
        """Move the saved meeting as far as the form says; its rules speak up where that is not possible."""
        progress = self.cleaned_data.get("progress")
        if progress in (Status.CONFIRMED, Status.HELD):
            self.instance.confirm(by=by)
        if progress == Status.HELD:
            self.instance.hold(by=by)


class PublicReasonForm(forms.Form):
    """Asks why twice: for whoever sees the meeting, and for the secretariat."""

    reason = forms.CharField(
        label=_("Public reason"),
        widget=several_lines(),
        max_length=2000,
        help_text=_("Shown on the meeting's page to everyone who can see it: to the public once it is published."),
        error_messages={"required": _("Enter the reason that readers see.")},
    )
    note = forms.CharField(
        label=_("Internal note"),
        widget=several_lines(),
        max_length=2000,
        required=False,
        help_text=read_by(ONLY_SECRETARIAT),
    )


def _reason_where_published(when: object) -> forms.CharField:
    """A reason that may be left out of what the public has not read."""
    help_text = read_by(ONLY_SECRETARIAT, when)
    return forms.CharField(
        label=_("Reason"), widget=several_lines(), max_length=100, required=False, help_text=help_text
    )


class RenumberForm(ReasonForm):
    reason = _reason_where_published(_("Required if the number of a published meeting changes."))


class ReinstateForm(ReasonForm):
    reason = _reason_where_published(_("Required if the meeting is published. Kept in its history."))


def _new_numbers(series: Series) -> list[str]:
    """The new numbers that renumbering will give."""
    lines = []
    for meeting, number in series.renumbering():
        day = meeting.date or _("no date")
        words = {"meeting": meeting, "day": day, "old": meeting.ordinal, "new": number}
        lines.append(_("%(meeting)s, %(day)s: number %(old)s becomes %(new)s") % words)
    return lines


class StatusFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, Any]]:
        return [("upcoming", _("Upcoming")), ("past", _("Past"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "upcoming":
            return queryset.upcoming()
        return queryset.filter(ends_at__lte=timezone.now()) if self.value() == "past" else queryset


def _is(*statuses: Status) -> Any:
    return lambda meeting: meeting.status in statuses


def _when_it_is(meeting: Meeting) -> Iterator[str]:
    """The date that is confirmed, or on which it was held; another is entered in the form first."""
    yield str(_("Date: %(when)s") % {"when": date_told(meeting)})


VERBS = [
    Verb(
        "confirm",
        _("Confirm"),
        "meetings.change_meeting",
        applies=_is(Status.PROPOSED, Status.POSTPONED),
        outlook=_when_it_is,
        done=_("Meeting confirmed."),
    ),
    Verb(
        "hold",
        _("Mark as held"),
        "meetings.change_meeting",
        applies=_is(Status.CONFIRMED),
        outlook=_when_it_is,
        done=_("Meeting marked as held."),
    ),
    Verb(
        "postpone",
        _("Postpone"),
        "meetings.change_meeting",
        PublicReasonForm,
        applies=_is(Status.PROPOSED, Status.CONFIRMED),
        done=_("Meeting postponed."),
    ),
    Verb(
        "cancel",
        _("Cancel the meeting"),
        "meetings.change_meeting",
        PublicReasonForm,
        applies=_is(Status.PROPOSED, Status.CONFIRMED, Status.POSTPONED),
        done=_("Meeting cancelled."),
    ),
    Verb(
        "reinstate",
        _("Undo the cancellation"),
        "meetings.change_meeting",
        ReinstateForm,
        applies=_is(Status.CANCELLED),
        check=lambda meeting, answers: meeting.check_reinstating(answers["reason"]),
        done=_("Cancellation undone."),
    ),
    *regime_admin.VERBS,
]

NUMBERED_BY = {"series", "ordinal", "starts_on"}
"""What a meeting's place in the order of its series follows from."""

ENDS_BY = {"starts_on", "end_time", "ends_on"}

WHEN_AND_WHERE = ("starts_on", "date_precision", "city", "country")
TIMES = _("Leave the times empty if all day or unknown. 00:00 is midnight at the end of the last day.")
FILLED_IN = _("Filled in from the series and its latest meeting.")
SELDOM = [
    ("start_time", "end_time", "ends_on", "ordinal"),
    ("kind", "requested_by", "attendance_mode"),
    ("contact_form", "venue", "time_zone"),
]


CORRECTION = (_("Correction"), {"fields": ["correction"], "classes": ["after-inlines"]})


def series_of(request: HttpRequest) -> QuerySet[Series]:
    return Series.objects.visible_to(request.user).select_related("host")


def next_in_series(request: HttpRequest, series: Series) -> Proposal:
    return NextInSeries(series, request.user).proposal()


@admin.register(Meeting)
class MeetingAdmin(ProposedChangesAdmin):
    form = MeetingForm
    list_display = ("reference", "title", "day", "status", "visibility", "published")
    sortable_by = ("reference", "day")
    list_display_links = ("reference", "title")
    list_filter = ("status", StatusFilter, "starts_on", "kind", "visibility", "attendance_mode")
    search_fields = ("search_text",)
    ordering = ("-starts_at", "-pk")
    lookups = {"series": {}}
    boxes = ("regimes",)
    proposals = {"series": (series_of, next_in_series)}
    inlines = [PartyInline, DiscussionInline, MeetingOutcomeInline, DocumentInline]
    readonly_fields = ("status_line",)
    save_labels = {"_save": _("Save meeting")}
    verbs = VERBS

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """While its form is saved the series is locked as well, and first: see ``Meeting.locked``. Where the meeting
        moves to another, both are, in one order, since others may move theirs the other way."""
        if request.method == "POST" and connection.in_atomic_block and object_id.isdecimal():
            left = Q(pk__in=Meeting._base_manager.filter(pk=object_id).values("series"))
            Series.objects.filter(left | Q(pk=self._series_named(request))).hold()
        return super().get_object(request, object_id, from_field)

    def _series_named(self, request: HttpRequest) -> int | None:
        """The key of the series that the form names, if it is one that is recorded already."""
        field = self.formfield_for_dbfield(Meeting._meta.get_field("series"), request)
        field.bind(request, self.admin_site)
        field.create = None
        value = field.widget.value_from_datadict(request.POST, request.FILES, "series")
        if value.is_chosen:
            return whole_number(value.pk)
        try:
            return getattr(field.clean(value), "pk", None)
        except ValidationError:  # the form will say so
            return None

    def get_form(self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: object) -> Any:
        """The series of a new meeting proposes the rest of it, and says which meeting it will be."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        if obj is None and (series := form.base_fields.get("series")) is not None:
            series.widget.attrs["data-proposes"] = proposals_address(Meeting, "series")
            if request.method == "GET" and (proposal := self.asked_for(request)):
                filled_in = f" {FILLED_IN}" if "title" in proposal.fields else ""
                series.help_text = f"{proposal.note}{filled_in}"
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        how_far = "progress" if obj is None else "status_line"
        return [
            (_("When and where"), {"fields": [("series", "title", how_far), WHEN_AND_WHERE]}),
            (
                _("Times, last day, number, kind, attendance, venue, time zone"),
                {"fields": SELDOM, "classes": ["collapse", "more"], "description": TIMES},
            ),
            (
                _("Summary"),
                {"fields": [("purpose", "summary"), ("summary_source", "source_url")], "classes": ["after-inlines"]},
            ),
            (
                _("Note on the source, internal notes"),
                {"fields": [("source_note", "internal_notes")], "classes": ["after-inlines", "collapse", "more"]},
            ),
            (
                _("Who can see it"),
                {"fields": [("visibility", "publication_due_on")], "classes": ["after-inlines", "note-visibility"]},
            ),
            *regime_admin.fieldsets("after-inlines", "collapse", "more"),
            *([CORRECTION] if obj is not None and obj.is_published else []),
        ]

    def get_formset_kwargs(self, request: HttpRequest, obj: Model, inline: object, prefix: str) -> dict[str, object]:
        """The parties of a new meeting are those of its series; of blank ones the first is the host."""
        given = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, PartyInline) and obj.pk is None:
            proposal = self.asked_for(request) if request.method == "GET" else None
            given["initial"] = proposal.rows["parties"].rows if proposal else [{"side": Party.Side.HOST}]
        return given

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """``?series=3`` begins the next meeting of that series, ``?like=7`` one like that; scripts or not."""
        initial = super().get_changeform_initial_data(request)
        initial.pop("like", None)
        if (proposal := self.asked_for(request)) is None:
            return initial
        return {**proposal.fields, **initial}

    def asked_for(self, request: HttpRequest) -> Proposal | None:
        """The proposal of the series or the meeting in the address, asked once a request."""
        if not hasattr(request, "asked_for"):
            series = self._named(request, "series", series_of(request))
            like = None if series else self._named(request, "like", Meeting.objects.visible_to(request.user))
            proposal = next_in_series(request, series) if series else like and another_like(like, request.user)
            request.asked_for = proposal  # type: ignore[attr-defined]
        found: Proposal | None = request.asked_for  # type: ignore[attr-defined]
        return found

    @staticmethod
    def _named(request: HttpRequest, name: str, rows: QuerySet[Any]) -> Any:
        key = whole_number(request.GET.get(name, ""))
        return rows.filter(pk=key).first() if key is not None else None

    @admin.display(description=_("date"), ordering="starts_at")
    def day(self, meeting: Meeting) -> Any:
        return meeting.date and meeting.date.short

    @admin.display(description=_("published"))
    def published(self, meeting: Meeting) -> Any:
        at = meeting.published_at
        return date_format(timezone.localtime(at), "j M Y") if at else _("not yet")

    @admin.display(description=_("Status"))
    def status_line(self, meeting: Meeting) -> str:
        number = f", {_('number %(ordinal)s of its series') % {'ordinal': meeting.ordinal}}" if meeting.ordinal else ""
        return f"{meeting.reference}, {meeting.get_status_display().lower()}{number}"

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, object] | None = None
    ) -> HttpResponse:
        return super().add_view(request, form_url, {"title": _("Log a meeting"), **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: BaseModelForm[Model], change: bool) -> None:
        if not change:
            obj.prepared_at, obj.prepared_by = timezone.now(), request.user
        super().save_model(request, obj, form, change)

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet[BaseForm]], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            form.follow_progress(request.user)
        form.instance.check_whole()
        if not change or not NUMBERED_BY.isdisjoint(form.changed_data):
            self._say_out_of_order(request, form.instance)
        if not change or not ENDS_BY.isdisjoint(form.changed_data):
            self._say_midnight(request, form.instance)

    def saved_sentence(self, record: Any) -> str:
        return saved_message(record)

    def next_steps(self, request: HttpRequest, record: Any) -> Iterator[Step]:
        yield from next_steps(record, request.user)
        for _label, address in super().next_steps(request, record):
            yield _("Log another meeting"), address

    def do_to(self, request: HttpRequest, verb: Verb, record: Any, answers: dict[str, Any]) -> None:
        if verb.name == "publish" and "_shown" in request.POST:
            with correcting(answers.get("note", "")), record.locked():
                check_as_shown(record, request.POST["_shown"])
                super().do_to(request, verb, record, answers)
        else:
            super().do_to(request, verb, record, answers)
        if verb.name == "confirm":
            self._say_out_of_order(request, record)

    def done_message(self, request: HttpRequest, verb: Verb, record: Any, answers: dict[str, Any]) -> str:
        return after_publishing(record, verb.name) or super().done_message(request, verb, record, answers)

    def lands_at(self, verb: Verb, record: Any) -> str:
        """Until readers read something else, on the page that says how far its publication is."""
        if verb.name in regime_admin.BEFORE_PUBLISHING:
            return reverse("meetings:publication", args=[record.slug])
        return super().lands_at(verb, record)

    def _say_midnight(self, request: HttpRequest, meeting: Meeting) -> None:
        """Which midnight was meant where the last day is the next one: calendars mean the one between them."""
        first, last = meeting.starts_on, meeting.ends_on
        if first and last and last - first == dt.timedelta(days=1) and meeting.end_time == MIDNIGHT:
            text = _("It ends at midnight at the end of %(last)s. If it ends a day earlier, leave the last day empty.")
            messages.info(request, text % {"last": date_format(last, "j F Y")})

    def _say_out_of_order(self, request: HttpRequest, meeting: Meeting) -> None:
        """That the numbers of the series do not follow its days, and where to mend it."""
        other = meeting.out_of_order()
        if other is None:
            return
        low, high = sorted([meeting, other], key=lambda one: one.ordinal or 0)
        text = _("Number {} of the series is dated {}, earlier than number {} ({}).")
        days = [str(one.date) for one in (high, low)]
        sentence = format_html(str(text), high.ordinal, days[0], low.ordinal, days[1])
        if request.user.has_perm("meetings.change_series"):
            address = reverse("admin:meetings_series_verb", args=[meeting.series_id, "renumber_by_date"])
            sentence = format_html('{} <a href="{}">{}</a>', sentence, address, _("Renumber the series by date"))
        messages.warning(request, sentence)


class HostFilter(admin.SimpleListFilter):
    """By host: our own bodies are few, unlike organizations."""

    title = _("host")
    parameter_name = "host"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[Any, Any]]:
        hosts = Organization.objects.filter(is_host=True).order_by("sort_key", "pk")
        return list(hosts.values_list("pk", "name")[:50])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Model]) -> Any:
        offered = {str(key) for key, _name in self.lookup_choices}
        return queryset.filter(host=self.value()) if self.value() in offered else queryset


@admin.register(Series)
class SeriesAdmin(NounAdmin):
    form = RegimeChoiceForm
    list_display = ("title", "host", "cadence_months", "first_ordinal")
    list_filter = (HostFilter,)
    list_select_related = ("host",)
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [
        (_("Series"), {"fields": ["title", ("host", "counterparts"), ("cadence_months", "first_ordinal"), "purpose"]})
    ]
    template_fieldset = (_("Planning the next meeting"), {"fields": ["template"]})
    lookups = {"host": {}, "counterparts": {}, "template": {}}
    boxes = ("regimes",)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """A series has a template once it has meetings."""
        template = [self.template_fieldset] if obj is not None and obj.meetings.exists() else []
        return [*self.fieldsets, *template, *regime_admin.fieldsets()]

    def links_of(self, request: HttpRequest, record: Model) -> list[dict[str, object]]:
        address = f"{reverse('admin:meetings_meeting_add')}?series={record.pk}"
        return [{"label": _("Log a meeting"), "url": address}] if request.user.has_perm("meetings.add_meeting") else []

    def save_related(
        self, request: HttpRequest, form: Any, formsets: Iterable[BaseFormSet[BaseForm]], change: bool
    ) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.check_whole()

    verbs = (
        Verb(
            "renumber_by_date",
            _("Renumber by date"),
            "meetings.change_series",
            RenumberForm,
            applies=lambda series: bool(series.renumbering()),
            check=lambda series, answers: series.check_reason(answers["reason"]),
            outlook=_new_numbers,
            done=_("Meetings renumbered by date."),
        ),
    )
