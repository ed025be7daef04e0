"""Static files as production serves them: hashed, compressed, and none missing."""

import re
from pathlib import Path

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import Client, override_settings
from whitenoise.middleware import WhiteNoiseMiddleware

from engagement.core.css_bundle import SHEETS
from tests.house import ROOT

AS_DEPLOYED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "engagement.core.css_bundle.SiteStorage"},
}


def test_pages_link_to_hashed_files_that_are_there_and_may_be_kept(db: None, tmp_path: Path) -> None:
    with override_settings(STORAGES=AS_DEPLOYED, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = Client().get("/accounts/login/").content.decode()
        links = re.findall(r'(?:href|src)="/static/([^"]+)"', page)
        assert links, "the page has no style at all"
        for link in links:
            assert re.search(r"\.[0-9a-f]{12}\.", link), f"{link} is not hashed"
            assert (tmp_path / link).is_file()
        noise = WhiteNoiseMiddleware(lambda request: None)
        served = noise.files[f"/static/{links[0]}"]
        assert "immutable" in str(served.alternatives) or "immutable" in str(vars(served))
        assert staticfiles_storage.manifest_strict


def test_a_page_waits_for_one_style_sheet_that_says_what_all_say(db: None, tmp_path: Path) -> None:
    with override_settings(STORAGES=AS_DEPLOYED, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = Client().get("/accounts/login/").content.decode()
    linked = re.findall(r'rel="stylesheet" href="/static/([^"]+)"( media="print")?', page)
    assert [link.split(".")[0] for link, of_print in linked if not of_print] == ["css/site"]
    together = (tmp_path / linked[0][0]).read_text()
    said = [re.sub(r"\s|/\*.*?\*/", "", (tmp_path / name).read_text(), flags=re.DOTALL) for name in SHEETS]
    assert re.sub(r"\s|/\*.*?\*/", "", together, flags=re.DOTALL) == "".join(said)


def test_while_somebody_works_on_them_each_is_a_file(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert [name for name in SHEETS if f'"/static/{name}"' in page] == list(SHEETS)


def test_compressed_copies_are_made(tmp_path: Path) -> None:
    with override_settings(STORAGES=AS_DEPLOYED, STATIC_ROOT=tmp_path):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert list(tmp_path.rglob("*.css.gz"))


def test_on_paper_firefox_asks_no_container_for_its_width() -> None:
    """It prints nothing of what such a query lays out: a list of follow-ups had its head and its foot, and no row."""
    of_firefox = (ROOT / "static/css/print.css").read_text().partition("@supports (-moz-appearance: none)")[2]
    assert re.search(r"@layer print \{\s*\* \{ container-type: normal; \}", of_firefox)
    paper = (ROOT / "static/css/paper.css").read_text()
    above = re.search(r"@supports [^{]*-moz-appearance[^{]*\{\s*html::before \{ content: var\(--copy\);", paper)
    assert above, "it has no boxes in the margin, so whose copy it is stands above the page, of the admin too"
