"""The log of exports as a manager reads it: accessible, and no wider than its window."""

import pytest

from engagement.accounts.models import ExportLog
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "organization=arzneimittelzulassungsverfahrensvereinheitlichungsabkommensverhandlungen&due=overdue&theme=blood"


@looks(2)
def test_the_log(browse: Windows, people: People, width: int, dark: bool) -> None:
    for user, what, query in (
        (people.secretary, "follow-ups", LONG),
        (people.representative, "meetings", ""),
        (people.manager, "gone", "q=a"),
    ):
        ExportLog.objects.create(user=user, what=what, format="csv", query=query, rows=1234)
    page, faults = browse("/admin/", user=people.manager, width=width, dark=dark), []
    page.get_by_role("link", name="Exports", exact=True).first.click()
    page.wait_for_url("**/accounts/exportlog/")
    faults += look(page)
    for more in ("?what=meetings", f"{ExportLog.objects.first().pk}/change/"):  # type: ignore[union-attr]
        page.goto(f"/admin/accounts/exportlog/{more}")
        faults += look(page)
    assert not faults, "\n".join(faults)
