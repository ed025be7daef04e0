"""Plan cache: a statement that is sent again and again is planned once in each connection of our own pool."""

from typing import Any

import pytest
from django.db import connection

from engagement.core.databases.postgresql.base import DatabaseWrapper

pytestmark = [
    pytest.mark.both_databases,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans in no time"),
]
ASKED = "SELECT 7 % 4 AS rest"


def plans_after_asking_thrice(database: Any) -> list[tuple[str, int]]:
    for _time in range(3):
        with database.planning_once() as cursor:
            cursor.execute(ASKED)
            assert cursor.fetchall() == [(3,)]
    with database.cursor() as cursor:
        cursor.execute("SELECT statement, generic_plans + custom_plans FROM pg_prepared_statements")
        return list(cursor.fetchall())


def test_in_our_own_pool(transactional_db: None) -> None:
    options = {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}}
    pooled: Any = DatabaseWrapper({**connection.settings_dict, "OPTIONS": options}, "one-of-a-test")
    try:
        assert plans_after_asking_thrice(pooled) == [(ASKED, 3)]
    finally:
        pooled.close()
        pooled.close_pool()


def test_behind_a_pooler_of_others(db: None) -> None:
    assert plans_after_asking_thrice(connection) == []
