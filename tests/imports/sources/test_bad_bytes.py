"""Whatever bytes a file has, it is read or refused with a sentence; no other exception gets out."""

import random
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engagement.imports.layouts.guess import guess
from engagement.imports.parsing.meetings import read_meetings
from engagement.imports.parsing.organizations import read_organizations
from engagement.imports.sources.open import Limits, Unreadable, open_table
from tests.imports.sources.files import shipped
from tests.published import INVENTED
from tests.thorough import drawn

NAMES = st.sampled_from(["a.csv", "a.xlsx", "a.json", "a"])
SMALL = Limits(size=200_000, unpacked=500_000)


def read_all(content: bytes, name: str) -> str:
    """Everything anybody does with a file; the sentence if it is refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        try:
            table = open_table(path, limits=SMALL)
            for row in table.rows:
                assert list(row.cells) == table.headers
                "".join(row.cells.values()).encode()  # no halves of letters
            guessed = guess(table)
            read = read_meetings if guessed.data["noun"] == "meetings" else read_organizations
            if guessed.spec:
                list(read(table, guessed.spec, name))
        except Unreadable as refused:
            assert refused.sentence.endswith((".", "?")) and str(refused) == refused.sentence
            return refused.sentence
    return ""


@given(st.binary(max_size=400), NAMES)
@example(b'"', "a.csv")
@example(b"\xff\xfe", "a.csv")
@example(b"\xef\xbb\xbf", "a.json")
@example(b"+/v8-", "a.csv")
def test_arbitrary_bytes(content: bytes, name: str) -> None:
    read_all(content, name)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le"]), NAMES)
def test_arbitrary_text(text: str, encoding: str, name: str) -> None:
    read_all(text.encode(encoding, "replace"), name)


@given(st.text('ab,;\t|"\r\n 1é[]{}:', max_size=300), NAMES)
def test_text_that_almost_is_a_table(text: str, name: str) -> None:
    read_all(text.encode(), name)


@cache
def samples() -> dict[str, bytes]:
    """Files as public bodies publish them, and a workbook."""
    lines = INVENTED.csv.read_bytes().splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        book = openpyxl.Workbook()
        for row in ["Date of meeting", "Name of cabinet", "Name"], ["2022-01-27", "Cabinet", "Zeta"]:
            book.active.append(row)
        book.save(Path(folder) / "a.xlsx")
        content = (Path(folder) / "a.xlsx").read_bytes()
    return {"a.csv": b"".join(lines[:15]), "b.csv": INVENTED.register.read_bytes(), "a.xlsx": content}


def mutated(content: bytes, chance: random.Random) -> bytes:
    """A file after something went wrong with it."""
    data = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at, size = chance.randrange(len(data)), chance.randint(1, 40)
        what = chance.randrange(4)
        if what == 0:
            data[at] = chance.randrange(256)
        elif what == 1:
            del data[at : at + size]
        elif what == 2:
            data[at:at] = data[at : at + size]
        else:
            data[at:at] = chance.choice([b'"', b"\x00", b"\xff", b"\r", b",", b"\n\n", "é".encode("cp1252")])
        if not data:
            break
    return bytes(data)


@pytest.mark.parametrize("name", ["a.csv", "b.csv", "a.xlsx"])
@settings(max_examples=drawn(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_published_files_gone_wrong(name: str, seed: int) -> None:
    read_all(mutated(samples()[name], random.Random(seed)), name)


@settings(max_examples=drawn(60))
@given(seed=st.integers(0, 2**32))
def test_workbooks_gone_wrong_inside(seed: int) -> None:
    """The archive is whole, one of its parts is not."""
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, broken = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        whole.write_bytes(samples()["a.xlsx"])
        with zipfile.ZipFile(whole) as source, zipfile.ZipFile(broken, "w") as target:
            victim = chance.choice(source.namelist())
            for member in source.namelist():
                content = source.read(member)
                target.writestr(member, mutated(content, chance) if member == victim else content)
        read_all(broken.read_bytes(), "b.xlsx")


def test_the_mutations_leave_some_files_readable() -> None:
    """Otherwise the tests above would only ever see refusals."""
    results = [read_all(mutated(samples()["b.csv"], random.Random(seed)), "b.csv") for seed in range(40)]
    assert "" in results and any(results)


def test_the_shipped_layouts_meet_their_files_gone_wrong(tmp_path: Path) -> None:
    spec, chance = shipped("eu_commission"), random.Random(1)
    for _ in range(60):
        path = tmp_path / "a.csv"
        path.write_bytes(mutated(samples()["a.csv"], chance))
        try:
            for reading in read_meetings(open_table(path), spec):
                is_whole = reading.on and reading.hosts and reading.counterparts
                assert reading.has_errors or reading.is_remark or is_whole
        except Unreadable as refused:
            assert refused.sentence
