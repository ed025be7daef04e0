"""System check of ``DOCUMENT_STORAGE``; `engagement/core/startup.py` stops a server, which runs no checks."""

from collections.abc import Sequence

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from .address import faults_of


@register("storage")
def check_storage(app_configs: Sequence[AppConfig] | None, **options: object) -> list[CheckMessage]:
    return [Error(fault, id=f"storage.E{number:03}") for number, fault in enumerate(storage_faults(), 1)]


def storage_faults() -> list[str]:
    return faults_of(settings.DOCUMENT_STORAGE)
