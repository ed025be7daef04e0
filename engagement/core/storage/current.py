"""The storage that the settings choose, with what ours can do beyond Django's."""

from typing import cast

from django.core.files.storage import storages

from .base import FileStorage


def file_storage() -> FileStorage:
    return cast(FileStorage, storages["default"])
