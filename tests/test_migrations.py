"""Squashed migrations: a site may stand at any step, in each app at another."""

from django.db.migrations.loader import MigrationLoader


def test_no_migration_depends_on_a_squashed_one() -> None:
    """In an app whose last steps are not applied yet it is not there, though whoever depends on it is applied."""
    loader = MigrationLoader(None)
    squashed = {key for key, one in loader.disk_migrations.items() if one.replaces}
    assert len(squashed) > 10
    depending = {
        (key, *dependency)
        for key, one in loader.disk_migrations.items()
        for dependency in one.dependencies
        if tuple(dependency) in squashed
    }
    assert not depending


def test_a_squashed_migration_depends_on_what_its_steps_do() -> None:
    """On the latest step of each other app that one of them needs, and on no later one."""
    disk = MigrationLoader(None).disk_migrations
    for (app, name), squashed in disk.items():
        needed: dict[str, str] = {}
        for step in squashed.replaces:
            for other, number in disk[step].dependencies:
                if other != app and not number.startswith("__"):
                    needed[other] = max(number, needed.get(other, ""))
        found = {other: number for other, number in squashed.dependencies if not number.startswith("__")}
        if squashed.replaces:
            assert found == needed, f"{app}.{name}"
