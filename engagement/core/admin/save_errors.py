"""Integrity errors, and others that are found only once everything is saved, as sentences in the form."""

import logging
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import Model, ProtectedError, RestrictedError, UniqueConstraint
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext_lazy as _

from engagement.core.types import AnyField

logger = logging.getLogger(__name__)


def as_validation_error(error: Exception, models: Iterable[type[Model]]) -> ValidationError:
    """Whatever stopped the save, as something to say in the form."""
    if isinstance(error, ValidationError):
        return error
    if isinstance(error, ProtectedError | RestrictedError):
        return ValidationError(_still_needed(error), code="protected")
    if isinstance(error, IntegrityError):
        return _of_constraint(error, models)
    raise error


def by_instance(error: ValidationError) -> list[tuple[Model | None, ValidationError]]:
    """One error about several rows, taken apart: which record each is about, and the error for its fields."""
    if hasattr(error, "instance") or hasattr(error, "error_dict"):
        return [(getattr(error, "instance", None), error)]
    found = []
    for part in error.error_list:
        field = getattr(part, "field", "")
        found.append((getattr(part, "instance", None), ValidationError({field: [part]}) if field else part))
    return found


def _still_needed(error: ProtectedError | RestrictedError) -> str:
    found = error.protected_objects if isinstance(error, ProtectedError) else error.restricted_objects
    names = [f"{capfirst(o._meta.verbose_name)} “{o}”" for o in list(found)[:5]]
    return _("This cannot be removed, because it is still used by: %(names)s.") % {
        "names": get_text_list(names, str(_("and")))
    }


def _of_constraint(error: IntegrityError, models: Iterable[type[Model]]) -> ValidationError:
    """The sentence of the database constraint that refused; two people saving at once get here."""
    text = str(error)
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None) or ""
    columns = set(re.findall(r"(\w+\.\w+)", text)) if "UNIQUE constraint failed" in text else set()
    for model in models:
        for constraint in model._meta.constraints:
            if constraint.name == name or re.search(rf"\b{constraint.name}\b", text):
                return ValidationError(constraint.get_violation_error_message(), code="constraint")
            if isinstance(constraint, UniqueConstraint) and columns == _columns(model, constraint.fields):
                return ValidationError(constraint.get_violation_error_message(), code="constraint")
        for field in model._meta.fields:
            if field.unique and (columns == _columns(model, [field.name]) or name.startswith(_key(model, field))):
                return ValidationError(
                    _("%(label)s: already used. Someone may have just saved it.")
                    % {"label": capfirst(field.verbose_name)},
                    code="unique",
                )
    logger.error("A constraint without a sentence refused a save", exc_info=error)
    return ValidationError(
        _("This could not be saved, perhaps because someone else saved at the same moment. Please save again."),
        code="integrity",
    )


def _columns(model: type[Model], names: Iterable[str]) -> set[str]:
    table = model._meta.db_table
    return {f"{table}.{model._meta.get_field(name).column}" for name in names}  # type: ignore[union-attr]


def _key(model: type[Model], field: AnyField) -> str:
    return f"{model._meta.db_table}_{field.column}_"
