"""manage.py check_visibility, which proves the stored audiences."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from engagement.core.models import visibility
from engagement.core.models.visibility import leveled_models
from tests import makers
from tests.core.test_visibility import check_everything, fill
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People


def run(**options: bool) -> str:
    out = StringIO()
    call_command("check_visibility", stdout=out, **options)
    return out.getvalue()


def test_a_house_in_order_is_said_so(people: People) -> None:
    fill(makers.make_public(counterparts=[people.ours]), people, (INTERNAL, PUBLIC))
    assert ", 0 wrong." in run()


@pytest.mark.parametrize("drift", [INTERNAL, SHARED, PUBLIC])
def test_planted_drift_is_found_and_repaired(people: People, drift: int) -> None:
    makers.make_meeting()
    fill(makers.make_public(counterparts=[people.ours]), people, (INTERNAL, PUBLIC))
    for model in leveled_models():
        row = model._base_manager.exclude(effective_visibility=drift).first()
        assert row is not None
        model._base_manager.filter(pk=row.pk).update(effective_visibility=drift)
        with pytest.raises(CommandError, match="wrong effective visibility") as told:
            run()
        assert told.value.returncode == 1
        model._base_manager.get(pk=row.pk, effective_visibility=drift)  # looking repairs nothing
        assert "repaired" in run(repair=True)
        assert ", 0 wrong." in run()
    check_everything(people)


def test_a_level_changed_behind_the_models_back_is_repaired_all_the_way_down(people: People) -> None:
    meeting = makers.make_public(counterparts=[people.ours])
    fill(meeting, people, (SHARED, PUBLIC))
    type(meeting).objects.filter(pk=meeting.pk).update(visibility=INTERNAL)
    with pytest.raises(CommandError):
        run()
    run(repair=True)
    check_everything(people)


def test_many_at_once_are_repaired_in_portions(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visibility, "PORTION", 7)
    fill(makers.make_public(counterparts=[people.ours]), people, (INTERNAL, PUBLIC))
    for model in leveled_models():
        model._base_manager.update(effective_visibility=INTERNAL)
    run(repair=True)
    check_everything(people)
