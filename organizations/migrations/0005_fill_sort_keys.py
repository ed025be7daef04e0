"""Existing rows get their sort keys, in batches that lock nothing else; then the indexes of lists in their order."""

from django.db import migrations, models

from engagement.core.models.sort_keys import AddIndexWhereMissing, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("organizations", name) for name in ["Organization", "OtherName", "Person"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("organizations", "0004_sort_keys")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        AddIndexWhereMissing(
            model_name='organization',
            index=models.Index(fields=['sort_key', 'id'], name='organization_by_name'),
        ),
        AddIndexWhereMissing(
            model_name='organization',
            index=models.Index(fields=['short_sort_key', 'id'], name='organization_by_short_name'),
        ),
        AddIndexWhereMissing(
            model_name='person',
            index=models.Index(fields=['sort_key', 'id'], name='person_by_name'),
        ),
    ]
