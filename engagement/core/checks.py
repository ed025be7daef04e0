"""System checks of the branding and of ``DOCUMENT_STORAGE``, which stop a server too: it runs no system checks."""

import sys
from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .branding.current import branding
from .storage.address import faults_of


@register("branding")
def check_branding(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    return [Error(fault, id=f"branding.E{number:03}") for number, fault in enumerate(branding().faults, 1)]


@register("storage")
def check_storage(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    return [
        Error(fault, id=f"storage.E{number:03}") for number, fault in enumerate(faults_of(settings.DOCUMENT_STORAGE), 1)
    ]


def stop_if_unfit() -> None:
    """Stop a server as Django's checks stop a command. Gunicorn takes 3 for a worker that cannot begin, and ends."""
    if faults := [*branding().faults, *faults_of(settings.DOCUMENT_STORAGE)]:
        print("\n".join(faults), file=sys.stderr)
        sys.exit(3)
