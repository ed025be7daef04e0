"""CSS bundle: style sheets are files of their own to work on, one file to visitors, who would wait for each."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEETS = tuple(
    f"css/{name}.css" for name in ("tokens", "base", "frame", "search", "components", "charts", "pages", "acting")
)
TOGETHER = "css/site.css"


class SiteStorage(CompressedManifestStaticFilesStorage):
    """Puts the sheets together when static files are collected; then hashes and compresses, as WhiteNoise does."""

    def post_process(self, paths: dict[str, object], dry_run: bool = False, **options: object) -> Iterator[object]:
        if not dry_run and all(name in paths for name in SHEETS):
            self.delete(TOGETHER)
            self._save(TOGETHER, ContentFile("\n".join(self._text(name) for name in SHEETS).encode()))
            paths = {**paths, TOGETHER: (self, TOGETHER)}
        yield from super().post_process(paths, dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            text: str = file.read().decode()
        return text


def sheets() -> tuple[str, ...]:
    """The style sheets that a page links to: one file where they were collected, each by itself during development."""
    collected = getattr(staticfiles_storage, "hashed_files", {})
    return (TOGETHER,) if TOGETHER in collected and not settings.DEBUG else SHEETS
