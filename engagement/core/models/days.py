"""Bounds of dates that people enter: which years can be meant, in forms and in the database."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import CheckConstraint, Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, YEARS_AHEAD = 1900, 50
FIRST, LAST = dt.date(FIRST_YEAR, 1, 1), dt.date(2199, 12, 31)
"""What the database takes. It cannot say "fifty years from now", so it is more generous than a form."""


def years_bounded(name: str, *fields: str) -> CheckConstraint:
    """A constraint that keeps these days, where they are given, within years that can be meant."""
    condition = Q()
    for field in fields:
        condition &= Q(**{field: None}) | Q(**{f"{field}__gte": FIRST, f"{field}__lte": LAST})
    sentence = _("Every day lies between the years 1900 and 2199.")
    return CheckConstraint(condition=condition, name=name, violation_error_message=sentence)


def move_into_bounds(model: type[Model], *fields: str) -> int:
    """For a migration before the constraint: days outside it move to its nearer end, so that their order stays."""
    rows, moved = model._base_manager, 0
    for name in fields:
        moved += rows.filter(**{f"{name}__lt": FIRST}).update(**{name: FIRST})
        moved += rows.filter(**{f"{name}__gt": LAST}).update(**{name: LAST})
    return moved


def settle(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """After rows were changed in a migration: PostgreSQL alters no table that has pending trigger events."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.connection.check_constraints()


def check_year(day: dt.date) -> None:
    """Refuse a year typed with two digits, and one beyond anybody's plans."""
    last = timezone.localdate().year + YEARS_AHEAD
    if not FIRST_YEAR <= day.year <= last:
        message = _("Enter a year between %(first)d and %(last)d.")
        raise ValidationError(message, code="year", params={"first": FIRST_YEAR, "last": last})


def check_over(day: dt.date) -> None:
    """Refuse a day to come for something that was done already."""
    if day > timezone.localdate():
        raise ValidationError(_("This date is in the future. Enter today or an earlier date."), code="future")


def check_not_over(day: dt.date) -> None:
    """Refuse to postpone to a day that is over."""
    if day < timezone.localdate():
        raise ValidationError(_("This date is in the past. Choose today or a later date."), code="past")
