"""What machines ask every site for: robots.txt, security.txt, whether it is alive; and whom Gunicorn believes."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, connection
from django.test import Client

from tests.served import served


def test_robots_leave_alone_what_needs_signing_in(db: None, settings: Any) -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /accounts/", "Disallow: /*?"} <= set(lines)
    settings.DEMO = True
    assert Client().get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("contact", "said"),
    [
        ("security@example.org", "mailto:security@example.org"),
        ("mailto:security@example.org", "mailto:security@example.org"),
        ("https://example.org/security", "https://example.org/security"),
    ],
)
def test_security_txt(db: None, settings: Any, contact: str, said: str) -> None:
    settings.SECURITY_CONTACT = contact
    with time_machine.travel("2025-06-01 12:00Z", tick=False):
        answer = Client().get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == said
    assert fields["Canonical"] == "http://testserver/.well-known/security.txt"
    ends = dt.datetime.fromisoformat(fields["Expires"])
    assert dt.timedelta() < ends - dt.datetime(2025, 6, 1, tzinfo=dt.UTC) < dt.timedelta(days=365)


def test_without_a_contact_there_is_none(db: None) -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404


def test_health_is_that_of_the_database(db: None) -> None:
    def away(execute: Any, sql: str, *rest: Any) -> Any:
        raise OperationalError("gone")

    assert Client().get("/healthz").status_code == 200
    with connection.execute_wrapper(away):
        assert Client().get("/healthz").status_code == 503


def test_gunicorn_believes_a_proxy_only_when_told_to(transactional_db: None) -> None:
    """Without TRUSTED_PROXY a visitor who says that the request came by HTTPS is sent there, like everybody."""
    from tests.databases import url_of_test_database

    said = [{"X-Forwarded-Proto": "https"}, {"X-Forwarded-Ssl": "on"}, {"X-Forwarded-Protocol": "ssl"}]
    for trusted, statuses in (("0", [301, 301, 301]), ("1", [200, 301, 301])):
        environment = {"SECURE_HTTPS": "1", "TRUSTED_PROXY": trusted}
        with served(url_of_test_database(), **environment) as site:
            assert [site.get("/robots.txt", **headers).status for headers in said] == statuses, trusted
