"""Small files to read, made by hand."""

import json
from pathlib import Path

from engagement.imports.layouts.spec import Spec
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.sources.open import Table, open_table
from tests.missing import ROOT

LAYOUTS = ROOT / "engagement" / "imports" / "layouts"


def shipped(name: str) -> Spec:
    """A layout that comes with the program."""
    spec, troubles = parse_spec(json.loads((LAYOUTS / f"{name}.json").read_text(encoding="utf-8")))
    assert spec is not None, troubles
    return spec


def written(folder: Path, content: str | bytes, name: str = "file.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def table_of(folder: Path, content: str | bytes, name: str = "file.csv", **told: object) -> Table:
    """A small file, opened."""
    return open_table(written(folder, content, name), **told)  # type: ignore[arg-type]


def spec_of(**said: object) -> Spec:
    """A layout from its JSON."""
    spec, troubles = parse_spec(said)
    assert spec is not None, troubles
    return spec


def column(target: str, *headers: str, **more: object) -> dict[str, object]:
    """One column of a layout as JSON."""
    return {"target": target, "headers": list(headers), **more}
