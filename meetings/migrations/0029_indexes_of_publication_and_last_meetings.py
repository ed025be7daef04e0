"""Indexes: by when a meeting is to be public, as it is asked; and the day of each meeting held."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('meetings', '0028_agreed_minutes'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_status_start',
        ),
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_publication_due',
        ),
        migrations.RemoveIndex(
            model_name='meeting',
            name='meeting_publication_clock',
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['status', 'starts_at', 'id', 'starts_on'], name='meeting_status_start'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('publication_due_on__isnull', False)), fields=['publication_due_on', 'published_on', 'effective_visibility', 'exempted_at', 'id'], name='meeting_publication_clock'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('exempted_at', None), ('published_at', None)), fields=['publication_due_on', 'id'], name='meeting_publication_due'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('exempted_at', None), ('published_at', None), ('ready_at', None), ('withdrawn_at', None), models.Q(('publication_due_on__isnull', False), ('visibility', 20), _connector='OR')), fields=['publication_due_on', 'id'], name='meeting_waits_for_publication'),
        ),
    ]
