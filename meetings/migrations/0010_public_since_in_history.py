"""The history of before the upgrade says since when a meeting was public, or the next save would look like a change."""

from zoneinfo import ZoneInfo

from django.db import migrations
from django.db.migrations.recorder import MigrationRecorder

from engagement.core.updating import update_rows

BATCH = 2_000


def fill(apps, schema_editor):
    """What the record has got, as long as it was published at that moment; else the day, where it took place.

    Rows written since the upgrade are right: of what was public elsewhere before, no day is known.
    """
    alias = schema_editor.connection.alias
    past, meeting = apps.get_model("meetings", "HistoricalMeeting"), apps.get_model("meetings", "Meeting")
    upgraded_at = MigrationRecorder(schema_editor.connection).applied_migrations()["meetings", "0005_public_since"].applied
    rows = past._base_manager.using(alias).filter(public_since=None, history_date__lt=upgraded_at)
    rows = rows.exclude(published_at=None).order_by("history_id")
    rows = rows.values_list("history_id", "id", "published_at", "time_zone")
    days, last = {}, 0
    while batch := list(rows.filter(history_id__gt=last)[:BATCH]):
        last = batch[-1][0]
        now = meeting._base_manager.using(alias).filter(pk__in={key for _row, key, *_more in batch})
        now = now.exclude(published_at=None).values_list("pk", "published_at", "public_since")
        days |= {(key, at): day for key, at, day in now}
        for _row, key, at, zone in batch:
            days.setdefault((key, at), at.astimezone(ZoneInfo(zone)).date())
        update_rows(past, ["public_since"], [(row, days[key, at]) for row, key, at, _zone in batch], alias)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0009_fill_sort_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
