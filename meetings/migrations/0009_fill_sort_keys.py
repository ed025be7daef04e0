"""Existing rows get their sort keys, in batches that lock nothing else; then the indexes of lists in their order."""

from django.db import migrations, models

from engagement.core.models.sort_keys import AddIndexWhereMissing, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("meetings", name) for name in ["Series", "Meeting"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("meetings", "0008_internal_notes_on_calling_off")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexWhereMissing(
            model_name='meeting',
            index=models.Index(fields=['sort_key', 'id'], name='meeting_by_title'),
        ),
        AddIndexWhereMissing(
            model_name='meeting',
            index=models.Index(fields=['reference_key', 'id'], name='meeting_by_reference'),
        ),
        AddIndexWhereMissing(
            model_name='series',
            index=models.Index(fields=['sort_key', 'id'], name='series_by_title'),
        ),
    ]
