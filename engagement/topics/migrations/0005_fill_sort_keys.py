"""Existing rows get their sort keys, in batches that lock nothing else; then the indexes of lists in their order."""

from django.db import migrations, models

from engagement.core.models.sort_keys import AddIndexWhereMissing, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("topics", name) for name in ["Reference", "Theme", "Topic"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("topics", "0004_reference_address")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexWhereMissing(
            model_name='reference',
            index=models.Index(fields=['sort_key', 'id'], name='reference_by_title'),
        ),
        AddIndexWhereMissing(
            model_name='theme',
            index=models.Index(fields=['sort_key', 'id'], name='theme_by_name'),
        ),
        AddIndexWhereMissing(
            model_name='topic',
            index=models.Index(fields=['sort_key', 'id'], name='topic_by_title'),
        ),
    ]
