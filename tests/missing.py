"""What this machine lacks for running the whole suite, and where what it has is found."""

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PUBLISHED = ROOT.parent / "shared" / "data" / "eu"
"""Where the files lie that public bodies published, if they do."""


def in_ci() -> bool:
    """Whether nobody is there to read a warning, so that a gap must be a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


CHROMIUM = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""Where the system has its browser. The one without windows is the same, and opens a page in a third of the time."""


def chromium() -> Path | None:
    """The browser of the browser tests: the one CHROMIUM names, or the system's."""
    named = os.environ.get("CHROMIUM")
    return next((Path(path) for path in ([named] if named else CHROMIUM) if os.access(path, os.X_OK)), None)


def java() -> str | None:
    """The Java that runs the HTML checker."""
    return shutil.which("java")


def vnu_jar() -> Path | None:
    """The Nu HTML checker: the one VNU_JAR names, or the one `make vnu` fetched."""
    named = os.environ.get("VNU_JAR")
    fetched = ROOT.glob(".cache/vnu-*/node_modules/vnu-jar/build/dist/vnu.jar")
    found = [Path(named)] if named else sorted(fetched)
    return found[-1] if found and found[-1].is_file() else None


def gaps() -> dict[str, str]:
    """Marker of the tests that cannot run here -> why, and what to do about it."""
    missing = {}
    if chromium() is None:
        missing["browser"] = (
            "there is no Chromium in /usr/bin; install chromium-headless-shell, or name one with CHROMIUM"
        )
    if java() is None:
        missing["html"] = "there is no Java to run the Nu HTML checker"
    elif vnu_jar() is None:
        missing["html"] = "there is no Nu HTML checker; `make vnu` fetches it, or name one with VNU_JAR"
    if not PUBLISHED.is_dir():
        missing["real_files"] = f"the published files are not in {PUBLISHED}; files of our own making were read"
    return missing


def unforgivable_gaps() -> dict[str, str]:
    """The gaps that fail a run in CI: all but files of others, and HTML validity where there is no Java or npm."""
    html_too = java() and (shutil.which("npm") or vnu_jar() or os.environ.get("VNU_JAR"))
    forgiven = {"real_files"} if html_too else {"real_files", "html"}
    return {marker: why for marker, why in gaps().items() if in_ci() and marker not in forgiven}
