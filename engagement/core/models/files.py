"""FileField that leaves no orphaned file: not of a transaction that failed, a record deleted, a file replaced.

A file is written before the row that names it is committed, and removed after the row that named it is gone. On a
rollback Django drops the callbacks of ``on_commit``, and with the last reference to one goes the file it stood for.
"""

import logging
import weakref
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from django.core.files.storage import Storage
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.db.models.signals import post_delete

from engagement.core.storage.base import FileStorage

logger = logging.getLogger(__name__)
_columns: list[tuple[type[models.Model], str]] = []


def is_named(name: str) -> bool:
    """Whether a row of any model names this file."""
    return any(model._base_manager.filter(**{column: name}).exists() for model, column in _columns)


class StoredFile(FieldFile):
    """A file that the site sends to those who may read it; its record says at which address."""

    @property
    def url(self) -> str:
        """Raises ValueError for a record whose file has no address of its own."""
        if (address := getattr(self.instance, "get_file_url", None)) is None:
            raise ValueError("This file has no address.")
        return str(address())

    @property
    def kept_in(self) -> FileStorage:
        return cast(FileStorage, self.storage)

    @cached_property
    def _copy(self) -> tuple[Path, object]:
        return self.kept_in.copy_here(str(self.name))


def local_path(file: FieldFile) -> Path:
    """A local path of the content: the file itself, or a copy that stays as long as this instance does."""
    return cast(StoredFile, file)._copy[0]


class StoredFileField(models.FileField):
    attr_class = StoredFile

    def contribute_to_class(self, cls: type[models.Model], name: str, **kwargs: object) -> None:
        super().contribute_to_class(cls, name, **kwargs)
        if not cls._meta.abstract:
            post_delete.connect(self._deleted, sender=cls, dispatch_uid=f"files.{cls._meta.label_lower}.{name}")
            _columns.append((cls, self.attname))

    def pre_save(self, model_instance: models.Model, add: bool) -> object:
        before = getattr(model_instance, self.attname)
        is_new = bool(before) and not before._committed
        if not add and (is_new or not before):
            stored: Any = type(model_instance)._base_manager.filter(pk=model_instance.pk)
            for name in stored.values_list(self.attname, flat=True):
                self._remove_later(name)
        file = super().pre_save(model_instance, add)
        if is_new:
            _keep_if_committed(self.storage, str(file.name))
        return file

    def deconstruct(self) -> object:
        """To a migration it is a column like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.FileField", args, kwargs

    def _deleted(self, sender: type[models.Model], instance: models.Model, **kwargs: object) -> None:
        self._remove_later(str(getattr(instance, self.attname) or ""))

    def _remove_later(self, name: str) -> None:
        """Once it is certain that the row no longer names it; unless another one does, of whatever model."""

        def remove() -> None:
            if not is_named(name):
                _remove(self.storage, name)

        if name:
            transaction.on_commit(remove, robust=True)


class _Kept:
    """Stands for a file that was written in a transaction; calling it says that the transaction was committed."""

    def __init__(self, storage: Storage, name: str) -> None:
        self.otherwise = weakref.finalize(self, _remove, storage, name)
        self.otherwise.atexit = False

    def __call__(self) -> None:
        self.otherwise.detach()


def _keep_if_committed(storage: Storage, name: str) -> None:
    transaction.on_commit(_Kept(storage, name))


def _remove(storage: Storage, name: str) -> None:
    try:
        storage.delete(name)
    except OSError as error:  # `check_documents` finds it
        logger.warning("The file %s could not be removed: %s", name, error)
