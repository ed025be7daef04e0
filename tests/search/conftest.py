"""What tests of searching share."""

import pytest

from engagement.search import indexing


@pytest.fixture(autouse=True)
def forgotten() -> None:
    """Each test begins with an empty database, so nothing is known of the words of the one before."""
    indexing._known.clear()
