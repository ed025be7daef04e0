"""System check of the branding, and the same when a server starts, which runs no checks."""

import sys
from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from .current import branding


@register("branding")
def check_branding(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    return [Error(fault, id=f"branding.E{number:03}") for number, fault in enumerate(branding().faults, 1)]


def stop_if_unfit() -> None:
    """As Django's checks stop a command. Gunicorn takes 3 for a worker that cannot begin, and ends too."""
    if faults := branding().faults:
        print("\n".join(faults), file=sys.stderr)
        sys.exit(3)
