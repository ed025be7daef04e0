"""Every day that people write lies in a year that can be meant, and the sentence stands beside it."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from engagement.core.models import Record
from engagement.followups.forms import MoveForm

DAYS = [
    (model, field.name)
    for model in apps.get_models()
    if issubclass(model, Record)
    for field in model._meta.concrete_fields
    if type(field) is models.DateField and field.editable
]


@pytest.mark.parametrize(("model", "name"), DAYS, ids=lambda one: getattr(one, "__name__", one))
def test_a_year_nobody_means_is_told_beside_the_day(model: Any, name: str) -> None:
    others = [field.name for field in model._meta.concrete_fields if field.name != name]
    for day in (dt.date(202, 1, 1), dt.date(9999, 1, 1), dt.date(timezone.localdate().year + 51, 1, 1)):
        with pytest.raises(ValidationError) as told:
            model(**{name: day}).clean_fields(exclude=others)
        assert list(told.value.message_dict) == [name]
        assert "Write a year between 1900 and" in told.value.messages[0]
    model(**{name: dt.date(2025, 5, 8)}).clean_fields(exclude=others)


def test_the_walk_finds_the_days() -> None:
    assert len(DAYS) >= 10


def test_nothing_is_postponed_to_a_day_that_is_over() -> None:
    today = timezone.localdate()
    for days, fits in ((-1, False), (0, True), (30, True), (365 * 60, False)):
        form = MoveForm({"to": str(today + dt.timedelta(days=days)), "reason": "Holidays."})
        assert form.is_valid() == fits
        assert fits or list(form.errors) == ["to"]
