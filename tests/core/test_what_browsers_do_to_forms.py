"""What browsers do to forms behind the back of whoever fills them in, and how ours are written against it."""

import re

import pytest
from django import forms
from django.test import Client

from engagement.core.lookups.widgets import WholeNumber
from tests import makers as make
from tests.addresses import chief
from tests.house import ROOT
from tests.people import People

FOR_A_BROWSER_TO_FILL_IN = {
    "accounts/ask_for_link.html",
    "accounts/choose_password.html",
    "accounts/login.html",
    "accounts/password_change.html",
    "admin/auth/user/change_password.html",
}
"""Names and passwords, which it keeps where its owner wants that."""


def test_no_form_is_filled_in_again_by_place_on_reload() -> None:
    """Firefox does so with what stood there before: with a tick on the row that is now where another one was."""
    forms_of = {
        str(path.relative_to(ROOT / "templates")): re.findall(r"<form\b[^>]*", path.read_text())
        for path in (ROOT / "templates").rglob("*.html")
    }
    assert sum(map(len, forms_of.values())) > 70
    kept = {name for name, found in forms_of.items() if any('autocomplete="off"' not in form for form in found)}
    assert kept == FOR_A_BROWSER_TO_FILL_IN


def test_nor_are_the_ticks_of_a_list_in_the_admin(people: People) -> None:
    make.make_topic("One")
    client = Client()
    client.force_login(people.secretary)
    page = client.get("/admin/topics/topic/").text
    assert re.search(r'<form id="changelist-form" autocomplete="off" method="post"', page)


def test_what_is_no_number_is_sent_and_refused(people: People) -> None:
    """Of “about 5” in a browser's own number input nothing is sent, and the record would be saved without it."""
    client = Client()
    client.force_login(chief(people))
    adds = [
        f"/admin/{noun}/add/"
        for noun in ("meetings/meeting", "meetings/series", "meetings/regime", "followups/followup")
    ]
    boxes = {address: re.findall(r"<input[^>]*>", client.get(address).text) for address in adds}
    numbers = [box for address in adds for box in boxes[address] if "numeric" in box or 'type="number"' in box]
    assert len(numbers) > 3
    assert [box for box in numbers if 'type="number"' in box and "row-order" not in box] == []


def test_the_box_of_a_number_says_nothing_that_only_a_number_input_may() -> None:
    class Asked(forms.Form):
        number = forms.IntegerField(min_value=1, max_value=9, widget=WholeNumber)

    box = str(Asked()["number"])
    assert 'type="text"' in box and 'inputmode="numeric"' in box
    assert not re.search(r"\b(min|max|step)=", box)
    with pytest.raises(forms.ValidationError, match="Enter a whole number"):
        Asked().fields["number"].clean("about 5")
