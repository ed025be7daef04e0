"""Since when each follow-up has its status, filled from the events that changed it."""

from django.db import migrations, models
from django.db.models import F, Max, OuterRef, Subquery


def fill(apps, schema_editor):
    followups = apps.get_model("followups", "FollowUp")._base_manager.using(schema_editor.connection.alias)
    events = apps.get_model("followups", "FollowUpEvent")._base_manager.using(schema_editor.connection.alias)
    changes = events.exclude(from_status=F("to_status")).order_by()
    latest = changes.filter(followup=OuterRef("pk")).values("followup").annotate(latest=Max("at")).values("latest")
    followups.filter(pk__in=changes.values("followup")).update(status_changed_at=Subquery(latest))


class Migration(migrations.Migration):

    dependencies = [('followups', '0019_index_of_changed_statuses')]

    operations = [
        migrations.AddField(
            model_name='followup',
            name='status_changed_at',
            field=models.DateTimeField(editable=False, null=True, verbose_name='status changed at'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('closed_at', None), ('status', 'waiting')), fields=['status_changed_at', 'id'], name='followup_waiting'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
