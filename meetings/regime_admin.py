"""Admin of publication rules, and their choice in the forms of meetings and series."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.actions import ReasonForm, Verb
from engagement.core.admin.forms import RecordForm
from engagement.core.admin.inlines import LineInline
from engagement.core.admin.noun_admin import NounAdmin
from engagement.core.lookups.widgets import several_lines
from engagement.core.readers import ONLY_SECRETARIAT, read_by
from engagement.core.types import Label

from .models import Ground, Meeting, Regime
from .models.preflight import shortfalls
from .models.status import PUBLISHABLE
from .publication_preview import preview


class GroundField(forms.ModelChoiceField):
    """A ground with the rule it belongs to, since several rules may name theirs alike."""

    def label_from_instance(self, obj: Model) -> str:
        return f"{obj.regime}: {obj}" if isinstance(obj, Ground) else str(obj)


Fieldset = tuple[Label, dict[str, object]]


def fieldsets(*classes: str) -> list[Fieldset]:
    """The choice of rules, as long as one is in use."""
    if not Regime.objects.in_use().exists():
        return []
    return [(_("Publication rules"), {"fields": ["regimes"], "classes": [*classes]})]


class RegimeChoiceForm(RecordForm):
    """Offers the rules in use, and those that were chosen before they went out of use."""

    def __init__(self, *args: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.get("regimes")
        if field is None:
            return
        known = self.instance.regimes.all() if self.instance.pk else Regime.objects.none()
        field.queryset = Regime.objects.filter(Q(is_in_use=True) | Q(pk__in=known.values("pk")))


class ExemptForm(forms.Form):
    """Asks on which ground, and why; counted in public, with the ground alone."""

    ground = GroundField(
        Ground.objects.select_related("regime").order_by("regime__sort_key", "regime", "order", "pk"),
        label=_("Ground"),
        empty_label=_("Choose a ground"),
        error_messages={
            "required": _("Choose a ground."),
            "invalid_choice": _("Choose a ground of this meeting's publication rules."),
        },
    )
    text = forms.CharField(
        label=_("Reason"),
        widget=several_lines(),
        max_length=2000,
        help_text=read_by(ONLY_SECRETARIAT, _("Everyone can see how many meetings are exempt on each ground.")),
        error_messages={"required": _("Enter why the meeting is exempt.")},
    )

    def fit(self, meeting: Meeting) -> None:
        """Offer the grounds of its own rules; of others it could not be exempt."""
        field: Any = self.fields["ground"]
        field.queryset = field.queryset.filter(regime__in=Regime.objects.of(meeting))
        if not field.queryset.exists():
            field.empty_label = _("No publication rule of this meeting has a ground")


class WithdrawForm(ReasonForm):
    """Asks why twice: for the secretariat, and for whoever comes to the page that was."""

    notice = forms.CharField(
        label=_("Public reason"),
        widget=several_lines(),
        max_length=2000,
        required=False,
        help_text=_("Visible to everyone, instead of the meeting’s page. Leave out what must not be public."),
    )


class PublishForm(forms.Form):
    """Asks nothing, but after a withdrawal."""

    note = forms.CharField(
        label=_("What was corrected"),
        widget=several_lines(),
        max_length=500,
        required=False,
        help_text=_("Visible to everyone, beside the new version."),
        error_messages={"required": _("Enter what was corrected, or why it is published again.")},
    )

    def fit(self, meeting: Meeting) -> None:
        if meeting.withdrawn_at is None:
            del self.fields["note"]
        else:
            self.fields["note"].required = True


def _missing(meeting: Meeting) -> list[str]:
    return [_("Missing: %(what)s") % {"what": one.message} for one in shortfalls(meeting)]


def _is_open(meeting: Meeting) -> bool:
    return not meeting.is_published and not meeting.is_exempt and meeting.status in PUBLISHABLE


VERBS = [
    Verb(
        "mark_ready",
        _("Mark as ready"),
        "meetings.change_meeting",
        applies=lambda meeting: _is_open(meeting) and not meeting.ready_at,
        outlook=_missing,
        done=_("Marked as ready. Publishers see it in their lists and reminders."),
        panel="publication/_before_publishing.html",
        tells=lambda meeting, user: preview(meeting, None),
    ),
    Verb(
        "unmark_ready",
        _("Not ready yet"),
        "meetings.change_meeting",
        applies=lambda meeting: bool(meeting.ready_at),
        done=_("No longer marked as ready."),
    ),
    Verb(
        "publish",
        _("Publish"),
        "meetings.publish_meeting",
        PublishForm,
        applies=_is_open,
        outlook=_missing,
        panel="publication/_before_publishing.html",
        tells=preview,
        asks=lambda meeting, form: form.fit(meeting),  # type: ignore[attr-defined]
    ),
    Verb(
        "withdraw",
        _("Withdraw"),
        "meetings.publish_meeting",
        WithdrawForm,
        applies=lambda meeting: meeting.is_published,
    ),
    Verb(
        "exempt",
        _("Exempt from publication"),
        "meetings.publish_meeting",
        ExemptForm,
        applies=lambda meeting: not meeting.is_published and not meeting.is_exempt,
        check=lambda meeting, answers: meeting.check_ground(answers["ground"]),
        done=_("Meeting exempt from publication. It is no longer due."),
        asks=lambda meeting, form: form.fit(meeting),  # type: ignore[attr-defined]
    ),
    Verb(
        "end_exemption",
        _("End the exemption"),
        "meetings.publish_meeting",
        ReasonForm,
        applies=lambda meeting: meeting.is_exempt,
        done=_("Exemption ended. The meeting is to be published."),
    ),
]
"""What is done to a meeting's publication."""
BEFORE_PUBLISHING = {"mark_ready", "unmark_ready", "exempt", "end_exemption"}


class GroundInline(LineInline):
    model = Ground
    fields = [("name", "text"), "order"]
    order_field = "order"
    add_label = _("Ground")


@admin.register(Regime)
class RegimeAdmin(NounAdmin):
    list_display = ("name", "deadline", "is_with_minutes", "is_by_second_person", "is_in_use")
    list_filter = ("is_in_use",)
    search_fields = ("name",)
    ordering = ("sort_key", "pk")
    inlines = [GroundInline]
    fieldsets = [
        (_("Publication rule"), {"fields": [("name", "is_in_use"), "covers", "source_url"]}),
        (_("Deadline"), {"fields": [("counts_from", "period", "days"), "working_days"]}),
        (
            _("Requirements"),
            {"fields": [("is_with_minutes", "is_with_agreed_minutes", "is_by_second_person"), "required_fields"]},
        ),
        (_("Scope"), {"fields": [("meeting_kinds", "organization_kinds")]}),
    ]

    @admin.display(description=_("deadline"))
    def deadline(self, regime: Regime) -> str:
        return regime.deadline_sentence

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Meetings may stand under it: it is taken out of use instead."""
        return False
