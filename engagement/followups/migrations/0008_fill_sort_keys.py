"""Existing rows get their sort keys, in batches that lock nothing else; then the indexes of lists in their order."""

from django.db import migrations, models

from engagement.core.models.sort_keys import AddIndexWhereMissing, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("followups", name) for name in ["FollowUp"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("followups", "0007_to_do")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexWhereMissing(
            model_name='followup',
            index=models.Index(fields=['sort_key', 'id'], name='followup_by_title'),
        ),
        AddIndexWhereMissing(
            model_name='followup',
            index=models.Index(fields=['reference_key', 'id'], name='followup_by_reference'),
        ),
        AddIndexWhereMissing(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['reference_key', 'id'], name='followup_open_by_reference'),
        ),
    ]
