"""An import and a merge at one moment: nothing is given to an organization that was merged away."""

from collections.abc import Callable
from typing import Any
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from engagement.imports import actions
from engagement.imports.actions import MOVED_ON
from engagement.imports.models import Import
from engagement.imports.planning.decisions import this_one
from engagement.imports.planning.existing import ExistingOrganizations
from meetings.models import Meeting
from organizations.merging.actions import merge_organizations
from organizations.models import Organization
from tests import makers
from tests.imports.files import answer_questions, outcomes, previewed, records
from tests.organizations.test_merging_races import assert_nothing_lost

pytestmark = pytest.mark.both_databases

KAY = "1111111111-11"
LINES = [
    "Cabinet A,2022-01-27,Kay,,The subject,Brussels",
    "Cabinet A,2022-02-27,Kay,,Once,",
    "Cabinet A,2022-03-27,Kay,,Twice,online",
]


@pytest.fixture
def pair(db: None) -> tuple[Organization, Organization]:
    return makers.make_organization("Kay Group"), makers.make_organization("Kay")


def assert_all_at(kept: Organization, many: int) -> None:
    assert_nothing_lost()
    assert kept.parties.count() == Meeting.objects.count() == many


@pytest.mark.parametrize("line", ["Cabinet A,2022-01-27,Kay,,Talk,", f"Cabinet A,2022-01-27,,{KAY},Talk,"])
def test_what_was_merged_leads_to_what_is_kept(importer: Any, pair: Any, line: str) -> None:
    kept, gone = pair
    makers.make_identifier(gone, KAY)
    record = previewed([line], importer)
    merge_organizations(kept, [gone], by=None)
    with pytest.raises(ValidationError, match="Refresh the preview") as caught:
        actions.commit(record, by=importer)
    assert caught.value.code == "moved_on"
    actions.preview(record, by=importer)
    actions.commit(record, by=importer)
    assert_all_at(kept, 1)


def test_a_decision_for_what_was_merged_since_means_what_is_kept(importer: Any, pair: Any) -> None:
    kept, gone = pair
    makers.make_organization("Kay Ltd")
    record = previewed(LINES[:1], importer)
    key = record.rows.get().questions[0]["key"]
    answer_questions(record, {2: this_one(key, gone)}, by=importer)
    merge_organizations(makers.make_organization("Kay Holding"), [kept], by=None)
    last = makers.make_organization("Kay Last")
    merge_organizations(last, [gone], by=None)
    with pytest.raises(ValidationError, match="Refresh the preview"):
        actions.commit(record, by=importer)
    actions.preview(record, by=importer)
    assert outcomes(record) == ["new"]
    actions.commit(record, by=importer)
    assert_all_at(last, 1)


def test_one_merge_after_the_other_is_followed(pair: Any) -> None:
    kept, gone = pair
    merge_organizations(kept, [gone], by=None)
    last = makers.make_organization("Kay Last")
    merge_organizations(last, [kept], by=None)
    known = ExistingOrganizations.load()
    assert [known.current(one) for one in (gone.pk, kept.pk, last.pk, None)] == [last.pk, last.pk, last.pk, None]


def test_a_merge_after_the_last_comparison_stops_the_import(importer: Any, pair: Any) -> None:
    """It cannot happen while merges wait; if it did, nothing would be written."""
    kept, gone = pair
    record, before = previewed(LINES, importer), records()
    compare = actions._compare

    def merged_afterwards(*args: Any) -> Any:
        plan = compare(*args)
        Organization.objects.filter(pk=gone.pk).update(merged_into=kept, archived_at=timezone.now())
        return plan

    with mock.patch.object(actions, "_compare", merged_afterwards), pytest.raises(ValidationError) as caught:
        actions.commit(record, by=importer)
    assert (caught.value.code, caught.value.messages) == ("moved_on", [str(MOVED_ON)])
    assert (records(), Import.objects.get(pk=record.pk).state) == (before, "previewed")


def test_a_merge_waits_for_an_import_that_is_being_written(race: Callable[..., list[str]]) -> None:
    kept, gone = makers.make_organization("Kay Group"), makers.make_organization("Kay")
    previewed(LINES, None)
    said = race(
        f"""
        import time
        from engagement.imports import actions
        from engagement.imports.models import Import
        from engagement.imports.applying.writer import ImportWriter
        from organizations.merging.actions import merge_organizations
        from organizations.models import Organization
        if NUMBER:
            time.sleep(0.7)
            one, other = (Organization.objects.get(pk=pk) for pk in ({kept.pk}, {gone.pk}))
            merge_organizations(one, [other], by=None)
            print("merged")
        else:
            close = ImportWriter.close
            def slowly(self, **by):
                time.sleep(2)
                close(self, **by)
            ImportWriter.close = slowly
            actions.commit(Import.objects.get(), by=None)
            print("taken")
        """,
        processes=2,
    )
    assert said == ["taken", "merged"]
    assert_all_at(kept, 3)


def test_whoever_comes_first_nothing_is_lost(race: Callable[..., list[str]]) -> None:
    kept, gone = makers.make_organization("Kay Group"), makers.make_organization("Kay")
    previewed(LINES, None)
    said = race(
        f"""
        from django.core.exceptions import ValidationError
        from engagement.imports import actions
        from engagement.imports.models import Import
        from organizations.merging.actions import merge_organizations
        from organizations.models import Organization
        try:
            if NUMBER:
                one, other = (Organization.objects.get(pk=pk) for pk in ({kept.pk}, {gone.pk}))
                merge_organizations(one, [other], by=None)
            else:
                actions.commit(Import.objects.get(), by=None)
            print("done")
        except ValidationError as error:
            print(error.code)
        """,
        processes=2,
    )
    assert said[1] == "done"
    assert said[0] in ("done", "moved_on")
    if said[0] == "moved_on":
        record = Import.objects.get()
        actions.preview(record, by=None)
        actions.commit(record, by=None)
    assert_all_at(kept, 3)
