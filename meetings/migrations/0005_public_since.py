"""A day since when a meeting is public, apart from when it was published here; and a note on the source."""

from zoneinfo import ZoneInfo

from django.db import migrations, models

from engagement.core.updating import update_rows

BATCH = 2_000


def fill(apps, schema_editor):
    """Until now a meeting was public since it was published here."""
    alias, meeting = schema_editor.connection.alias, apps.get_model("meetings", "Meeting")
    published = meeting._base_manager.using(alias).exclude(published_at=None).order_by("pk")
    rows, last = published.values_list("pk", "published_at", "time_zone"), 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        last = batch[-1][0]
        days = [(key, at.astimezone(ZoneInfo(zone)).date()) for key, at, zone in batch]
        update_rows(meeting, ["public_since"], days, alias)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_more_lists")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="public_since",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="public since"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="source_note",
            field=models.CharField(
                blank=True,
                help_text="What readers should know about the source, such as who wrote it. Shown beside the link.",
                max_length=500,
                verbose_name="note on the source",
            ),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="public_since",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="public since"),
        ),
        migrations.AddField(
            model_name="historicalmeeting",
            name="source_note",
            field=models.CharField(
                blank=True,
                help_text="What readers should know about the source, such as who wrote it. Shown beside the link.",
                max_length=500,
                verbose_name="note on the source",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("public_since", None), ("published_at__isnull", False), _connector="OR"),
                name="meeting_public_since_published",
                violation_error_message="Only a published meeting has a day since when it is public.",
            ),
        ),
    ]
