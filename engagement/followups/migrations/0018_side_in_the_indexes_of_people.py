"""Indexes: whose hands a promise is in, told apart by whose it is."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('followups', '0017_withdrawn_reports'),
        ('meetings', '0027_plainer_words'),
        ('organizations', '0012_plainer_words'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='followup',
            name='followup_open_assignee_due',
        ),
        migrations.RemoveIndex(
            model_name='followup',
            name='followup_open_chaser_due',
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['assignee', 'due_on', 'id', 'side'], name='followup_open_assignee_due'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None)), fields=['chaser', 'due_on', 'id', 'side'], name='followup_open_chaser_due'),
        ),
    ]
