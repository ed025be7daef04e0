"""Rules that every model keeps, found by walking all of them."""

from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.expressions import OrderBy

from tests.house import ROOT

# Moments that lie in the plan and not in somebody's hands.
PLANNED = {"Meeting.starts_at", "Meeting.ends_at", "FailedSignIn.expires_at"}
# Things of one person only, who stands in ``user``.
OF_ONE_PERSON = {
    "CalendarLink.made_at",
    "CalendarLink.revoked_at",
    "ExportLog.at",
    "ViewAsLog.at",
    "Look.looked_at",
    "Digest.claimed_at",
    "Digest.handed_at",
    "Digest.sent_at",
    "PublishingReminder.sent_at",
    "KeptMail.at",
    "FollowUp.status_changed_at",  # its event says who
    "SentForm.begun_at",
    "SentForm.done_at",
}
# Read by the house itself, or by staff in the admin only.
NOT_ASKED_BY_READERS = {
    "CalendarLink": "one's own only, asked with of(user)",
    "Counter": "numbers already given; no page shows them",
    "ErasedName": "digests that forms are compared with; no page shows them",
    "ExportLog": "written by exports; no page shows it",
    "ViewAsLog": "written when a page is viewed as somebody else; no page shows it",
    "Look": "one's own only, asked with at(user)",
    "Digest": "written by the reminders; the administrator reads it in the admin",
    "KeptMail": "the e-mails of a demonstration; the administrator reads them in the admin",
    "Preference": "one's own only, asked by user",
    "Run": "when reminders were last sent; no page shows it",
    "SentReminder": "written by the reminders; the administrator reads it in the admin",
    "SentForm": "one's own only, asked by the token of a form; no page shows it",
    "Stamp": "asked by the cache of pages, which knows no record",
    "FailedSignIn": "asked by the sign-in page only, about whoever signs in",
    "FormerSlug": "asked only through the records that are visible",
    "Word": "a word without its texts; used only where a reader finds something with it",
    "User": "staff see staff in the admin; pages print names through other records",
}


def our_models() -> list[type[models.Model]]:
    """The nouns: no tables between two nouns, no history."""
    return [
        model
        for model in apps.get_models()
        if (ROOT / model.__module__.split(".")[0]).is_dir() and not hasattr(model, "instance_type")
    ]


def test_the_walk_finds_the_nouns() -> None:
    names = {model.__name__ for model in our_models()}
    assert {"User", "Theme", "Organization", "Meeting", "Participant", "FollowUpEvent", "CarryOver"} <= names
    assert not any(name.startswith("Historical") for name in names)


def _is_user(field: Any) -> bool:
    return bool(field.is_relation and field.many_to_one and field.related_model._meta.label == settings.AUTH_USER_MODEL)


def test_who_and_when_come_in_pairs() -> None:
    alone = []
    for model in our_models():
        fields = {field.name: field for field in model._meta.concrete_fields}
        for name, field in fields.items():
            if (name == "by" or name.endswith("_by")) and _is_user(field) and f"{name[:-2]}at" not in fields:
                alone.append(f"{model.__name__}.{name}")
            if (name == "at" or name.endswith("_at")) and isinstance(field, models.DateTimeField):
                partner = fields.get(f"{name[:-2]}by")
                if partner is None or not _is_user(partner):
                    alone.append(f"{model.__name__}.{name}")
    assert set(alone) == PLANNED | OF_ONE_PERSON


def test_names_say_what_they_hold() -> None:
    for model in our_models():
        for field in model._meta.concrete_fields:
            where = f"{model.__name__}.{field.name}"
            if isinstance(field, models.DateTimeField):
                assert field.name == "at" or field.name.endswith("_at") or model.__name__ == "User", where
            elif isinstance(field, models.DateField):
                assert field.name.endswith("_on") or field.name in {"valid_from", "valid_to", "public_since"}, where
            elif isinstance(field, models.BooleanField):
                assert field.name.startswith("is_"), where


def test_every_noun_has_one_door() -> None:
    without = {m.__name__ for m in our_models() if not hasattr(m._default_manager.all(), "visible_to")}
    assert without == set(NOT_ASKED_BY_READERS)


def test_every_ordering_ends_with_the_key() -> None:
    for model in apps.get_models():
        ordering = model._meta.ordering
        if not ordering or model._meta.app_config.name.startswith("django."):
            continue
        last = ordering[-1]
        if isinstance(last, OrderBy):
            last = last.expression
        name = last.name if isinstance(last, F) else str(last).lstrip("-")
        assert name in {"pk", "id", "history_id"}, model


def test_every_field_and_model_can_be_translated() -> None:
    for model in our_models():
        assert model._meta.verbose_name != model._meta.verbose_name_raw or model.__name__, model
        for field in model._meta.concrete_fields:
            if field.editable and not field.primary_key and model.__name__ != "User":
                assert not isinstance(field.verbose_name, str), f"{model.__name__}.{field.name} has a raw name"
