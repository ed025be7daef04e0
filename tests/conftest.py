"""What every test may ask for: people, flat queries, several processes at once, valid HTML.

Django starts here, with the environment of the tests and not the shell's own (see ``databases.py``).
"""

import atexit
import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path

import django
import hypothesis
import pytest
import pytest_django

from tests.databases import AGAIN, FOLDER, environment, runs_on_both
from tests.missing import gaps, in_ci, java, unforgivable_gaps, vnu_jar
from tests.slow import pytest_runtest_call, tell_the_slowest  # noqa: F401 (pytest finds the hook here)
from tests.thorough import ALL, drawn
from tests.validity import NuChecker

gc.disable()  # while everything is imported, nothing is garbage

if FOLDER not in os.environ:
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="engagement-tests-")
    atexit.register(shutil.rmtree, os.environ[FOLDER], ignore_errors=True)
os.environ.update(environment(os.environ[FOLDER]))
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from engagement.core.models import Visibility  # noqa: E402
from meetings.models import Meeting  # noqa: E402
from meetings.version_keeping import reads_otherwise  # noqa: E402
from tests.flushing import flush_quickly  # noqa: E402
from tests.kept import kept  # noqa: E402, F401 (a fixture)
from tests.late_imports import import_late_modules  # noqa: E402
from tests.lazy_upkeep import (  # noqa: E402
    lazily,
    pytest_fixture_setup,  # noqa: F401 (pytest finds the hooks here)
    pytest_runtest_setup,  # noqa: F401
    pytest_runtest_teardown,  # noqa: F401
)
from tests.made_once import made_once  # noqa: E402
from tests.people import People, make_people  # noqa: E402
from tests.processes import together  # noqa: E402
from tests.queries import assert_flat_queries  # noqa: E402
from tests.rendering import tell_of_pages_only  # noqa: E402
from tests.template_database import TEMPLATE, copy_template  # noqa: E402
from tests.world import World, make_world  # noqa: E402

if connection.vendor == "sqlite":  # a file, not memory: other processes must be able to open it
    connection.settings_dict["TEST"]["NAME"] = f"{os.environ[FOLDER]}/test.sqlite3"
if TEMPLATE in os.environ:
    copy_template(os.environ[TEMPLATE])
# Files are served as they lie, with no collectstatic before a run; test_static.py tries the real storage.
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
hypothesis.settings.register_profile("site", deadline=None, derandomize=in_ci() and not ALL, max_examples=drawn(100))
hypothesis.settings.load_profile("site")
tell_of_pages_only()
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_sessionstart() -> None:
    """In CI a gap in the machine is a failure, not a remark."""
    if found := unforgivable_gaps():
        raise pytest.UsageError("cannot run the whole suite: " + "; ".join(found.values()))


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """On the second database a module is not even imported where nothing in it is marked."""
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    if config.option.markexpr != AGAIN[1] or not is_test:
        return None
    return None if runs_on_both(collection_path.read_text(encoding="utf-8")) else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark the tests that need a browser, the HTML checker or both databases by what they ask for.

    Within a module, those that share records (``module_db``) come after those that want none. Modules that take long in
    one piece (``early``) come first and browsers last, walks first among them, so that a run ends with what is short.
    What is for the night waits for ALL=1, or to be named.
    """
    if not ALL and not any("::" in asked for asked in config.args):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("night")])
        items[:] = [item for item in items if not item.get_closest_marker("night")]
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if "chromium" in asked:
            item.add_marker(pytest.mark.browser)
        if "vnu" in asked:
            item.add_marker(pytest.mark.html)
        if "race" in asked:
            item.add_marker(pytest.mark.both_databases)
    places = {path: number for number, path in enumerate(dict.fromkeys(item.path for item in items))}
    marks = ("early", "slow", "browser")
    early, walks, browsers = ({item.path for item in items if item.get_closest_marker(mark)} for mark in marks)
    for path in early:
        places[path] -= len(places)
    for path in browsers:
        places[path] += len(places) * (1 if path in walks else 2)
    items.sort(key=lambda item: (places[item.path], "module_db" in getattr(item, "fixturenames", ())))


@dataclass(frozen=True)
class Above:
    """What a module stands in, in the place of a next test: whatever the module shares ends."""

    item: pytest.Item

    def listchain(self) -> list[pytest.Collector | pytest.Item]:
        return list(takewhile(lambda node: not isinstance(node, pytest.Module), self.item.listchain()))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Records that a module shares end before a test of it that wants none, which a process may take over later."""
    done = yield
    after = getattr(nextitem, "fixturenames", ()) if nextitem and nextitem.path == item.path else ("module_db",)
    if "module_db" in getattr(item, "fixturenames", ()) and "module_db" not in after:
        item.session._setupstate.teardown_exact(Above(item))  # type: ignore[arg-type]
    return done


