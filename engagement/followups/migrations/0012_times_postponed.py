"""How often each due date was postponed, counted from the events that tell it."""

from django.db import migrations, models
from django.db.models import Count, F, OuterRef, Q, Subquery


def count_postponements(apps, schema_editor):
    followups = apps.get_model("followups", "FollowUp")._base_manager.using(schema_editor.connection.alias)
    events = apps.get_model("followups", "FollowUpEvent")._base_manager.using(schema_editor.connection.alias)
    moved = events.filter(Q(to_due_on=None) | ~Q(to_due_on=F("from_due_on")), from_due_on__isnull=False).order_by()
    times = moved.filter(followup=OuterRef("pk")).values("followup").annotate(times=Count("pk")).values("times")
    followups.filter(pk__in=moved.values("followup")).update(times_postponed=Subquery(times))


class Migration(migrations.Migration):
    dependencies = [("followups", "0011_carried_into_an_item")]

    operations = [
        migrations.AddField(
            model_name="followup",
            name="times_postponed",
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="times postponed"),
        ),
        migrations.AddIndex(
            model_name="followup",
            index=models.Index(
                condition=models.Q(("times_postponed__gte", 2)), fields=["due_on", "id"], name="followup_postponed_twice"
            ),
        ),
        migrations.RunPython(count_postponements, migrations.RunPython.noop),
    ]
