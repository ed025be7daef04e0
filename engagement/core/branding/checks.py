"""System check of the branding; `engagement/core/startup.py` stops a server, which runs no checks."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from .current import branding


@register("branding")
def check_branding(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    return [Error(fault, id=f"branding.E{number:03}") for number, fault in enumerate(branding().faults, 1)]
