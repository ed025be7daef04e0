"""The list of models on the admin's front page, in groups by task rather than by app."""

from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

GROUPS = (
    (_("Meetings and follow-ups"), ("meetings", "followups", "minutes")),
    (_("Organizations and people"), ("organizations",)),
    (_("Topics"), ("topics",)),
    (_("Returns"), ("returns",)),
    (_("Accounts and logs"), ("accounts", "auth", "reminders", "privacy")),
)


def grouped_models(request: HttpRequest) -> list[dict[str, object]]:
    """As Django's ``app_list``, for whoever asks; an app that is in no group stands below, as it is."""
    return list(_groups({app["app_label"]: app for app in admin.site.get_app_list(request)}))


def _groups(apps: dict[str, dict[str, object]]) -> Iterator[dict[str, object]]:
    for name, labels in GROUPS:
        found = [apps.pop(label) for label in labels if label in apps]
        models = [model for app in found for model in app["models"]]  # type: ignore[attr-defined]
        if found:
            yield {**found[0], "name": name, "models": sorted(models, key=lambda model: not model["add_url"])}
    yield from apps.values()
