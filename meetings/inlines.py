"""Inlines of the meeting form: parties with their people, discussions with positions and outcomes, papers."""

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.admin.forms import RecordForm
from engagement.core.admin.inlines import CardInline, LineInline, RecordInline
from engagement.core.lookups.fields import LookupField
from engagement.core.models import Visibility
from engagement.core.readers import ONLY_SECRETARIAT, read_by
from engagement.core.types import AnyField, FieldValue
from engagement.topics.models import Reference, Topic
from organizations.models import Organization

from .models import Discussion, Document, Ground, Outcome, Participant, Party, Position, ProposedFile

PARTIES = "parties-*-organization"
"""Where in the form the parties stand; lookups of one of them suggest these first."""


AS_THE_MEETING = [
    (Visibility.PUBLIC, _("Everyone who can see the meeting")),
    (Visibility.SHARED, _("Up to the counterpart")),
    (Visibility.INTERNAL, _("Secretariat only")),
]


MORE = _("More")


class Part(RecordInline):
    """A part of a meeting; its audience is shown as a narrowing of the meeting's."""

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: object) -> Any:
        if db_field.name == "visibility":
            kwargs["choices"] = AS_THE_MEETING
        return super().formfield_for_choice_field(db_field, request, **kwargs)


class ParticipantInline(Part, LineInline):
    model = Participant
    fieldsets = [
        (None, {"fields": [("person", "name", "function"), "order"]}),
        (
            MORE,
            {
                "fields": [
                    ("part", "attendance", "visibility"),
                    ("name_rule", "rank"),
                    ("consent_on", "consent_withdrawn_on"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    lookups = {"person": {}}
    order_field = "order"
    row_title = _("Person")
    add_label = _("Person")
    help = _("Paste a list of names to add them all, one person a line.")

    def formfield_for_dbfield(self, db_field: AnyField, request: HttpRequest, **kwargs: object) -> FieldValue:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "name" and field is not None:
            field.widget.attrs["data-paste"] = "function"  # static/js/paste-rows.js
        return field

    def get_extra(self, request: HttpRequest, obj: object = None, **kwargs: Any) -> int:
        return 0


class PartyForm(RecordForm):
    class Meta:
        model = Party
        fields = "__all__"
        labels = {"headcount": _("People")}
        help_texts = {"headcount": ""}

    def __init__(self, *args: Any, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.starts_filled = self.instance.pk is None and bool(self.initial.get("organization"))


class PartyInline(Part, CardInline):
    model = Party
    form = PartyForm
    fieldsets = [
        (None, {"fields": [("organization", "side", "headcount"), "order"]}),
        (
            _("More about this party"),
            {"fields": ["on_behalf_of", ("register_number", "register_status", "is_lead")], "classes": ["collapse"]},
        ),
    ]
    lookups = {"organization": {}}
    order_field = "order"
    inlines = [ParticipantInline]
    about = ("organization",)
    told_by = ("side", "headcount")
    row_title = _("Party")
    add_label = _("Party")
    classes = ["rows--pairs"]
    help = _("The host, its counterparts and observers")

    def get_extra(self, request: HttpRequest, obj: object = None, **kwargs: Any) -> int:
        return 2 if obj is None else 0


class PositionForm(RecordForm):
    who = LookupField(
        Organization,
        label=_("Who"),
        words={"joint": _("Both sides")},
        sources=PARTIES,
        error_messages={"required": _("Choose who holds it: a party, or “Both sides”.")},
    )
    either = {"who": ("organization", {"joint": "is_joint"})}

    class Meta:
        model = Position
        fields = ("stance", "statement", "visibility", "order")


class PositionInline(Part, LineInline):
    model = Position
    form = PositionForm
    fieldsets = [
        (None, {"fields": [("who", "stance", "statement"), "order"]}),
        (MORE, {"fields": ["visibility"], "classes": ["collapse"]}),
    ]
    told_by = ("who", "stance")
    order_field = "order"
    row_title = _("Position")
    add_label = _("Position")


class OutcomeInline(Part, LineInline):
    model = Outcome
    fieldsets = [
        (None, {"fields": [("kind", "text", "by", "to"), "order"]}),
        (MORE, {"fields": ["visibility"], "classes": ["collapse"]}),
    ]
    lookups = {"by": {"sources": PARTIES}, "to": {"sources": PARTIES}}
    order_field = "order"
    row_title = _("Outcome")
    add_label = _("Outcome")

    def get_extra(self, request: HttpRequest, obj: object = None, **kwargs: Any) -> int:
        return 0


class MeetingOutcomeInline(OutcomeInline):
    """Outcomes of the meeting as a whole; those of a discussion stand with it."""

    verbose_name_plural = _("Outcomes and key takeaways")
    help = _("For the whole meeting; outcomes of one topic go with that topic")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(discussion=None)


class DiscussionForm(RecordForm):
    """Themes left empty are those of the topic; a topic made with the discussion starts with its themes."""

    class Meta:
        model = Discussion
        fields = "__all__"

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        discussion: Discussion = self.instance
        topic, themes = discussion.topic, self.cleaned_data.get("themes")
        if topic is None:
            return
        if not themes:
            discussion.themes.set(topic.themes.all())
        elif not topic.themes.exists():
            topic.themes.set(themes)


class DiscussionInline(Part, CardInline):
    model = Discussion
    form = DiscussionForm
    fieldsets = [
        (None, {"fields": [("topic", "themes"), "said", "order"]}),
        (
            _("More about this discussion"),
            {
                "fields": [
                    ("references", "mentions"),
                    ("title", "number", "kind"),
                    "internal_notes",
                    ("visibility", "is_deferred"),
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    lookups = {
        "topic": {"create": Topic.from_text},
        "themes": {},
        "references": {"create": Reference.from_text},
        "mentions": {},
    }
    order_field = "order"
    inlines = [PositionInline, OutcomeInline]
    about = ("topic", "title")
    row_title = _("Discussion")
    add_label = _("Discussion")
    help = _("In the order of the agenda")

    def get_extra(self, request: HttpRequest, obj: object = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0


class DocumentForm(RecordForm):
    """Says which files can be kept, before one is chosen; and asks what becomes of the one that is replaced."""

    erase_reason = forms.CharField(
        label=_("Why the file it replaces must not be kept"),
        required=False,
        max_length=500,
        help_text=read_by(
            ONLY_SECRETARIAT,
            _("Leave empty for a newer version: the earlier file is kept. If you enter a reason, it is erased."),
        ),
    )

    kept_file = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """The SHA-256 of a file that waits with a proposed change: ``meetings/models/proposed_files.py``."""

    def __init__(self, *args: Any, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is not None:
            words = {"kinds": ", ".join(sorted(settings.DOCUMENT_KINDS)), "most": settings.DOCUMENT_MAX_MB}
            file.help_text = _("At most %(most)s MB: %(kinds)s.") % words
            if (waits := self._waiting_file()) is not None:
                text = _("“%(name)s” waits with this change. Choose another file only to replace it.")
                file.help_text = text % {"name": waits.name}
            file.widget.attrs["accept"] = ",".join(f".{kind}" for kind in sorted(settings.DOCUMENT_KINDS))

    def clean(self) -> Any:
        cleaned = super().clean()
        if "file" not in self.changed_data and (waits := self._waiting_file()) is not None:
            self.cleaned_data["file"] = waits.as_upload()
            self.changed_data.append("file")
        reason = self.cleaned_data.get("erase_reason", "").strip()
        if reason and not ("file" in self.changed_data and self.initial.get("file")):
            self.add_error("erase_reason", _("Choose the file that replaces it, or leave this empty."))
        self.instance.erase_reason = reason
        return cleaned

    def _waiting_file(self) -> ProposedFile | None:
        """Of the proposed change that is open in this form."""
        digest = self.data.get(self.add_prefix("kept_file")) if self.is_bound else ""
        proposal = getattr(self.state.request, "proposal", None) if self.state is not None else None
        return proposal.files.filter(sha256=digest).first() if proposal is not None and digest else None

    class Meta:
        model = Document
        fields = "__all__"


class DocumentInline(Part, CardInline):
    model = Document
    form = DocumentForm
    fieldsets = [
        (None, {"fields": [("kind", "title", "file", "url"), "kept_file", "order"]}),
        (
            MORE,
            {
                "fields": [
                    ("direction", "exchanged_on", "dated_on"),
                    ("language", "number", "first_published_on", "updated_on"),
                    ("visibility", "ground"),
                    ("accessibility", "accessibility_note"),
                    "erase_reason",
                ],
                "classes": ["collapse"],
            },
        ),
    ]
    about = ("title", "url")
    told_by = ("kind",)
    order_field = "order"
    row_title = _("Document")
    add_label = _("Document")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The grounds are read once for all rows."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "ground" and field is not None:
            grounds = Ground.objects.visible_to(request.user).select_related("regime")
            field.choices = [("", "---------"), *((one.pk, f"{one.name} ({one.regime})") for one in grounds)]
        return field
