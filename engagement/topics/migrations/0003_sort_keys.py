"""Names, titles and references get natural sort keys, by which lists put them in order."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("topics", name) for name in ["Reference", "Theme", "Topic"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('topics', '0002_lineage'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='reference',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'reference', 'verbose_name_plural': 'references'},
        ),
        migrations.AlterModelOptions(
            name='theme',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'theme', 'verbose_name_plural': 'themes'},
        ),
        migrations.AlterModelOptions(
            name='topic',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'topic', 'verbose_name_plural': 'topics'},
        ),
        migrations.AddField(
            model_name='reference',
            name='sort_key',
            field=SortKeyField('title', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='theme',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='topic',
            name='sort_key',
            field=SortKeyField('title', default='', editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='reference',
            index=models.Index(fields=['sort_key', 'id'], name='reference_by_title'),
        ),
        migrations.AddIndex(
            model_name='theme',
            index=models.Index(fields=['sort_key', 'id'], name='theme_by_name'),
        ),
        migrations.AddIndex(
            model_name='topic',
            index=models.Index(fields=['sort_key', 'id'], name='topic_by_title'),
        ),
    ]
