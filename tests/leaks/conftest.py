"""The world of the leak tests, made once for a module; files in a folder of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.leaks.world import make_secrets
from tests.people import People


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where files are kept while a module runs."""
    place = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "MEDIA_ROOT", place / "media")
        yield place


@pytest.fixture(scope="module")
def secrets(module_people: People, folder: Path) -> People:
    make_secrets(module_people)
    return module_people
