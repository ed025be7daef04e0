"""Four eyes have one back door, ``update()`` and its kin: whoever writes public fields through it stands in a list.

Such writes are not compared with what is published (docs/decisions/four-eyes.md), so each needs a reason.
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
    "meetings/publication_preview.py": "undone before anybody reads it",
    "meetings/models/series.py": "numbers in a series are live",
    "engagement/followups/models/querysets.py": "passes on what it is given",
    "organizations/merging/journal.py": "two records of one organization say the same, and a version is kept of it",
    "engagement/core/models/days.py": "for migrations, before the constraint that it makes true",
    "engagement/imports/tasks.py": "of the import itself",
    "engagement/core/lookups/widgets.py": "a dictionary",
}
PRIVACY = "engagement/privacy/"
"""Erasing a name goes before what was published; it is sealed anew with a second checksum."""


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


def found() -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for app in OWN:
        for path in sorted((ROOT / app).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if set(NOT_OURS) & set(path.parts):
                continue
            lines = [line for line, fields in writes(path) if fields & {*PUBLIC, "**"}]
            if lines:
                places[name] = lines
    return places


def test_whoever_writes_public_fields_past_the_models_has_a_reason() -> None:
    unknown = {name: lines for name, lines in found().items() if name not in WHY and not name.startswith(PRIVACY)}
    assert unknown == {}
    assert set(WHY) <= set(found()), "a reason for what is no longer done"
