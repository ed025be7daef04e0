"""Template database: migrated once before the tests, and copied by each process that runs some.

Each of them would spend a third of a minute on migrations. Where there is no template, as when pytest is called by
itself, the test database is made as Django makes it.
"""

import gc
import os
import subprocess
import sys
from typing import Any

from django.db.backends.base.creation import BaseDatabaseCreation

TEMPLATE = "ENGAGEMENT_TEST_TEMPLATE"  # the name of the database that is copied
FILE = "ENGAGEMENT_TEST_FILE"  # the path of the one on SQLite; empty where there is none


def make_template(environment: dict[str, str]) -> str:
    """Migrate an empty database for the tests of this environment; returns its name."""
    return _in_a_process("make", environment)


def drop_template(environment: dict[str, str]) -> None:
    """From a server that somebody named; every other place is thrown away as a whole."""
    if os.environ.get("TEST_DATABASE_URL") and environment["DATABASE_URL"]:
        _in_a_process("drop", environment)


def _in_a_process(what: str, environment: dict[str, str]) -> str:
    command = [sys.executable, "-m", "tests.template_database", what]
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def copy_template(template: str) -> None:
    """Let the test database of this process be a copy of the template."""
    from django.conf import settings

    def create_test_db(creation: BaseDatabaseCreation, *arguments: Any, **options: Any) -> str:
        connection = creation.connection
        connection.close()
        connection.settings_dict["NAME"] = template
        suffix = os.environ.get("PYTEST_XDIST_WORKER", "main")
        creation.clone_test_db(suffix, verbosity=0)
        name = str(creation.get_test_db_clone_settings(suffix)["NAME"])
        settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
        connection.ensure_connection()
        return name

    # Of the class: beside the event loop of a browser Django has another connection, and another creation with it.
    BaseDatabaseCreation.create_test_db = create_test_db  # type: ignore[method-assign]


def main(what: str) -> None:
    """Make the template of this process's environment and print its name, or drop it."""
    from tests.databases import FOLDER, environment

    folder = os.environ[FOLDER]
    os.environ.update(environment(folder))
    gc.set_threshold(10_000, 20, 20)  # states of migrations are many objects, and seldom garbage
    import django

    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = f"{folder}/template.sqlite3"
    usual = connection.settings_dict["NAME"]
    if what == "make":
        print(connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False))
        connection.close()
    else:
        connection.settings_dict["NAME"] = os.environ[TEMPLATE]
        connection.creation.destroy_test_db(usual, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1])
