"""Default storage that the settings choose, with the interface of ``base.py``."""

from typing import cast

from django.core.files.storage import storages

from .base import FileStorage


def file_storage() -> FileStorage:
    return cast(FileStorage, storages["default"])
