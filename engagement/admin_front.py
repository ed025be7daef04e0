"""Admin's front page: the work of this person first, then every model in groups by task rather than by app."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Label

from .desks import CHANGED, MINE, READY, TO_PUBLISH, Card, Desk

GROUPS = (
    (_("Meetings and follow-ups"), ("meetings", "followups", "minutes")),
    (_("Organizations and people"), ("organizations",)),
    (_("Topics"), ("topics",)),
    (_("Returns"), ("returns",)),
    (_("Accounts and logs"), ("accounts", "auth", "reminders", "privacy")),
)
DESCRIBED: dict[str, Label] = {
    "Meeting": _("when, with whom, what was said"),
    "Series": _("recurring meetings of the same parties"),
    "Criterion": _("what the body requires of organizations that it meets"),
    "Regime": _("by when a meeting is to be public, and what is shown"),
    "FollowUp": _("what was promised, by whom, by when"),
    "Report": _("what organizations report on their promises"),
    "ReportLink": _("for people without an account"),
    "MinutesTexts": _("opening notes, disclaimers and footers of minutes"),
    "Organization": _("hosts, counterparts, and who is mentioned"),
    "Person": _("people and their functions"),
    "Topic": _("subjects discussed at meetings"),
    "Theme": _("the vocabulary for topics and discussions"),
    "Reference": _("laws, guidelines and groups referred to"),
    "ReturnForm": _("what each authority asks for"),
    "User": _("who signs in, in which role"),
    "Group": _("what each role may do"),
    "ExportLog": _("who exported which data, and when"),
    "ViewAsLog": _("who viewed pages as someone else"),
    "Erasure": _("whose name was erased, when and by whom"),
    "KeptMail": _("what a demonstration would have sent"),
    "Digest": _("who was reminded of what"),
    "PublishingReminder": _("who was reminded by whom to publish a meeting"),
}
"""What stands behind the name of a model, in a few words."""
WORK = ("record=empty", TO_PUBLISH, READY, CHANGED, MINE, "when=next_7")
"""The questions of the desk that are answered in forms, by how their address begins."""


def work_of(desk: Desk) -> tuple[list[Card], list[Card]]:
    """The cards of a desk that are worked off in the admin, of meetings and of follow-ups, as far as there is work."""
    return _asked_for(desk.meetings), _asked_for(desk.followups)


def _asked_for(cards: list[Card]) -> list[Card]:
    return [card for start in WORK for card in cards if card.number and card.asked.query.startswith(start)]


def groups_of(request: HttpRequest) -> list[dict[str, Any]]:
    """Every model that this person sees, as Django's ``app_list``; an app that is in no group stands below as it is."""
    return list(_groups({app["app_label"]: app for app in admin.site.get_app_list(request)}))


def _groups(apps: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for name, labels in GROUPS:
        models = [model for label in labels for model in apps.pop(label, {}).get("models", [])]
        if models:
            yield {"name": name, "models": sorted(models, key=lambda model: not model["add_url"])}
    yield from apps.values()
