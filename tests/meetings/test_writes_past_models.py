"""Four eyes have one back door, ``update()`` and its kin: whoever writes public fields through it stands in a list.

Such writes are not compared with what is published (docs/decisions/four-eyes.md), so each needs a reason. Whoever adds
or takes out rows in bulk, past ``save()`` and the signals, stands in another: no version is raised by that, and nobody
hears of it who is not told with ``notify``. Where it is something that visitors read, tests of it compare versions.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from meetings.public_content import DOCUMENT, FACTS, PARTY, REASON_SHOWN

ROOT = Path(settings.BASE_DIR)
OWN = ("meetings", "organizations", "engagement")
NOT_OURS = ("migrations", "samples", "backup")
"""They write tables as they are, before anybody reads them or from a copy."""
PUBLIC = {
    *FACTS, *REASON_SHOWN.values(), *PARTY, *DOCUMENT,
    "country", "series", "ordinal", "organization", "person", "name", "function", "part", "attendance",
    "said", "topic", "stance", "statement", "is_joint", "text", "by", "to", "details", "owner", "is_deferred", "kind",
    "visibility", "effective_visibility", "published_at", "discussion", "outcome", "file",
}  # fmt: skip
WHY = {
    "engagement/core/models/visibility.py": "levels follow those of the whole, and whoever saved that was compared",
    "meetings/models/series.py": "numbers in a series are live",
    "engagement/followups/models/querysets.py": "passes on what it is given",
    "meetings/models/querysets.py": "passes on what it is given",
    "engagement/followups/management/commands/check_stored_facts.py": "columns that no page shows as they are",
    "organizations/merging/journal.py": "two records of one organization say the same, and a version is kept of it",
    "engagement/core/models/days.py": "for migrations, before the constraint that it makes true",
    "engagement/imports/tasks.py": "of the import itself",
    "engagement/imports/planning/decisions.py": "rows of the import itself",
    "engagement/core/lookups/widgets.py": "a dictionary",
}
PRIVACY = "engagement/privacy/"
"""Erasing a name goes before what was published; it is sealed anew with a second checksum."""


IN_BULK = {"bulk_create", "_raw_delete", "insert_new"}
ROWS = {
    "engagement/core/bulk.py": "works out what saving gives and tells: tests save each row again, and nothing changes",
    "engagement/imports/applying/undo.py": "takes meetings with all that is theirs, versions included, and tells",
    "engagement/privacy/retention.py": "logs",
    "organizations/merging/undo.py": "puts a row back as it was, with what hangs on it saved after it",
    "organizations/merging/journal.py": "history",
    "engagement/core/models/history.py": "history",
    "meetings/version_keeping.py": "the versions themselves",
    "engagement/core/models/tree.py": "which record is below which: nothing that a meeting shows",
    "engagement/search/indexing.py": "the index, made of what is there",
    **dict.fromkeys(
        [
            "engagement/imports/planning/preview.py",
            "engagement/imports/applying/origins.py",
            "engagement/reminders/sending.py",
            "engagement/reminders/backends.py",
            "engagement/privacy/models.py",
            "engagement/core/models/append_only.py",
            "engagement/core/models/counters.py",
            "engagement/core/models/sent_forms.py",
            "engagement/core/models/slugs.py",
        ],
        "rows of their own, which no meeting shows",
    ),
}
"""Who adds or takes out rows in bulk, and why what is published stays true."""


PROVED_BY = {
    "engagement/core/models/visibility.py": "tests/core/test_visibility.py",
    "meetings/models/series.py": "tests/meetings/test_ordinals.py",
    "organizations/merging/journal.py": "tests/organizations/test_merging.py",
    "organizations/merging/undo.py": "tests/organizations/test_merging.py",
    "engagement/core/bulk.py": "tests/imports/test_as_saved.py",
    "engagement/imports/applying/undo.py": "tests/imports/test_undo.py",
    "engagement/privacy/erasing.py": "tests/privacy/test_erasing.py",
}
"""Of what visitors read: after each of these tests the latest version of every public meeting is as the meeting is."""


def rows_in_bulk(path: Path) -> list[int]:
    """Where rows are added or taken out past the models."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [(call.lineno, getattr(call.func, "attr", getattr(call.func, "id", ""))) for call in calls]
    return [line for line, name in named if name in IN_BULK]


def writes(path: Path) -> Iterator[tuple[int, set[str]]]:
    """Where rows are written past the models, and which fields; ``**`` where they are not named."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr == "update" and node.keywords:
            yield node.lineno, {word.arg or "**" for word in node.keywords}
        elif node.func.attr == "bulk_update":
            names = {
                one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str)
            }
            yield node.lineno, names or {"**"}


def modules() -> Iterator[tuple[str, Path]]:
    for app in OWN:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not set(NOT_OURS) & set(path.parts):
                yield path.relative_to(ROOT).as_posix(), path


def found() -> dict[str, list[int]]:
    lines = {name: [line for line, fields in writes(path) if fields & {*PUBLIC, "**"}] for name, path in modules()}
    return {name: some for name, some in lines.items() if some}


def test_whoever_writes_public_fields_past_the_models_has_a_reason() -> None:
    unknown = {name: lines for name, lines in found().items() if name not in WHY and not name.startswith(PRIVACY)}
    assert unknown == {}
    assert set(WHY) <= set(found()), "a reason for what is no longer done"


def test_whoever_writes_rows_in_bulk_has_a_reason() -> None:
    places = {name: lines for name, path in modules() if (lines := rows_in_bulk(path))}
    assert {name: lines for name, lines in places.items() if name not in ROWS} == {}
    assert set(ROWS) <= set(places), "a reason for what is no longer done"


def test_what_visitors_read_is_compared_with_its_version_after_bulk_writes() -> None:
    others = {name for name in PROVED_BY if name not in {**WHY, **ROWS} and not name.startswith(PRIVACY)}
    assert not others, "a proof of what is no longer done"
    assert [test for test in PROVED_BY.values() if "versions_stay_true" not in (ROOT / test).read_text()] == []
