"""Base class of the import commands: a file, a layout, an importer, a progress bar, a report."""

from pathlib import Path
from typing import Any, NoReturn

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from engagement.core.types import Actor
from engagement.imports import actions
from engagement.imports.models import Import, Layout, may_import
from engagement.imports.reporting import in_question, report


class ImportCommand(BaseCommand):
    noun = ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV, XLSX, XLS, ODS or JSON")
        parser.add_argument("--layout", required=True, metavar="NAME", help="how the file is read")
        parser.add_argument("--importer", metavar="USERNAME", help="who answers for it; needs the permission to import")
        parser.add_argument("--dry-run", action="store_true", help="only say what would become of every row")

    def handle(self, *args: Any, file: Path, layout: str, **options: Any) -> None:
        by = self._importer(options["importer"])
        record = self._take_in(file, self._layout(layout), by)
        bar = Bar(quiet=options["verbosity"] == 0)
        try:
            actions.preview(record, by=by, progress=bar)
            self._say(record)
            if not options["dry_run"]:
                actions.commit(record, by=by, progress=bar)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        finally:
            bar.close()
        done = "Nothing was saved." if options["dry_run"] else f"Imported as number {record.pk}."
        self.stdout.write(done)

    def _importer(self, username: str | None) -> Actor:
        if not username:
            return None
        user = get_user_model()._default_manager.filter(username=username, is_active=True).first()
        if user is None or not may_import(user):
            raise CommandError(f"--importer: there is no active user “{username}” who may import.")
        return user

    def _layout(self, slug: str) -> Layout:
        layouts = Layout.objects.filter(noun=self.noun)
        if layout := layouts.filter(slug=slug).first():
            return layout
        known = ", ".join(layouts.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"There is no layout “{slug}” for {self.noun}. There are: {known}.")

    def _take_in(self, path: Path, layout: Layout, by: Actor) -> Import:
        try:
            with path.open("rb") as opened:
                return Import.objects.take_in(File(opened), layout=layout, by=by, name=path.name)
        except OSError as error:
            raise CommandError(f"{path} cannot be opened: {error.strerror}.") from error

    def _say(self, record: Import) -> None:
        for line in (*report(record), *in_question(record)):
            self.stdout.write(line)


class Bar:
    """A progress bar for each stage of the work."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet, self.stage = quiet, ""
        self.bar: tqdm[NoReturn] | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self.stage:
            self.close()
            self.stage = stage
            self.bar = tqdm(desc=stage, total=total or None, disable=self.quiet or None)
        if self.bar is not None:
            self.bar.update(done - self.bar.n)

    def close(self) -> None:
        if self.bar is not None:
            self.bar.close()
            self.bar = None
