"""Index: when the status of a follow-up last changed."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followups', '0018_side_in_the_indexes_of_people'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='followupevent',
            index=models.Index(condition=models.Q(('from_status', models.F('to_status')), _negated=True), fields=['followup', '-at', '-id'], name='followup_event_changed_status'),
        ),
    ]
