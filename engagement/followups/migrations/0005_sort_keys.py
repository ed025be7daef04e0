"""Names, titles and references get natural sort keys, by which lists put them in order."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField, fill_sort_keys


def fill(apps, schema_editor):
    nouns = [apps.get_model("followups", name) for name in ["FollowUp"]]
    fill_sort_keys(nouns, schema_editor.connection.alias)


class Migration(migrations.Migration):

    dependencies = [
        ('followups', '0004_open_apart'),
        ('meetings', '0007_sort_keys'),
        ('organizations', '0004_sort_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='followup',
            name='followup_title',
        ),
        migrations.RemoveIndex(
            model_name='followup',
            name='followup_open_reference',
        ),
        migrations.AddField(
            model_name='followup',
            name='reference_key',
            field=SortKeyField('reference', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='followup',
            name='sort_key',
            field=SortKeyField('title', default='', editable=False, max_length=300),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['sort_key', 'id'], name='followup_by_title'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['reference_key', 'id'], name='followup_by_reference'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['reference_key', 'id'], name='followup_open_by_reference'),
        ),
    ]
