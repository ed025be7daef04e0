"""Every page of the imports is valid HTML, also with mistakes in it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from engagement.imports.models import Import
from meetings.models import Meeting
from tests import makers
from tests.addresses import LONG
from tests.imports.files import committed, layout_of, previewed
from tests.validity import NuChecker

LINE = "Cabinet A,2022-01-27,Kay,,Talk,Brussels"
NASTY = '"<b>A & ""B""</b>",2022-03-27,<script>,,"=1+1 &amp; \'x\'",‮Paris'


def test_pages_of_imports(vnu: NuChecker, client: Client, importer: Any) -> None:
    makers.make_organization("Twin"), makers.make_organization("Twin Ltd")
    done = committed([LINE, NASTY], importer)
    asked = previewed(
        ["Cabinet A,2022-05-01,Twin,,Talk,", "Cabinet A,soon,Kay,,x,", LINE.replace("Talk", LONG)], importer
    )
    slug = layout_of().slug
    pages = [
        "",
        "upload/",
        "layouts/",
        f"layouts/{slug}/",
        f"layouts/{slug}/?copy=1",
        f"{done.pk}/",
        f"{done.pk}/undo/",
    ]
    pages += [
        f"{asked.pk}/{page}" for page in ("", "?outcome=ambiguous", "?q=x", "?q=%3Cb%3E&page=9", "commit/", "columns/")
    ]
    found = [(page, client.get(f"/imports/{page}")) for page in pages]
    makers.make_followup(owner=Meeting.objects.first().parties.last().organization, chaser=importer)
    found.append(("in the way", client.get(f"/imports/{done.pk}/undo/")))
    wrong = {"row": "2", "q2-0-choice": "other", "q2-0-organization": "Nobody <b>"}
    found.append(("wrong answer", client.post(f"/imports/{asked.pk}/decide/", wrong)))
    nothing = {"file": SimpleUploadedFile("<b>.csv", b"%PDF")}
    found.append(("wrong file", client.post("/imports/upload/", nothing)))
    found.append(("wrong layout", client.post(f"/imports/{asked.pk}/columns/", {"columns": "3", "c1-target": "date"})))
    client.post("/imports/upload/", {"file": SimpleUploadedFile("vague.csv", b"A,B\r\n<i>,x\r\n")})
    vague = Import.objects.get(file_name="vague.csv")
    found += [(page, client.get(f"/imports/{vague.pk}/{page}")) for page in ("", "columns/")]
    Import.objects.filter(pk=asked.pk).update(work="waiting", worked_at=asked.previewed_at)
    found.append(("progress", client.get(f"/imports/{asked.pk}/")))
    assert all(response.status_code == 200 for _page, response in found)
    faults = [f"{page}: {fault}" for page, response in found for fault in vnu.problems(response.content.decode())]
    assert not faults, "\n".join(faults)


def test_nothing_published_becomes_markup(client: Client, importer: Any) -> None:
    batch = previewed([NASTY], importer)
    text = client.get(f"/imports/{batch.pk}/").content.decode()
    assert "<script>," not in text
    assert "&lt;script&gt;" in text
