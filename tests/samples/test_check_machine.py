"""What stops ``make demo`` is said in a sentence, before anything is installed or written."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from engagement.samples import check_machine
from tests.missing import ROOT
from tests.served import free_port
from tests.thorough import today


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen(1)
        yield other.getsockname()[1]


def said(folder: Path, host: str = "127.0.0.1", port: object = 0) -> str:
    command = [
        sys.executable,
        str(ROOT / "engagement/samples/check_machine.py"),
        host,
        str(port or free_port()),
        str(folder),
    ]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    assert ran.returncode == (1 if ran.stderr else 0)
    assert ran.stderr.count("\n") <= 1 and "Traceback" not in ran.stderr
    return ran.stderr


def test_nothing_is_in_the_way(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "demo.sqlite3").close()
    assert said(tmp_path) == ""
    assert [file.name for file in tmp_path.iterdir()] == ["demo.sqlite3"]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "0.0.0.0"])
def test_a_port_that_is_taken(tmp_path: Path, taken: int, host: str) -> None:
    sentence = said(tmp_path, host, taken)
    assert sentence.startswith(f"Port {taken} of {host} is taken by another program.")
    offered = int(sentence.rpartition("PORT=")[2])
    assert offered != taken and said(tmp_path, host, offered) == ""


@pytest.mark.parametrize(
    ("host", "port", "sentence"),
    [
        ("127.0.0.1", "80a", "PORT=80a is not a port"),
        ("127.0.0.1", "70000", "PORT=70000 is not a port"),
        ("nowhere.invalid", "", "HOST=nowhere.invalid is not the name or address of this machine"),
        ("192.0.2.1", "", "HOST=192.0.2.1 is not an address of this machine"),
        ("::1", "", "Write an IPv6 address in brackets: make demo HOST='[::1]'"),
    ],
)
def test_an_address_that_cannot_be_served(tmp_path: Path, host: str, port: str, sentence: str) -> None:
    assert said(tmp_path, host, port).startswith(sentence)


@pytest.mark.parametrize("damage", ["no database", "torn"])
def test_a_damaged_database(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "demo.sqlite3"
    made = sqlite3.connect(path)
    made.executescript(
        "CREATE TABLE t (x); INSERT INTO t SELECT hex(randomblob(400)) FROM json_each('[1,2,3,4,5,6,7]');"
    )
    made.close()
    whole = path.read_bytes()
    path.write_bytes(b"this is no database " * 99 if damage == "no database" else whole[:4096] + b"\xff" * 6000)
    before = path.read_bytes()
    sentence = said(tmp_path)
    assert sentence.startswith(f"{path} is damaged (") and "delete it" in sentence
    assert path.read_bytes() == before


def test_a_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".writable").mkdir()  # also in the way of root, whom no permission stops
    assert said(tmp_path).startswith(f"Nothing can be written in {tmp_path}")
    (tmp_path / ".writable").rmdir()
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(10, 10, 0))  # type: ignore[attr-defined]
    assert "is full" in str(check_machine.problem("127.0.0.1", str(free_port()), str(tmp_path)))


def test_a_python_that_is_too_old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    assert str(check_machine.problem("127.0.0.1", "8000", str(tmp_path))).startswith("Python 3.11 or newer is needed")


def ran(command: list[str], folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, check=False)


def test_make_demo_asks_before_it_installs(tmp_path: Path, taken: int) -> None:
    """In a checkout without an environment of its own: neither it nor anything else is made."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "engagement/samples").mkdir(parents=True)
    shutil.copy(ROOT / "engagement/samples/check_machine.py", tmp_path / "engagement/samples")
    done = ran(["make", "demo", f"PORT={taken}", f"PYTHON={sys.executable}"], tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"Port {taken} of 127.0.0.1 is taken")
    assert done.stdout == ""
    assert not (tmp_path / ".venv").exists()


COMMANDS = ["migrate", "check_index", "createsuperuser --noinput --username x --email x@x.be"]


@pytest.mark.parametrize("command", today(COMMANDS, parts=3))
def test_any_command_says_that_the_database_is_damaged(tmp_path: Path, command: str) -> None:
    path = tmp_path / "site.sqlite3"
    path.write_bytes(b"this is no database " * 99)
    environment = {"DATABASE_URL": f"sqlite:///{path}", "DEMO": "1", "DJANGO_SUPERUSER_PASSWORD": "x"}
    done = ran([sys.executable, "manage.py", *command.split()], ROOT, **environment)
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"The database {path} cannot be used: the database file is damaged (file is not a database). "
        "Put a backup in its place, or move it away."
    )
