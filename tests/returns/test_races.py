"""Several people make the same return at one moment: it is made once, and the others are told."""

from collections.abc import Callable

import pytest

from engagement.returns.models import Return
from engagement.returns.shipped import load
from tests import makers as make
from tests.people import make_people

pytestmark = pytest.mark.both_databases

MAKE = """
    import datetime as dt
    from django.core.exceptions import ValidationError
    from engagement.accounts.models import User
    from engagement.returns.actions import make
    from engagement.returns.models import ReturnForm
    from engagement.returns.periods import Period
    from organizations.models import Organization

    form, by = ReturnForm.objects.get(code="scotland-returns"), User.objects.get(username="publisher")
    host = Organization.objects.get(name="Agency")
    try:
        print(make(form, host, Period.of(form.period, dt.date(2025, 5, 8)), by=by).number)
    except ValidationError as error:
        print(error.code)
"""


def test_a_return_is_made_once(race: Callable[..., list[str]]) -> None:
    make_people()
    load()
    make.make_public(host=make.make_host("Agency"))
    assert sorted(race(MAKE, processes=3)) == ["1", "same", "same"]
    assert Return.objects.count() == 1
