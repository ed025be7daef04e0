"""The same from a terminal: a report that accounts for every row, and nothing written on a dry run."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from engagement.imports import actions
from engagement.imports.models import Import, Layout
from meetings.models import Meeting
from organizations.models import Organization
from tests.imports.files import DIARY_HEAD, REGISTER, REGISTER_HEAD, layout_of
from tests.makers import make_organization

KAY = "1111111111-11"


@pytest.fixture
def diary(tmp_path: Path, importer: Any) -> Path:
    layout_of()
    file = tmp_path / "diary.csv"
    lines = [f"Cabinet A,2022-01-27,Kay,{KAY},Talk,", f"Cabinet A,2022-01-27,Kay,{KAY},Talk,", "Cabinet A,soon,Kay,,,"]
    file.write_text("\n".join([DIARY_HEAD, *lines]))
    return file


def run(file: Path, command: str = "import_meetings", layout: str = "test_meetings", **options: Any) -> str:
    out = StringIO()
    call_command(command, file, layout=layout, stdout=out, verbosity=0, **options)
    return out.getvalue()


def test_the_report_accounts_for_every_row(diary: Path) -> None:
    said = run(diary, importer="importer")
    for part in (
        "3 rows of diary.csv",
        "1  new",
        "1  twice in the file",
        "1  cannot be read",
        "1  meeting\n",
        "Row 4: ",
    ):
        assert part in said, said
    taken = Import.objects.get()
    assert taken.committed_by is not None
    assert Meeting.objects.get().prepared_by == taken.uploaded_by == taken.committed_by
    assert "1  already recorded" in run(diary)
    assert Meeting.objects.count() == 1


def test_a_dry_run_writes_nothing(diary: Path) -> None:
    assert "Nothing was saved." in run(diary, dry_run=True)
    assert (Meeting.objects.count(), Import.objects.get().state) == (0, "previewed")


def test_organizations_from_a_register(tmp_path: Path, db: None) -> None:
    layout_of(REGISTER)
    file = tmp_path / "register.csv"
    file.write_text(f"{REGISTER_HEAD}\n{KAY},Kay,,BE,,active\n")
    assert "1  organization\n" in run(file, "import_organizations", "test_organizations")
    assert Organization.objects.get().country.code == "BE"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"layout": "unknown"}, "There is no layout “unknown” for meetings. There are: .*eu_commission"),
        ({"importer": "nobody"}, "no active user “nobody” who may import"),
        ({"importer": "guest"}, "no active user “guest” who may import"),
    ],
)
def test_what_is_not_there_is_said(diary: Path, django_user_model: Any, options: dict[str, Any], said: str) -> None:
    django_user_model.objects.create_user("guest")
    with pytest.raises(CommandError, match=said):
        run(diary, **options)
    assert not Import.objects.exists()


def test_a_file_that_is_not_there_or_cannot_be_read(diary: Path) -> None:
    with pytest.raises(CommandError, match="cannot be opened"):
        run(diary.with_name("gone.csv"))
    diary.write_bytes(b"")
    with pytest.raises(CommandError):
        run(diary)


def test_records_that_move_on_stop_the_command(diary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = actions.commit

    def late(batch: Import, **options: Any) -> None:
        make_organization("Kay")
        commit(batch, **options)

    monkeypatch.setattr(actions, "commit", late)
    with pytest.raises(CommandError, match="Refresh the preview"):
        run(diary)


def test_a_shipped_layout_that_was_changed_stays(db: None) -> None:
    from engagement.imports.layouts.sync import sync

    layout = Layout.objects.get(slug="eu_commission")
    assert layout.is_as_shipped
    layout.spec = {**layout.spec, "credit": "Ours"}
    layout.save()
    sync()
    layout.refresh_from_db()
    assert (layout.spec["credit"], layout.is_as_shipped) == ("Ours", False)


def test_a_shipped_layout_as_it_was_is_renewed(db: None) -> None:
    from engagement.imports.layouts.sync import shipped, sync
    from engagement.imports.models.layouts import digest_of

    older = {**shipped()["eu_commission"], "credit": "Older"}
    layout = Layout.objects.get(slug="eu_commission")
    layout.spec, layout.shipped = older, digest_of(older)
    layout.save()
    sync()
    layout.refresh_from_db()
    assert layout.spec == shipped()["eu_commission"]
    version = layout.version
    sync()
    layout.refresh_from_db()
    assert layout.version == version
