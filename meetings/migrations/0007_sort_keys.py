"""Names, titles and references get natural sort keys, by which lists put them in order; a later migration fills them."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0006_until_midnight'),
        ('organizations', '0004_sort_keys'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='series',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'series', 'verbose_name_plural': 'series'},
        ),
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_title',
        ),
        migrations.AddField(
            model_name='meeting',
            name='reference_key',
            field=SortKeyField('reference', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='meeting',
            name='sort_key',
            field=SortKeyField('title', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='series',
            name='sort_key',
            field=SortKeyField('title', default='', editable=False, max_length=300),
        ),
    ]
