"""Success messages of a meeting: saved or published, who can see it now, and the next steps."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.admin.after_saving import Step
from engagement.core.models import Visibility
from engagement.core.types import Reader

from .four_eyes import PUBLISH
from .models import Meeting, Party
from .models.preflight import shortfalls_of_many
from .models.status import PUBLISHABLE, Status
from .publication_preview import shown_of

NAMED = 3
"""So many organizations are named; more are counted."""


def saved_message(meeting: Meeting) -> str:
    sentences = [_("Meeting saved."), _who_sees(meeting)]
    if (
        meeting.visibility == Visibility.PUBLIC
        and not meeting.is_published
        and not meeting.is_exempt
        and (meeting.publication_due_on)
    ):
        day = date_format(meeting.publication_due_on, "j F Y")
        sentences.append(_("To be published by %(day)s.") % {"day": day})
    return " ".join(sentences)


def _who_sees(meeting: Meeting) -> str:
    if meeting.effective_visibility == Visibility.PUBLIC:
        return _("It is public.")
    if meeting.effective_visibility == Visibility.INTERNAL:
        return _("Only the secretariat can see it.")
    others = meeting.parties.exclude(side=Party.Side.HOST).order_by("-is_lead", "order", "pk")
    names = [party.organization.short_name for party in others.select_related("organization")]
    if not names:
        return _("It names no counterpart, so only the secretariat can see it.")
    whom = ", ".join(names)
    if len(names) > NAMED:
        whom = ngettext("%(count)d organization", "%(count)d organizations", len(names)) % {"count": len(names)}
    if meeting.visibility == Visibility.PUBLIC:
        return _("It is shared with %(whom)s and not public yet.") % {"whom": whom}
    return _("It is shared with %(whom)s.") % {"whom": whom}


def next_steps(meeting: Meeting, reader: Reader) -> Iterator[Step]:
    """The next steps of this person: write it down, move it on, get it published."""
    if meeting.status == Status.PROPOSED:
        yield _("Confirm it"), _verb(meeting, "confirm")
    elif meeting.is_upcoming:
        yield _("Send the agenda"), reverse("meetings:send_agenda", args=[meeting.slug])
    elif meeting.status == Status.CONFIRMED:
        yield _("Mark it as held"), _verb(meeting, "hold")
    elif meeting.status == Status.HELD and not meeting.discussions.exists():
        address = reverse("admin:meetings_meeting_change", args=[meeting.pk])
        yield _("Add what was discussed"), f"{address}#discussions-group"
    if (step := _towards_publication(meeting, reader)) is not None:
        yield step


def after_publishing(meeting: Meeting, verb: str) -> str:
    """The message after publishing, with the page as everybody reads it; nothing where readers notice no change."""
    if verb == "publish":
        kinds = [str(kind) for kind in shown_of(meeting) if kind.shown]
        told = _("Meeting published. Everyone can read it now: %(parts)s.") % {"parts": get_text_list(kinds, _("and"))}
    elif verb == "withdraw":
        told = _("Meeting withdrawn. Instead of it, visitors read that it was withdrawn.")
    else:
        return ""
    address = f"/view-as/visitor{meeting.get_absolute_url()}"
    return format_html('{} <a href="{}">{}</a>', told, address, _("View it as a visitor"))


def _towards_publication(meeting: Meeting, reader: Reader) -> Step | None:
    is_named = meeting.publication_due_on is not None or meeting.visibility == Visibility.PUBLIC
    if meeting.is_published or meeting.is_exempt or not is_named or meeting.status not in PUBLISHABLE:
        return None
    missing = len(shortfalls_of_many([meeting.pk])[meeting.pk])
    if missing:
        text = ngettext("One thing is missing to publish it", "%(count)d things are missing to publish it", missing)
        return text % {"count": missing}, reverse("meetings:publication", args=[meeting.slug])
    if meeting.ready_at is None:
        return _("Mark it as ready to publish"), _verb(meeting, "mark_ready")
    return (_("Publish it"), _verb(meeting, "publish")) if reader.has_perm(PUBLISH) else None


def _verb(meeting: Meeting, name: str) -> str:
    return reverse("admin:meetings_meeting_verb", args=[meeting.pk, name])
