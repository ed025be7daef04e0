"""Names, titles and references get natural sort keys, by which lists put them in order; a later migration fills them."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField


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
    ]
