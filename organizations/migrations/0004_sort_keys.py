"""Names, titles and references get natural sort keys, by which lists put them in order; a later migration fills them."""

from django.conf import settings
from django.db import migrations, models

from engagement.core.models.sort_keys import SortKeyField


class Migration(migrations.Migration):

    dependencies = [
        ('organizations', '0003_merging'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='organization',
            options={'ordering': ['sort_key', 'pk'], 'permissions': [('merge_organization', 'Can merge organizations and undo it')], 'verbose_name': 'organization', 'verbose_name_plural': 'organizations'},
        ),
        migrations.AlterModelOptions(
            name='othername',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'other name', 'verbose_name_plural': 'other names'},
        ),
        migrations.AlterModelOptions(
            name='person',
            options={'ordering': ['sort_key', 'pk'], 'verbose_name': 'person', 'verbose_name_plural': 'people'},
        ),
        migrations.AddField(
            model_name='organization',
            name='short_sort_key',
            field=SortKeyField('acronym', 'name', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='organization',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='othername',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
        migrations.AddField(
            model_name='person',
            name='sort_key',
            field=SortKeyField('name', default='', editable=False, max_length=300),
        ),
    ]
