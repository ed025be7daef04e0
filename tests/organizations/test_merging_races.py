"""Merges at one moment, and others at work on the same records: nothing lost, nobody waits for ever."""

from collections.abc import Callable

import pytest

from meetings.models import Meeting
from organizations.merging import locking
from organizations.merging.actions import merge_organizations
from organizations.merging.references import references
from organizations.models import Merge, Organization
from tests import makers as make

pytestmark = pytest.mark.both_databases


def assert_nothing_lost() -> None:
    merged = Organization.objects.filter(merged_into__isnull=False)
    for reference in references(Organization):
        assert not reference.rows(merged.values("pk")).exists(), reference.label


def test_two_merges_of_one_organization_are_one(race: Callable[..., list[str]]) -> None:
    kept, gone = make.make_organization("Kept"), make.make_organization("Gone")
    keys = [make.make_held(counterparts=[gone]).pk for _ in range(3)]
    said = race(
        f"""
        from django.core.exceptions import ValidationError
        from organizations.merging.actions import merge_organizations
        from organizations.models import Organization
        one, other = Organization.objects.get(pk={kept.pk}), Organization.objects.get(pk={gone.pk})
        if NUMBER % 2:
            one, other = other, one
        try:
            merge_organizations(one, [other], by=None)
            print("merged")
        except ValidationError as error:
            print(error.messages)
        """,
        processes=4,
    )
    assert said.count("merged") == 1 and Merge.objects.count() == 1
    assert_nothing_lost()
    remaining = Organization.objects.get(pk__in=[kept.pk, gone.pk], merged_into=None)
    assert sorted(remaining.parties.values_list("meeting", flat=True)) == keys


def test_what_others_record_meanwhile_is_not_lost(race: Callable[..., list[str]]) -> None:
    """Two merge all into one while others seat the same organizations at the same meetings."""
    host, kept = make.make_host(), make.make_organization("Kept")
    others = [make.make_organization(f"Other {n}").pk for n in range(6)]
    meetings = [make.make_held(host=host, counterparts=[make.make_organization()]).pk for _ in range(6)]
    said = race(
        f"""
        from django.core.exceptions import ValidationError
        from meetings.models import Discussion, Party
        from organizations.merging.actions import merge_organizations
        from organizations.models import Organization
        if NUMBER < 2:
            for key in {others}[NUMBER::2]:
                merge_organizations(Organization.objects.get(pk={kept.pk}), [Organization.objects.get(pk=key)], by=None)
        else:
            def one_of(act, keys):
                for key in keys:
                    try:
                        return act(key)
                    except ValidationError as error:
                        assert "was merged into" in str(error), error
            for key, meeting in zip({others}, {meetings}):
                both = (key, {kept.pk})
                one_of(lambda pk: Party.objects.create(meeting_id=meeting, organization_id=pk, side="observer"), both)
                talk = Discussion.objects.create(meeting_id=meeting, title="Talk")
                one_of(lambda pk: talk.mentions.add(pk), both)
            print("done")
        """,
        processes=3,
    )
    assert said[2] == "done"
    assert_nothing_lost()
    kept.refresh_from_db()
    assert sorted(kept.parties.values_list("meeting", flat=True)) == meetings
    assert kept.mentioned_in.count() == 6
    assert Organization.objects.filter(merged_into=kept).count() == 6


def test_a_merge_gets_through_though_more_is_recorded_all_the_time(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every look at what points to the organization finds one more meeting than the look before."""
    kept, gone = make.make_organization("Kept"), make.make_organization("Gone")
    more = iter([make.make_held(counterparts=[gone]).pk for _ in range(2 * locking.TRIES)])
    seen = set[int]()

    def growing(keys: list[int]) -> locking.Touched:
        seen.add(next(more))
        return {Meeting: set(seen)}

    monkeypatch.setattr(locking, "touched", growing)
    merge_organizations(kept, [gone], by=None)
    assert Organization.objects.get(merged_into=kept) == gone


def test_one_of_two_undoes(race: Callable[..., list[str]]) -> None:
    kept, gone = make.make_organization("Kept"), make.make_organization("Gone")
    make.make_held(counterparts=[gone])
    merge = merge_organizations(kept, [gone], by=None)
    said = race(
        f"""
        from django.core.exceptions import ValidationError
        from organizations.merging.undo import undo_merge
        from organizations.models import Merge
        try:
            undo_merge(Merge.objects.get(pk={merge.pk}), by=None)
            print("undone")
        except ValidationError:
            print("refused")
        """,
        processes=3,
    )
    assert sorted(said) == ["refused", "refused", "undone"]
    assert gone.parties.count() == 1
