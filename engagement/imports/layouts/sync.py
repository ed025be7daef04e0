"""Sync shipped layouts into the database after ``migrate``; one that somebody changed stays as it is."""

import json
from pathlib import Path

from engagement.imports.layouts.spec import LayoutData
from engagement.imports.models import Layout
from engagement.imports.models.layouts import digest_of

HERE = Path(__file__).parent
NAMES = {
    "eu_commission": "European Commission, meetings with interest representatives",
    "assemblee_nationale": "Assemblée nationale, register of interest representatives",
}


def shipped() -> dict[str, LayoutData]:
    """The shipped layouts of the files beside this one, by short name."""
    return {file.stem: json.loads(file.read_text("utf-8")) for file in sorted(HERE.glob("*.json"))}


def sync(**kwargs: object) -> None:
    """Create missing layouts, and update those that nobody changed."""
    for slug, spec in shipped().items():
        layout = Layout.objects.filter(slug=slug).first() or Layout(slug=slug, name=NAMES.get(slug, slug))
        is_new, digest = layout.pk is None, digest_of(spec)
        if is_new or (layout.is_as_shipped and layout.shipped != digest):
            layout.noun, layout.spec, layout.shipped = spec["noun"], spec, digest
            layout.save()
