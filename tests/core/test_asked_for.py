"""Where something is missing, people read what to enter, in forms and from the models alike."""

import pytest
from django.contrib import admin
from django.contrib.auth.forms import AuthenticationForm, BaseUserCreationForm, UserChangeForm
from django.core.exceptions import ValidationError
from django.forms import BaseForm, ChoiceField, ModelChoiceField
from django.forms.fields import Field
from django.test import RequestFactory
from django.urls import get_resolver

from engagement.core.admin.forms import RecordForm
from engagement.core.models import Record
from meetings.models import Meeting, Outcome, Party
from tests.core.test_readers import admin_fields
from tests.people import People

STOCK = str(Field.default_error_messages["required"])
NUMBERS = {"order", "version"}
OURS = {"engagement", "meetings", "organizations"}
STOCK_FORMS = (AuthenticationForm, BaseUserCreationForm, UserChangeForm)
CHOSEN = (ChoiceField, ModelChoiceField)


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


def _forms(of: type[BaseForm] = BaseForm) -> set[type[BaseForm]]:
    """Every form class of ours with fields of its own; those of records are asked above, Django's are of accounts."""
    get_resolver().url_patterns  # noqa: B018 - imports them all
    found = {form for one in of.__subclasses__() for form in {one, *_forms(one)}}
    return {
        one for one in found if one.__module__.split(".")[0] in OURS and not issubclass(one, (RecordForm, *STOCK_FORMS))
    }


def test_nor_does_a_form_of_the_site() -> None:
    """A choice or a tick that is asked for has one already, or words of its own."""
    silent = [
        f"{form.__name__}.{name}"
        for form in _forms()
        for name, field in form.base_fields.items()
        if field.required and str(field.error_messages["required"]) == STOCK and not isinstance(field, CHOSEN)
    ]
    assert len(_forms()) > 30
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


def test_every_verb_of_the_admin_says_in_a_sentence_what_was_done() -> None:
    silent = {verb.name for one in admin.site._registry.values() for verb in getattr(one, "verbs", ()) if not verb.done}
    assert silent == {"publish", "withdraw"}, "these two say what everyone can read now"
