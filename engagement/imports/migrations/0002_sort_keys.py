"""Names, titles and references get natural sort keys, by which lists put them in order."""

from django.db import migrations

from engagement.core.models.sort_keys import SortKeyField, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("imports", name) for name in ["Layout"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('imports', '0001_initial'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='layout',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'layout', 'verbose_name_plural': 'layouts'},
        ),
        migrations.AddField(
            model_name='layout',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
