"""The site starts with a complete configuration, or says in one sentence what it lacks."""

import os
import re
import subprocess
import sys

import pytest

from tests.missing import ROOT

COMPLETE = {"SECRET_KEY": "k9" * 30 + "Zq8vN3rT5wXy7LmB1cDf", "ALLOWED_HOSTS": "engagement.example.org"}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a management command in an environment of exactly these variables."""
    return python("manage.py", *arguments, **environment)


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**kept, "DATABASE_URL": "sqlite:///:memory:", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **environment: str) -> str:
    """The value the site would run with; asked of the settings alone, which takes a fifth of starting the site."""
    code = f"from django.conf import settings; print(repr(settings.{name}))"
    ran = python("-c", code, DJANGO_SETTINGS_MODULE="engagement.settings", **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
@pytest.mark.parametrize("value", [None, "", "  "])
@pytest.mark.parametrize("also", [{}, {"DEBUG": "1"}, {"DEMO": "0"}])
def test_what_is_missing_is_said_in_one_sentence(name: str, value: str | None, also: dict[str, str]) -> None:
    environment = {**COMPLETE, **also}
    del environment[name]
    if value is not None:
        environment[name] = value
    ran = manage("check", **environment)
    assert ran.returncode == 1
    assert ran.stderr.startswith(f"{name} is not set: ")
    assert ran.stderr.count("\n") == 1
    assert ran.stdout == ""


def test_a_demonstration_needs_nothing() -> None:
    assert manage("check", DEMO="1").returncode == 0


def test_the_demonstration_s_secret_stays_in_the_demonstration() -> None:
    theirs = setting("SECRET_KEY", DEMO="1")
    assert setting("SECRET_KEY", **COMPLETE) == repr(COMPLETE["SECRET_KEY"]) != theirs


def test_a_real_site_is_fit_to_deploy() -> None:
    ran = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE)
    assert ran.returncode == 0, ran.stderr


def test_a_site_without_https_is_not() -> None:
    ran = manage("check", "--deploy", "--fail-level", "WARNING", **COMPLETE, SECURE_HTTPS="0")
    assert ran.returncode == 1
    assert "security.W008" in ran.stderr


def test_postgresql_is_pooled_unless_told_otherwise() -> None:
    url = "postgres://someone:secret@db.example.org/engagement"
    assert "'max_size': 8" in setting("DATABASES", **COMPLETE, DATABASE_URL=url)
    assert "'max_size': 3" in setting("DATABASES", **COMPLETE, DATABASE_URL=url, DATABASE_POOL="3")
    assert "pool" not in setting("DATABASES", **COMPLETE, DATABASE_URL=url, DATABASE_POOL="0")


def test_the_proxy_s_word_is_taken_only_when_told_to() -> None:
    assert setting("SECURE_PROXY_SSL_HEADER", **COMPLETE) == "None"
    assert "X_FORWARDED_PROTO" in setting("SECURE_PROXY_SSL_HEADER", **COMPLETE, TRUSTED_PROXY="1")


def test_the_readme_s_table_has_every_variable() -> None:
    code = (ROOT / "engagement" / "settings.py").read_text()
    read = set(re.findall(r"(?:env\.\w+|_required)\(\s*\"([A-Z_]+)\"", code))
    listed = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "README.md").read_text(), re.MULTILINE))
    assert len(read) > 10
    assert read == listed
