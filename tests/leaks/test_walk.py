"""Leak test: every address of the site, by everybody outside; no word and no page that is not theirs."""

import pytest

from tests.addresses import told
from tests.leaks.addresses import addresses
from tests.leaks.walking import faults
from tests.people import People


@pytest.mark.slow("every address of the site, asked by everybody outside")
def test_nobody_outside_meets_a_word_or_a_page_that_is_not_theirs(secrets: People, people: People) -> None:
    assert len(addresses(people.representative)) > 300
    found = list(faults(people))
    assert not found, told(found)
