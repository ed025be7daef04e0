"""Abstract base of every record: a version number (optimistic locking) keeps two people from overwriting each other."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, reduce
from operator import and_
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import CheckConstraint, F, Q
from django.db.models.constraints import BaseConstraint
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import batch_changes
from engagement.core.types import Actor, AnyField, Label

from .days import check_over, check_year


class StaleRecord(ValidationError):
    """The record was changed by somebody else after it was read."""

    def __init__(self, record: models.Model) -> None:
        self.record = record
        super().__init__(
            _("Someone else has changed %(record)s. Nothing was overwritten."), code="stale", params={"record": record}
        )


class RowError(ValidationError):
    """A rule broken by one part of a larger record: says which part, and which of its fields."""

    def __init__(
        self,
        message: Label,
        *,
        instance: models.Model,
        field: str = "",
        code: str = "",
        params: dict[str, object] | None = None,
    ) -> None:
        super().__init__(message, code=code or None, params=params)
        self.instance, self.field = instance, field


@cache
def _words_of(field: AnyField) -> dict[object, str]:
    return dict(field.flatchoices)


class Record(models.Model):
    """A record whose version rises with every save; a save from an older reading is refused.

    A part of something larger (an agenda item of a meeting) names the larger thing in ``root_field``; saving or
    deleting the part raises the version of the whole too.
    """

    root_field: ClassVar[str] = ""
    inside_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that only the secretariat reads; nobody else is told when one of them changed."""
    readers: ClassVar[object] = ""
    """Who reads its texts, where that is not everyone who can see the record: a sentence for its forms."""
    seen_with_whole: ClassVar[bool] = False
    """Of a part without an audience of its own: whether whoever sees the whole sees it."""
    moments: ClassVar[dict[str, tuple[Label, Label]]] = {}
    """Of the moments that verbs write, what the history says when one is there now, and when it is gone."""
    asked_for: ClassVar[Mapping[str, Label]] = {}
    """What to enter in a field that may not be empty, said wherever it is: by forms, imports and interfaces alike."""
    days_over: ClassVar[tuple[str, ...]] = ()
    """Days that say when something was done, so that none of them is still to come."""
    kept_by_queries: ClassVar[tuple[str, ...]] = ()
    """Columns that are worked out in the database; an instance does not overwrite them."""
    _history_user: Actor
    _claimed_version: int | None = None
    _passes_checks = False
    _is_locked = False
    in_verb = False
    """Whether a verb is at work, and fields may change that no form changes."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: AnyField) -> object:
        """As Django's, which makes a table of all choices each time; a page asks some fifty times."""
        value = getattr(self, field.attname)
        words = _words_of(field)
        return str(words[value]) if value in words else value

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Like Django's, with the model's own message for an empty field, and a check of the years of days."""
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = {name: self._asking(name, found) for name, found in error.update_error_dict({}).items()}
        for field in self._meta.concrete_fields:
            if type(field) is models.DateField and field.editable and field.name not in {*(exclude or ()), *errors}:
                errors.update(self._day_errors(field.name))
        if errors:
            raise ValidationError(errors)

    def _asking(self, name: str, found: list[ValidationError]) -> list[ValidationError]:
        if name not in self.asked_for:
            return found
        told = ValidationError(self.asked_for[name], code="required")
        return [told if error.code in ("blank", "null") else error for error in found]

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Like Django's, which asks the database for each check by itself: all at once, and singly where one fails."""
        self._passes_checks = self._checks_hold(set(exclude or ()))
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            self._passes_checks = False

    def get_constraints(self) -> list[tuple[type[models.Model], list[BaseConstraint]]]:
        known = CheckConstraint if self._passes_checks else ()
        return [
            (model, [one for one in found if not isinstance(one, known)]) for model, found in super().get_constraints()
        ]

    def _checks_hold(self, exclude: set[str]) -> bool:
        """A check of a field that is left out is no question, as in Django's own."""
        checks = [Q(one.condition) for one in self._meta.constraints if isinstance(one, CheckConstraint)]
        asked = [check for check in checks if not check.referenced_base_fields & exclude]
        against = self._get_field_expression_map(meta=self._meta, exclude=exclude)  # type: ignore[attr-defined]
        return not asked or reduce(and_, asked).check(against)

    def _day_errors(self, name: str) -> dict[str, list[ValidationError]]:
        day = getattr(self, name)
        try:
            if isinstance(day, dt.date):
                check_year(day)
                if name in self.days_over:
                    check_over(day)
        except ValidationError as error:
            return {name: [error]}
        return {}

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What the abilities of the record do, in one order for all: locks from the top down, then the row, then what
        follows from it. Subscribers are told once, at the end.

        Within ``locked`` there is a savepoint already, to which the whole verb goes back.
        """
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *self._worked_out()}
        is_new = self._state.adding
        with self._or_as_before(), transaction.atomic(savepoint=not self._is_locked), batch_changes():
            self.lock_parents()
            self.give_reference()
            former_slug = self.give_slug()
            self.give_place()
            self.fold_terms()
            self.touch_root()
            if not is_new:
                self._claimed_version, self.version = self.version, self.version + 1
            super().save(*args, **kwargs)
            self.keep_former_slug(former_slug)
            self.keep_lineage(is_new=is_new)
            self.keep_level(is_new=is_new)
            self.after_save(is_new=is_new)

    def lock_parents(self) -> None:
        """Wait for a transaction that changes a record which decides about this one (``Leveled``)."""

    def give_reference(self) -> None:
        """Take the next number, where records have references."""

    def give_slug(self) -> str | None:
        """Find a free address (``Slugged``); returns the one before, None if it stays."""
        return None

    def give_place(self) -> None:
        """Go last among others (``Ordered``)."""

    def fold_terms(self) -> None:
        """Work out by which words it is found (``Findable``)."""

    def keep_former_slug(self, former: str | None) -> None:
        """Let the address before lead here (``Slugged``)."""

    def keep_lineage(self, *, is_new: bool = False) -> None:
        """Write the ancestors of this record (``Lineaged``)."""

    def keep_level(self, *, is_new: bool) -> None:
        """Make true who sees it in effect (``Leveled``)."""

    def after_save(self, *, is_new: bool) -> None:
        """A hook for one noun's own work after saving."""

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with self._or_as_before(), transaction.atomic(), batch_changes():
            self.touch_root()
            return super().delete(*args, **kwargs)

    def _worked_out(self) -> list[str]:
        """The fields nobody fills in: they follow from others, so they are saved with whatever is."""
        return [field.name for field in self._meta.concrete_fields if not (field.editable or field.primary_key)]

    def touch(self) -> None:
        """Raise the version, and that of the whole, for a change that lies beside the record's own row."""
        self.touch_root()
        type(self)._base_manager.filter(pk=self.pk).update(version=F("version") + 1)
        self.version += 1

    def _do_update(self, base_qs: Any, using: Any, pk_val: Any, values: Any, *more: Any) -> bool:
        """As Django's; and only the version that was read is overwritten, in one statement."""
        values = [(field, *rest) for field, *rest in values if field.name not in self.kept_by_queries]
        if self._claimed_version is None:
            return bool(super()._do_update(base_qs, using, pk_val, values, *more))
        as_read = base_qs.filter(version=self._claimed_version)
        root = {self.root_field: getattr(self, f"{self.root_field}_id")} if self.root_field else {}
        if not super()._do_update(as_read.filter(**root), using, pk_val, values, *more):
            if root and as_read.filter(pk=pk_val).exists():
                raise ValidationError(_("A part cannot move to another record."), code="moved")
            raise StaleRecord(self)
        return True

    @contextmanager
    def _or_as_before(self) -> Iterator[None]:
        """If the write fails, this instance and the version of its whole are as they were read."""
        field = self._meta.get_field(self.root_field) if self.root_field else None
        root = getattr(self, self.root_field) if field and field.is_cached(self) else None  # type: ignore[union-attr]
        known = [(self, name) for name in ("version", "slug", "reference") if hasattr(self, name)]
        known += [(root, "version")] if root is not None else []
        before = [getattr(record, name) for record, name in known]
        try:
            yield
        except BaseException:
            for (record, name), value in zip(known, before, strict=True):
                setattr(record, name, value)
            raise
        finally:
            self._claimed_version = None

    def touch_root(self) -> None:
        """Raise the version of the whole this is a part of. Its row stays locked until the transaction ends."""
        root_id = getattr(self, f"{self.root_field}_id", None) if self.root_field else None
        if root_id is None:
            return
        field = self._meta.get_field(self.root_field)
        model = field.related_model
        assert isinstance(model, type) and issubclass(model, Record)
        rows = model._base_manager.filter(pk=root_id)
        rows.update(version=F("version") + 1)
        self.root_version = rows.values_list("version", flat=True).first()
        if field.is_cached(self):  # type: ignore[union-attr]
            getattr(self, self.root_field).version += 1

    @contextmanager
    def locked(self, *, by: Actor = None) -> Iterator[None]:
        """Inside, this row is locked and read anew. ``by`` goes into history."""
        with transaction.atomic(), batch_changes():
            self.lock_parents()
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            names = [field.attname for field in self._meta.concrete_fields if field.attname in self.__dict__]
            stored = {name: getattr(self, name) for name in names}
            if by is not None:
                self._history_user = by
            before, self.in_verb, self._is_locked = (self.in_verb, self._is_locked), True, True
            try:
                yield
            except BaseException:  # nothing was changed, so the instance does not say so either
                for name, value in stored.items():
                    setattr(self, name, value)
                raise
            finally:
                self.in_verb, self._is_locked = before
                self.__dict__.pop("_history_user", None)
