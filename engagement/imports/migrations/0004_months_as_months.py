"""Meetings of which an import knew the month only were stored from its first to its last day; the month is said as such now."""

import calendar

from django.db import migrations
from django.db.models import F

from engagement.core.models.days import settle

SAID = "Only the month is published."
BATCH = 500


def is_a_month(first, last):
    days = calendar.monthrange(first.year, first.month)[1]
    return (first.day, last) == (1, first.replace(day=days))


def say_months(apps, schema_editor):
    """Only what an import made and says so of, and nobody gave other days or hours since; its history likewise, or the
    next save would look like a change of the day."""
    kinds = apps.get_model("contenttypes", "ContentType")._base_manager.filter(app_label="meetings", model="meeting")
    origins = apps.get_model("imports", "Origin")._base_manager.filter(content_type__in=kinds, is_created=True)
    meetings, past = (apps.get_model("meetings", name) for name in ("Meeting", "HistoricalMeeting"))
    said = {"internal_notes__contains": SAID, "ends_on__gt": F("starts_on"), "start_time": None}
    for model, key in ((meetings, "pk"), (past, "id")):
        rows = model._base_manager.filter(**said, **{f"{key}__in": origins.values("object_id")}).order_by()
        found = [pk for pk, first, last in rows.values_list("pk", "starts_on", "ends_on") if is_a_month(first, last)]
        for start in range(0, len(found), BATCH):
            some = model._base_manager.filter(pk__in=found[start : start + BATCH])
            some.update(date_precision="month", ends_on=None)
    settle(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0003_plain_words"),
        ("meetings", "0013_date_precision"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(say_months, migrations.RunPython.noop, elidable=True)]
