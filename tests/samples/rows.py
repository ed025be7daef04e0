"""All rows of all our records, for tests that ask something of every one of them."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model

from engagement.core.models import Record
from engagement.followups.models import FollowUpEvent

OURS = ("core", "accounts", "topics", "organizations", "meetings", "followups")


def record_models() -> list[type[Model]]:
    """Every noun, without the tables that the library of history keeps."""
    return [model for model in apps.get_models() if issubclass(model, Record | FollowUpEvent)]


def every_row() -> Iterator[Any]:
    for model in record_models():
        yield from model._base_manager.order_by("pk")


def number_of_rows() -> dict[str, int]:
    """How many rows each of our tables has, history and links included."""
    models = (model for label in OURS for model in apps.get_app_config(label).get_models(include_auto_created=True))
    return {model._meta.label: model._base_manager.count() for model in models}
