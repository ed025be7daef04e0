"""The history of references of before they had addresses has them too, or the next save would look like a change."""

from django.db import migrations

from engagement.core.updating import update_rows


def fill(apps, schema_editor):
    alias = schema_editor.connection.alias
    past, reference = apps.get_model("topics", "HistoricalReference"), apps.get_model("topics", "Reference")
    slugs = dict(reference._base_manager.using(alias).values_list("pk", "slug"))
    rows = past._base_manager.using(alias).filter(slug="").values_list("history_id", "id")
    update_rows(past, ["slug"], [(row, slugs[key]) for row, key in rows if key in slugs], alias)


class Migration(migrations.Migration):
    dependencies = [("topics", "0005_fill_sort_keys")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
