"""Eager loading of what the site imports late: a module first imported within a test would keep what is patched."""

from importlib import import_module

from django.template.backends.django import get_installed_libraries
from django.urls import get_resolver


def import_late_modules() -> None:
    """Those of addresses and of template tags."""
    assert get_resolver().url_patterns
    for library in get_installed_libraries().values():
        import_module(library)
