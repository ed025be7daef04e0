"""manage.py expire: delete rows whose retention is over, and hide names whose consent ended. For every night."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from engagement.privacy.erasing import Overwriting
from engagement.privacy.retention import RULES, Rule


class Command(BaseCommand):
    help = "Apply the retention rules: erase, delete and hide what is past its time. Safe to run twice, or at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="show what would be removed, and change nothing")
        parser.add_argument("--only", choices=[rule.name for rule in RULES], action="append", help="only these rules")

    def handle(self, *args: object, dry_run: bool, only: list[str] | None, **options: object) -> None:
        rules = [rule for rule in RULES if not only or rule.name in only]
        with Overwriting():
            total = sum(self._apply(rule, dry_run=dry_run) for rule in rules)
        self.stdout.write(
            f"{total} records are past their time. Nothing was changed." if dry_run else f"Done: {total} records."
        )

    def _apply(self, rule: Rule, *, dry_run: bool) -> int:
        today = timezone.localdate()
        before = rule.before(today)
        if before is None:
            self.stdout.write(f"{rule.name}: kept for ever ({rule.what})")
            return 0
        number = rule.due(before).count() if dry_run else rule.expire(today)
        kept = f"before {before}" if rule.kept_months else "as soon as it is over"
        self.stdout.write(f"{rule.name}: {number} ({rule.what}, {kept})")
        return number
