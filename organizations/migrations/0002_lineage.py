"""What stands above each record, kept beside it so that whole branches can be asked for."""

from django.db import migrations, models

from engagement.core.models import rebuild_lineage


def fill(apps, schema_editor):
    rebuild_lineage(apps.get_model("organizations", "Organization"))


class Migration(migrations.Migration):
    dependencies = [("organizations", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="lineage",
            field=models.ManyToManyField(editable=False, related_name="branch", to="organizations.organization"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
