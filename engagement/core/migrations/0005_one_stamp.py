"""One state for the whole register, in place of a name for each thing written: every kept page is made again once."""

from typing import Any

from django.db import migrations


def start_again(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "Stamp").objects.using(schema_editor.connection.alias).all().delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0004_sent_forms_begun_and_done")]

    operations = [
        migrations.RunPython(start_again, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="stamp", name="stamp_name_mark"),
        migrations.RemoveField(model_name="stamp", name="name"),
        migrations.RemoveField(model_name="stamp", name="made_on"),
    ]