def pytest_runtestloop() -> None:
    """Look for garbage seldom, and never in what was imported: that took a seventh of the time of every test.

    Processes of xdist have a loop of their own, before this one: there nothing is looked for (decisions/test-run.md).
    """
    gc.freeze()
    gc.set_threshold(5_000, 20, 50)
    gc.enable()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say which were the slowest, and loudly what was not run."""
    tell_the_slowest(terminalreporter)
    for marker, why in gaps().items():
        terminalreporter.write_sep("!", f"NOT RUN: the {marker} tests", red=True, bold=True)
        terminalreporter.write_line(why)


@pytest.fixture(autouse=True)
def no_cleaning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Old stamps are not taken away in between: which save does that would change what it costs."""
    monkeypatch.setattr("engagement.core.models.expiring.CLEAN_EVERY", 10**12)


@pytest.fixture(scope="session", autouse=True)
def _everything_is_imported() -> None:
    import_late_modules()


@pytest.fixture(scope="session", autouse=True)
def _less_work() -> Iterator[None]:
    """See flushing.py and lazy_upkeep.py."""
    undo = flush_quickly()
    with lazily():
        yield
    undo()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker) -> Iterator[None]:
    """For records made once for a module, in a transaction that ends with it; each test undoes what it adds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def module_people(module_db: None) -> People:
    return made_once(make_people, "people")


@pytest.fixture(scope="module")
def module_world(module_people: People) -> World:
    return make_world(module_people)


@pytest.fixture
def people(request: pytest.FixtureRequest, db: None) -> People:
    """Secretary, manager, publisher, representative, stranger and visitor; the module's, where records are shared."""
    if "module_people" in request.fixturenames:
        return deepcopy(request.getfixturevalue("module_people"))
    return made_once(make_people, "people")


@pytest.fixture
def world(module_world: World, db: None) -> World:
    """The world of ``world.py``, made once for the module; a copy of its own for each test."""
    return deepcopy(module_world)


@pytest.fixture
def versions_stay_true(db: None) -> Iterator[None]:
    """Afterwards the latest version of each public meeting says what visitors read, whoever wrote past the models."""
    yield
    public = Meeting.objects.filter(effective_visibility=Visibility.PUBLIC)
    assert not [meeting.reference for meeting in public if reads_otherwise(meeting)]


@pytest.fixture
def flat_queries(db: None) -> Callable[..., None]:
    """``flat_queries(make, call, ceiling=n)``: the call costs the same with 2 rows as with 200."""
    return assert_flat_queries


@pytest.fixture
def race(transactional_db: None) -> Callable[..., list[str]]:
    """``race(code, processes=4)``: several processes run the code on this test's database at one moment."""
    return together


@pytest.fixture(scope="session")
def nu_checker() -> Iterator[NuChecker]:
    """The HTML checker, started when first asked for."""
    java_path, jar = java(), vnu_jar()
    if not java_path or not jar:
        pytest.skip(gaps()["html"])
    with NuChecker(java_path, jar) as checker:
        yield checker


@pytest.fixture
def vnu(nu_checker: NuChecker) -> NuChecker:
    """``vnu(html)``: the page is valid HTML."""
    return nu_checker
