"""What speaks SQL of its own, locks or asks which database it has, is tried on both; a list says by which tests."""

import ast
from collections.abc import Iterator

import pytest

from tests.databases import AGAIN, runs_on_both
from tests.missing import ROOT

CALLS = {"cursor", "RawSQL", "RunSQL", "extra", "select_for_update"}
DIALECTS = {"as_sql", "as_sqlite", "as_postgresql"}
KEYWORDS = {"ignore_conflicts", "update_conflicts"}
NAMES = {"vendor", "has_select_for_update", "has_select_for_update_skip_locked"}


def speaks_sql(code: str) -> bool:
    """Whether the database could make a difference to this module that no model or queryset evens out."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Attribute) and node.attr in NAMES:
            return True
        if isinstance(node, ast.Call):
            called = getattr(node.func, "attr", "") or getattr(node.func, "id", "")
            if called in CALLS or KEYWORDS & {word.arg for word in node.keywords}:
                return True
        if isinstance(node, ast.ClassDef) and "Func" in {getattr(base, "id", "") for base in node.bases}:
            return True
        if isinstance(node, ast.FunctionDef) and node.name in DIALECTS:
            return True
    return False


def modules() -> Iterator[str]:
    """Every module of the site that does, backends of databases included."""
    for top in ("engagement", "meetings", "organizations"):
        for path in sorted((ROOT / top).rglob("*.py")):
            if speaks_sql(path.read_text(encoding="utf-8")) or "databases" in path.parent.parts:
                yield str(path.relative_to(ROOT))


TRIED = {
    "engagement/accounts/": ["accounts/test_throttle.py"],
    "engagement/backup/": ["backup/test_backup.py"],
    "engagement/core/page_cache.py": ["core/test_page_cache.py"],
    "engagement/core/databases/": [
        "core/test_planned_once.py",
        "core/test_races.py",
        "test_postgresql_away.py",
        "test_postgresql_waits.py",
    ],
    "engagement/core/inserting.py": ["core/test_inserting.py"],
    "engagement/privacy/": ["privacy/test_erasing.py", "privacy/test_retention.py"],
    "engagement/core/admin/": ["core/test_nested_saving.py", "test_form_fuzz.py"],
    "engagement/core/leases.py": ["core/test_sent_twice.py", "imports/test_tasks.py"],
    "engagement/core/lists/": ["lists/test_keyset.py", "lists/test_long_lists.py", "lists/test_counts.py"],
    "engagement/core/models/": [
        "core/test_races.py",
        "core/test_references.py",
        "core/test_page_cache.py",
        "core/test_sent_twice.py",
        "core/test_sort_keys.py",
        "core/test_visibility.py",
    ],
    "engagement/core/bulk_history.py": ["imports/test_undo.py", "imports/test_as_saved.py"],
    "engagement/core/prepared_queries.py": ["core/test_prepared_queries.py", "core/test_prepared_records.py"],
    "engagement/core/queries.py": ["exports/test_same_rows.py"],
    "engagement/core/planner_statistics.py": ["core/test_planner_statistics.py"],
    "engagement/core/updating.py": ["core/test_sort_keys.py", "meetings/test_upgrade.py"],
    "engagement/followups/": ["followups/test_acting_races.py"],
    "engagement/imports/": [
        "imports/test_commit.py",
        "imports/invitations/test_views.py",
        "imports/test_merged_meanwhile.py",
        "imports/test_views.py",
        "imports/test_tasks.py",
    ],
    "engagement/returns/": ["returns/test_races.py"],
    "engagement/search/": [
        "search/test_commands.py",
        "search/test_drift.py",
        "search/test_drift_races.py",
        "search/test_loading.py",
        "search/test_matching.py",
        "search/test_page.py",
        "search/test_typing.py",
    ],
    "meetings/models/": ["meetings/test_ordinals.py"],
    "meetings/version_keeping.py": ["meetings/test_published_versions.py"],
    "organizations/merging/": ["organizations/test_merging.py", "organizations/test_merging_races.py"],
}
"""Where such modules lie, by the beginning of the path, and tests of theirs that run on both databases."""


def test_every_module_that_speaks_sql_is_tried_on_both_databases() -> None:
    untried = [module for module in modules() if not module.startswith(tuple(TRIED))]
    assert not untried, "say in TRIED which tests of these run on both databases"
    names = {name for some in TRIED.values() for name in some}
    assert not [name for name in sorted(names) if not (ROOT / "tests" / name).exists()]
    tests = {name: (ROOT / "tests" / name).read_text(encoding="utf-8") for name in sorted(names)}
    assert not [name for name, code in tests.items() if not runs_on_both(code)]


def test_what_runs_on_postgresql_only_runs_at_all() -> None:
    """It is passed over on the first database, so it must be asked for on the second."""
    only = 'vendor != "postg' + 'resql"'
    paths = [path for path in (ROOT / "tests").rglob("test_*.py") if only in path.read_text(encoding="utf-8")]
    assert paths
    assert not [str(path) for path in paths if not runs_on_both(path.read_text(encoding="utf-8"))]


def test_the_second_database_gets_what_is_marked(pytestconfig: pytest.Config) -> None:
    assert AGAIN == ["-m", "both_databases"]
    assert any(line.startswith("both_databases:") for line in pytestconfig.getini("markers"))


@pytest.mark.parametrize(
    ("code", "does"),
    [
        ("connection.vendor == 'sqlite'", True),
        ("with connection.cursor() as cursor: ...", True),
        ("rows.select_for_update(of=('self',))", True),
        ("RawSQL('SELECT 1', ())", True),
        ("Word.objects.bulk_create(rows, ignore_conflicts=True)", True),
        ("class Beyond(Func): template = '%(expressions)s'", True),
        ("class Match(Lookup):\n    def as_sqlite(self): ...", True),
        ("rows.filter(name='x').exclude(pk=1).update(name='y')", False),
    ],
)
def test_what_speaks_sql_is_known(code: str, does: bool) -> None:
    assert speaks_sql(code) is does
