"""Names, titles and references get natural sort keys, by which lists put them in order; a later migration fills them."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField


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
    ]
