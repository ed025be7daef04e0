"""The list of organizations leaves as a file and is read again by a guess: all of them are already here."""

from typing import Any

import pytest
from django.core.files.base import ContentFile

from engagement.imports import actions
from engagement.imports.layouts.guess import guess
from engagement.imports.models import Import, Layout
from engagement.imports.sources.open import open_table
from organizations.models import Organization
from tests.exports.reading import fetch
from tests.imports.files import outcomes
from tests.people import client_of


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_our_own_list_is_already_here(importer: Any, form: str, tmp_path: Any) -> None:
    """Its addresses are pages of this site, and never anybody's website."""
    websites = {"Alpha": "https://alpha.example/", "Beta": "", "Gamma": "", "Delta": ""}
    for name, website in websites.items():
        Organization.objects.create(name=name, website=website, acronym=name[:2].upper(), kind="company")
    content = fetch(client_of(importer), f"/organizations.{form}")
    path = tmp_path / f"organizations.{form}"
    path.write_bytes(content)
    data = guess(open_table(path)).data
    read = {column["headers"][0]: column["target"] for column in data["columns"]}
    assert (data["noun"], read["name"], read["website"]) == ("organizations", "name", "website")
    layout = Layout.objects.create(name="Ours", noun="organizations", spec=data)
    record = Import.objects.take_in(ContentFile(content, path.name), layout=layout, by=importer)
    actions.preview(record, by=importer)
    assert outcomes(record) == ["same"] * len(websites)
