"""An address for each reference, made of its title."""

from django.db import migrations, models
from django.utils.text import slugify

from engagement.core.folding import fold


def fill(apps, schema_editor):
    reference = apps.get_model("topics", "Reference")
    taken = set()
    for row in reference._base_manager.order_by("pk").only("title"):
        base = slugify(fold(row.title))[:90].strip("-") or "reference"
        slug, number = base, 1
        while slug in taken:
            number += 1
            slug = f"{base}-{number}"
        taken.add(slug)
        reference._base_manager.filter(pk=row.pk).update(slug=slug)


class Migration(migrations.Migration):
    dependencies = [("topics", "0003_sort_keys")]

    # Without an index until the addresses are there: PostgreSQL would be told to make one twice.
    operations = [
        *(
            migrations.AddField(
                model_name=name,
                name="slug",
                field=models.SlugField(
                    db_index=is_history, default="", editable=False, max_length=100, verbose_name="address"
                ),
                preserve_default=False,
            )
            # A column that becomes unique below gets its index there; two of one name would meet on PostgreSQL.
            for name, is_history in (("historicalreference", True), ("reference", False))
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="reference",
            name="slug",
            field=models.SlugField(editable=False, max_length=100, unique=True, verbose_name="address"),
        ),
    ]
