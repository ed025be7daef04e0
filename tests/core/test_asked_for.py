"""Where something is missing, people read what to enter, in forms and from the models alike."""

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.fields import Field
from django.test import RequestFactory

from engagement.core.models import Record
from meetings.models import Meeting, Outcome, Party
from tests.core.test_readers import admin_fields
from tests.people import People

STOCK = str(Field.default_error_messages["required"])
NUMBERS = {"order", "version"}


def test_no_form_of_a_record_says_only_that_a_field_is_required(people: People) -> None:
    request = RequestFactory().get("/")
    request.user = people.secretary
    records = {model.__name__ for model in admin.site._registry if issubclass(model, Record)}
    silent, asked = [], 0
    for model, fields in admin_fields(request):
        for name, field in fields.items():
            if field is not None and field.required and name not in NUMBERS:
                asked += 1
                silent += [f"{model}.{name}"] if str(field.error_messages["required"]) == STOCK else []
    assert asked > 40 and records
    assert silent == []


@pytest.mark.parametrize(
    ("record", "name", "told"),
    [
        (Meeting(), "title", "Enter a title"),
        (Party(), "organization", "Choose the organization"),
        (Outcome(kind="decision"), "text", "Enter the outcome."),
    ],
)
def test_the_model_says_the_same(record: Record, name: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        record.clean_fields()
    assert refused.value.message_dict[name][0].startswith(told)
