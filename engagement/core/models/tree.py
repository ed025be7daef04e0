"""Closure table (a many-to-many lineage) of trees: a theme with all narrower ones, an umbrella with all members."""

from typing import Any

from django.db import models, transaction


class Lineaged(models.Model):
    """A record that may stand below another of its kind (``parent``).

    ``lineage`` holds the record itself and everything above it, so that one join finds, and counts exactly, whatever
    belongs to a branch. Saving keeps it true; ``rebuild_lineage`` makes it true after rows were written in bulk.
    """

    lineage = models.ManyToManyField("self", symmetrical=False, related_name="branch", editable=False)

    class Meta:
        abstract = True

    def keep_lineage(self, *, is_new: bool = False) -> None:
        """Write the ancestors of this record, and of everything below it, if they changed."""
        parent_id = getattr(self, "parent_id")  # noqa: B009 (the field is the subclass's)
        if is_new and parent_id is None:
            _write_links(type(self), [(self.pk, self.pk)])
            return
        records: Any = type(self)._base_manager
        above: set[int] = set()
        if parent_id is not None:
            above = set(records.filter(pk=parent_id).values_list("lineage", flat=True))
        wanted = {self.pk, *above, parent_id} - {None}
        lineage: Any = self.lineage
        if wanted != set(lineage.values_list("pk", flat=True)):
            lineage.set(wanted)
            for child in records.filter(parent=self.pk).exclude(pk=self.pk):
                child.keep_lineage()


def rebuild_lineage(model: type[Lineaged]) -> None:
    """Work out every lineage of a model again, in a few statements."""
    records: Any = model._base_manager
    parents = dict(records.values_list("pk", "parent_id"))
    through: Any = model._meta.get_field("lineage").remote_field.through
    pairs = []
    for key in parents:
        seen: set[int] = set()
        above: int | None = key
        while above is not None and above not in seen:
            seen.add(above)
            pairs.append((key, above))
            above = parents.get(above)
    with transaction.atomic():
        through._base_manager.all().delete()
        _write_links(model, pairs)


def _write_links(model: type[Lineaged], pairs: list[tuple[int, int]]) -> None:
    """From records to what stands above them."""
    through: Any = model._meta.get_field("lineage").remote_field.through
    name = model._meta.model_name
    links = [through(**{f"from_{name}_id": key, f"to_{name}_id": above}) for key, above in pairs]
    through._base_manager.bulk_create(links, batch_size=2000)
