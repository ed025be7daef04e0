"""Names, titles and references get natural sort keys, by which lists put them in order."""

from django.db import migrations

from engagement.core.models.sort_keys import SortKeyField, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("accounts", name) for name in ["SavedView"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_saved_views'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='savedview',
            options={'ordering': ['list_name', 'sort_key', 'pk'], 'verbose_name': 'saved view', 'verbose_name_plural': 'saved views'},
        ),
        migrations.AddField(
            model_name='savedview',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
