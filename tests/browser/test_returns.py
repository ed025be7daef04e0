"""A publisher makes a return, downloads it and corrects it: each page accessible, and no wider than its window."""

import hashlib
from pathlib import Path

import pytest

from engagement.returns.models import Return
from engagement.returns.shipped import load
from meetings.models import Meeting
from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)


@looks(2)
def test_from_the_clock_to_the_file(browse: Windows, people: People, width: int, dark: bool) -> None:
    load()
    make.make_public("Fees", host=make.make_host("Agency"), purpose="Fees of next year")
    page, faults = browse("/publication/", user=people.publisher, width=width, dark=dark), []
    page.get_by_role("link", name="Returns to the authorities").click()
    page.wait_for_url("**/returns/")
    faults += look(page)
    page.get_by_role("link", name="Canada, communication reports", exact=True).click()
    page.get_by_label("Period", exact=True).select_option("2025-05")
    page.get_by_role("button", name="Show preview").click()
    page.get_by_text("1 published meeting").wait_for()
    faults += look(page)
    page.get_by_role("button", name="Make the return").click()
    page.get_by_text("Return made").wait_for()
    faults += look(page)
    with page.expect_download() as started:
        page.get_by_role("link", name="Download").click()
    content = Path(started.value.path()).read_bytes()
    assert hashlib.sha256(content).hexdigest() == Return.objects.get().sha256
    meeting = Meeting.objects.get()
    meeting.purpose = "Fees of this year"
    meeting.save()
    page.goto("/returns/canada-communications/?period=2025-05")
    page.get_by_text(f"Changed: {meeting.reference}").wait_for()
    page.get_by_role("button", name="Make the correction").click()
    page.get_by_role("definition").filter(has_text="2").first.wait_for()
    faults += look(page)
    assert Return.objects.get(number=2).replaces == Return.objects.get(number=1)
    assert not faults, "\n".join(faults)
