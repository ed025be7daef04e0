"""Success message of the meeting form: that it was saved, who can see it now, and what is left to do."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.models import Visibility

from .models import Meeting, Party

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
