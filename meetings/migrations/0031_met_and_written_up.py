"""When each party was met, and which meetings are written up, filled from the rows they follow from."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Subquery


def fill(apps, schema_editor):
    def rows(name):
        return apps.get_model("meetings", name)._base_manager.using(schema_editor.connection.alias).order_by()

    held = rows("Meeting").filter(status="held")
    day = held.filter(pk=OuterRef("meeting")).values("starts_on")
    rows("Party").filter(meeting__in=held.values("pk")).update(held_on=Subquery(day))
    talks, outcomes = (rows(name).filter(meeting=OuterRef("pk")) for name in ("Discussion", "Outcome"))
    rows("Meeting").filter(Q(Exists(talks)) | Q(Exists(outcomes))).update(is_written_up=True)


class Migration(migrations.Migration):

    dependencies = [('meetings', '0030_files_of_proposed_changes')]

    operations = [
        migrations.AddField(
            model_name='meeting',
            name='is_written_up',
            field=models.BooleanField(default=False, editable=False, verbose_name='written up'),
        ),
        migrations.AddField(
            model_name='party',
            name='held_on',
            field=models.DateField(editable=False, null=True, verbose_name='met on'),
        ),
        migrations.AddIndex(
            model_name='party',
            index=models.Index(condition=models.Q(('held_on__isnull', False)), fields=['organization', 'held_on'], name='party_last_met'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('status', 'held')), fields=['starts_on', 'series', 'id'], name='meeting_held'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('is_written_up', False), ('status', 'held')), fields=['starts_at', 'id', 'starts_on'], name='meeting_to_write_up'),
        ),
        migrations.RemoveIndex(model_name='meeting', name='meeting_withdrawn'),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(condition=models.Q(('withdrawn_at__isnull', False)), fields=['withdrawn_at', 'id', 'ready_at'], name='meeting_withdrawn'),
        ),
        migrations.AddIndex(
            model_name='series',
            index=models.Index(condition=models.Q(('cadence_months__isnull', False)), fields=['cadence_months', 'id'], name='series_interval'),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
