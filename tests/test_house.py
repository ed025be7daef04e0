"""Imports go down only and in no circle, and the checker that says so can say no."""

from pathlib import Path

import pytest

from tests.house import (
    BELOW,
    MOST_ANY,
    TEMPLATE_LINE,
    any_per_thousand,
    long_template_lines,
    missing_files,
    too_untyped,
    untidy,
    violations,
)
from tests.missing import ROOT


def test_imports_go_down_only() -> None:
    assert violations(ROOT) == []


def test_tidy_apps_have_no_circles_and_give_reasons() -> None:
    assert untidy(ROOT) == []


def test_templates_have_lines_one_can_read() -> None:
    assert long_template_lines(ROOT) == []


def test_a_long_line_of_a_template_is_found(tmp_path: Path) -> None:
    (tmp_path / "templates/meetings").mkdir(parents=True)
    fits = "<p>" + "x" * (TEMPLATE_LINE - 3)
    (tmp_path / "templates/meetings/detail.html").write_text(f"{fits}\n{fits}y\n")
    assert long_template_lines(tmp_path) == ["templates/meetings/detail.html:2  161 characters, more than 160"]


def test_documents_name_files_that_are_there() -> None:
    assert missing_files(ROOT) == []


def test_a_file_that_is_gone_is_found(tmp_path: Path) -> None:
    for folder in ("docs", "meetings/models"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "meetings/models/series.py").touch()
    (tmp_path / "README.md").write_text("See `meetings/models/series.py`, or `series.py`.\n")
    (tmp_path / "docs/house.md").write_text("\n`meetings/series.py`, `models/series.py`\n")
    assert missing_files(tmp_path) == ["docs/house.md:2  meetings/series.py is not there"]


def test_every_installed_app_of_ours_has_a_storey() -> None:
    ours = {
        ".".join(path.parent.relative_to(ROOT).parts)
        for top in ("engagement", "meetings", "organizations")
        for path in (ROOT / top).rglob("apps.py")
    }
    assert ours <= set(BELOW)
    assert {"meetings", "organizations", "engagement.core"} <= ours


@pytest.mark.parametrize(
    ("file", "code", "named"),
    [
        ("organizations/models.py", "from meetings.models import Meeting", "meetings.models.Meeting"),
        ("organizations/models.py", "import meetings.models", "meetings.models"),
        ("meetings/views.py", "def view():\n    from engagement.followups import models", "followups.models"),
        ("meetings/views.py", "from engagement import followups", "engagement.followups"),
        ("engagement/topics/models.py", "from ..followups import models", "engagement.followups.models"),
        ("engagement/core/folding.py", "from engagement.accounts.models import User", "accounts.models.User"),
        ("engagement/core/folding.py", "from engagement.settings import DEMO", "engagement.settings.DEMO"),
        ("organizations/views.py", "from engagement.topics.models import Topic", "topics.models.Topic"),
        ("meetings/admin.py", "if TYPE_CHECKING:\n    import engagement.reports", "engagement.reports"),
        ("meetings/x/y.py", "import importlib\nimportlib.import_module('engagement.api')", "engagement.api"),
        ("engagement/search/views.py", "import engagement.reports.views", "engagement.reports.views"),
        ("engagement/novelty/views.py", "", "engagement.novelty has no storey"),
    ],
)
def test_an_import_that_goes_up_is_found(tmp_path: Path, file: str, code: str, named: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(code)
    (found,) = violations(tmp_path)
    assert named in found
    assert found.startswith(file)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("meetings/models.py", "from organizations.models import Organization\nfrom . import choices"),
        ("meetings/models.py", "from engagement.core.models import Record\nimport engagement.topics.models"),
        ("engagement/followups/admin.py", "from meetings.admin import MeetingAdmin"),
        ("engagement/samples/founding_data.py", "from engagement.followups.models import FollowUp"),
        ("engagement/views.py", "import meetings.models\nfrom engagement.followups import models"),
    ],
)
def test_an_import_that_goes_down_is_fine(tmp_path: Path, file: str, code: str) -> None:
    (tmp_path / file).parent.mkdir(parents=True)
    (tmp_path / file).write_text(code)
    assert violations(tmp_path) == []


@pytest.mark.parametrize(
    ("files", "named"),
    [
        (
            {"a.py": "from . import b", "b.py": "from meetings.a import name"},
            ["meetings  circle: meetings.a, meetings.b"],
        ),
        (
            {
                "a.py": "from .b import c",
                "b/c.py": "import meetings.d",
                "d.py": "def f():\n    # b needs it\n    import meetings.a",
            },
            ["meetings  circle: meetings.a, meetings.b.c, meetings.d"],
        ),
        ({"models/a.py": "from .b import B", "models/b.py": "from .a import A"}, []),
        (
            {"models/a.py": "from meetings.x import y", "x.py": "from .models.b import B", "models/b.py": ""},
            ["meetings  circle: meetings.models, meetings.x"],
        ),
        ({"a.py": "from . import b", "b.py": "import json"}, []),
        ({"a.py": "def f():\n    import json"}, ["meetings/a.py:2  import in a function, without a reason"]),
        (
            {"a.py": "def f():\n    import json  # noqa: F401"},
            ["meetings/a.py:2  import in a function, without a reason"],
        ),
        ({"a.py": "def f():\n    import json  # slow to load"}, []),
        ({"a.py": "class A:\n    def f(self):\n        # slow to load\n        import json\n        import csv"}, []),
    ],
)
def test_circles_and_hidden_imports_are_found(tmp_path: Path, files: dict[str, str], named: list[str]) -> None:
    for name, code in files.items():
        path = tmp_path / "meetings" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code)
    assert untidy(tmp_path, ["meetings"]) == named


def test_types_are_named() -> None:
    assert too_untyped(ROOT) == []
    assert set(MOST_ANY) == {app for app in BELOW if (ROOT / app.replace(".", "/")).is_dir()}


def test_any_is_counted_where_it_is_a_type(tmp_path: Path) -> None:
    (tmp_path / "meetings" / "migrations").mkdir(parents=True)
    code = "\n".join(
        (
            '"""Any file, of Any kind."""',
            "from typing import Any",
            "def f(row: Any, *args: Any) -> 'dict[str, Any]':",
            "    found: list[Any] = [row]  # Any row",
            "    return {'Any': found, 'Any other business': 1}",
        )
    )
    (tmp_path / "meetings" / "views.py").write_text(code)
    (tmp_path / "meetings" / "migrations" / "0001_initial.py").write_text(code)
    assert any_per_thousand(tmp_path, "meetings") == 800.0
    assert too_untyped(tmp_path, {"meetings": 800}) == []
    assert too_untyped(tmp_path, {"meetings": 799}) == ["meetings  Any 800.0 times in 1,000 lines, at most 799"]
