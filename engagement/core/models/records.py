"""What every record shares: a version that keeps two people from overwriting each other."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from .days import check_over, check_year


class StaleRecord(ValidationError):
    """The record was changed by somebody else after it was read."""

    def __init__(self, record: models.Model) -> None:
        self.record = record
        super().__init__(
            _("%(record)s was changed by somebody else meanwhile. Nothing was overwritten."),
            code="stale",
            params={"record": record},
        )


class RowError(ValidationError):
    """A rule broken by one part of a larger record: says which part, and which of its fields."""

    def __init__(
        self, message: Any, *, instance: models.Model, field: str = "", code: str = "", params: Any = None
    ) -> None:
        super().__init__(message, code=code or None, params=params)
        self.instance, self.field = instance, field


class RecordQuerySet(models.QuerySet[Any]):
    def for_list(self) -> Self:
        """With what one row of a list shows."""
        return self

    def for_page(self) -> Self:
        """With what the record's own page shows."""
        return self


@cache
def _words_of(field: Any) -> dict[Any, Any]:
    return dict(field.flatchoices)


class Record(models.Model):
    """A record whose version rises with every save; a save from an older reading is refused.

    A part of something larger (an agenda item of a meeting) names the larger thing in ``root_field``; saving or
    deleting the part raises the version of the whole too.
    """

    root_field: ClassVar[str] = ""
    inside_fields: ClassVar[tuple[str, ...]] = ()
    """Fields that only the secretariat reads; nobody else is told when one of them changed."""
    readers: ClassVar[Any] = ""
    """Who reads its texts, where that is not everyone who can see the record: a sentence for its forms."""
    seen_with_whole: ClassVar[bool] = False
    """Of a part without an audience of its own: whether whoever sees the whole sees it."""
    days_over: ClassVar[tuple[str, ...]] = ()
    """Days that say when something was done, so that none of them is still to come."""
    in_verb = False
    """Whether a verb is at work, and fields may change that no form changes."""

    version = models.PositiveIntegerField(_("version"), default=1, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:
        """As Django's, which makes a table of all choices each time; a page asks some fifty times."""
        value = getattr(self, field.attname)
        words = _words_of(field)
        return str(words[value]) if value in words else value

    def clean_fields(self, exclude: Any = None) -> None:
        """As Django's; and days that people write lie in years that can be meant."""
        errors: dict[str, Any] = {}
        try:
            super().clean_fields(exclude=exclude)
        except ValidationError as error:
            errors = error.update_error_dict(errors)
        for field in self._meta.concrete_fields:
            if type(field) is models.DateField and field.editable and field.name not in {*(exclude or ()), *errors}:
                errors.update(self._day_errors(field.name))
        if errors:
            raise ValidationError(errors)

    def _day_errors(self, name: str) -> dict[str, Any]:
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
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, *self._worked_out()}
        with self._or_as_before(), transaction.atomic():
            self.touch_root()
            if not self._state.adding:
                self._claim_version()
            super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        with self._or_as_before(), transaction.atomic():
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

    def _claim_version(self) -> None:
        rows = type(self)._base_manager.filter(pk=self.pk, version=self.version)
        if self.root_field:
            rows = rows.filter(**{self.root_field: getattr(self, f"{self.root_field}_id")})
        if not rows.update(version=F("version") + 1):
            if self.root_field and type(self)._base_manager.filter(pk=self.pk, version=self.version).exists():
                raise ValidationError(_("A part stays with the record it was made for."), code="moved")
            raise StaleRecord(self)
        self.version += 1

    @contextmanager
    def _or_as_before(self) -> Iterator[None]:
        """What could not be written leaves the versions of this instance, and of the whole it points to, as read."""
        field = self._meta.get_field(self.root_field) if self.root_field else None
        root = getattr(self, self.root_field) if field and field.is_cached(self) else None  # type: ignore[union-attr]
        known = [(record, record.version) for record in (self, root) if record is not None]
        try:
            yield
        except BaseException:
            for record, version in known:
                record.version = version
            raise

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
    def locked(self, *, by: Any = None) -> Iterator[None]:
        """Inside, this is what the database holds now, and nobody else changes it. ``by`` goes into history."""
        with transaction.atomic():
            self.refresh_from_db(from_queryset=type(self)._base_manager.select_for_update())
            names = [field.attname for field in self._meta.concrete_fields if field.attname in self.__dict__]
            stored = {name: getattr(self, name) for name in names}
            if by is not None:
                self._history_user = by
            was_in_verb, self.in_verb = self.in_verb, True
            try:
                yield
            except BaseException:  # nothing was changed, so the instance does not say so either
                for name, value in stored.items():
                    setattr(self, name, value)
                raise
            finally:
                self.in_verb = was_in_verb
                self.__dict__.pop("_history_user", None)
