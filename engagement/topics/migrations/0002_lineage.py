"""What stands above each record, kept beside it so that whole branches can be asked for."""

from django.db import migrations, models

from engagement.core.models import rebuild_lineage


def fill(apps, schema_editor):
    rebuild_lineage(apps.get_model("topics", "Theme"))


class Migration(migrations.Migration):
    dependencies = [("topics", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="lineage",
            field=models.ManyToManyField(editable=False, related_name="branch", to="topics.theme"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
