"""A secretary finds two records of one organization, merges them and takes it back; with scripts and without."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from organizations.merging.actions import merge_organizations
from organizations.models import Merge, NotSame, Organization
from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)

DUPLICATES = "/organizations/duplicates/"


@pytest.fixture
def twins(people: People) -> list[Organization]:
    kept = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM", country="US")
    gone = make.make_organization("The Alliance for Regenerative Medicine AISBL", website="https://arm.example/")
    make.make_public("Both were there", counterparts=[kept, gone])
    make.make_public("Only one was there", counterparts=[gone])
    return [kept, gone]


@pytest.mark.parametrize("javascript", [True, False])
def test_merged_and_undone(browse: Windows, people: People, twins: list[Organization], javascript: bool) -> None:
    kept, gone = twins
    page = browse("/organizations/", user=people.secretary, javascript=javascript)
    page.get_by_role("link", name="Likely duplicates").click()
    page.get_by_role("link", name="Compare and merge").click()
    page.get_by_role("group", name="Which record stays").get_by_role("radio").first.check()
    page.get_by_role("group", name="Country").get_by_role("radio").last.check()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Alliance for Regenerative Medicine (ARM)")
    expect(page.get_by_role("main")).not_to_contain_text("United States")
    assert not Merge.objects.exists()
    page.get_by_role("button", name="Merge").click()
    expect(page.locator(".message")).to_contain_text("Merged.")
    page.goto(page.url.split("/organizations/")[0] + gone.get_absolute_url())
    assert page.url.endswith(kept.get_absolute_url())
    expect(page.get_by_text("Only one was there").first).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Undo this merge").click()
    expect(page.locator(".message")).to_contain_text("Merge undone.")
    assert gone in Organization.objects.visible_to(people.secretary)


@looks(2)
def test_every_page_can_be_read_and_used(
    browse: Windows, axe: Callable[[Page], None], people: People, twins: list[Organization], width: int, dark: bool
) -> None:
    kept, gone = twins
    pair = f"organization={kept.pk}&organization={gone.pk}"
    addresses = [DUPLICATES, f"{DUPLICATES}merge/?{pair}", f"{DUPLICATES}merge/?{pair}&step=ask"]
    page = browse("/", user=people.secretary, width=width, dark=dark)
    origin = page.url.rstrip("/")
    for address in addresses:
        page.goto(origin + address)
        axe(page)
        assert look(page) == [], address
    merge = merge_organizations(kept, [gone], by=people.secretary)
    NotSame.remember(people.ours, people.theirs, by=people.secretary)
    for address in (DUPLICATES, f"{DUPLICATES}merges/", f"{DUPLICATES}merges/{merge.pk}/"):
        page.goto(origin + address)
        axe(page)
        assert look(page) == [], address
