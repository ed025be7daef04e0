"""The page of calendar links, before and after one is made: accessible, and no wider than its window."""

import pytest

from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/accounts/calendar/?list=follow-ups&query=due%3Doverdue"


@looks(1)
def test_making_and_revoking_a_link(browse: Windows, people: People, width: int, dark: bool) -> None:
    page = browse(PAGE, user=people.representative, width=width, dark=dark)
    faults = look(page)
    page.get_by_label("Name").fill("Phone")
    page.get_by_role("button", name="Create link").click()
    page.get_by_label("Follow-ups", exact=True).wait_for()
    assert page.get_by_label("Follow-ups", exact=True).input_value().endswith("/follow-ups.ics?due=overdue")
    faults += look(page)
    page.get_by_role("button", name="Revoke Phone").click()
    page.get_by_text("Link “Phone” revoked.").wait_for()
    faults += look(page)
    assert not faults, "\n".join(faults)
