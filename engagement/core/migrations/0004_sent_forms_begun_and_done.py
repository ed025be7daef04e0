"""A form is begun and done: a claim whose worker died can be taken again."""

import django.utils.timezone
from django.db import migrations, models
from django.db.models import F


def are_done(apps, schema_editor):
    """What is there was done. What was kept of the first of them told of passwords, so nothing of it stays."""
    apps.get_model("core", "SentForm").objects.update(done_at=F("begun_at"), digest="")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_sent_forms")]

    operations = [
        migrations.AddField(
            model_name="sentform",
            name="begun_at",
            field=models.DateTimeField(default=django.utils.timezone.now, verbose_name="begun at"),
        ),
        migrations.AddField(
            model_name="sentform",
            name="done_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="done at"),
        ),
        migrations.RunPython(are_done, migrations.RunPython.noop),
    ]
