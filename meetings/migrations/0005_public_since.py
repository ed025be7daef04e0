"""A day since when a meeting is public, apart from when it was published here; and a note on the source."""

from zoneinfo import ZoneInfo

from django.db import migrations, models


def fill(apps, schema_editor):
    """Until now a meeting was public since it was published here."""
    Meeting = apps.get_model("meetings", "Meeting")
    rows = []
    for meeting in Meeting.objects.exclude(published_at=None).only("published_at", "time_zone").iterator(2_000):
        meeting.public_since = meeting.published_at.astimezone(ZoneInfo(meeting.time_zone)).date()
        rows.append(meeting)
        if len(rows) == 2_000:
            Meeting.objects.bulk_update(rows, ["public_since"])
            rows.clear()
    Meeting.objects.bulk_update(rows, ["public_since"], batch_size=2_000)


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
