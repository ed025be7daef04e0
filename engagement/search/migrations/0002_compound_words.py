"""Let what was recorded be looked up by its compound words, and be compared without them."""

from collections import defaultdict

from django.db import migrations

from engagement.core.folding import bare_key, fold_terms, match_key
from engagement.core.updating import update_rows

PORTION = 1_000
TERMS = {
    ("topics", "Theme"): ("name",),
    ("topics", "Topic"): ("title",),
    ("topics", "Reference"): ("title", "identifier"),
    ("organizations", "Person"): ("name", "email"),
    ("meetings", "Series"): ("title",),
    ("meetings", "Meeting"): ("title", "reference"),
    ("followups", "FollowUp"): ("title", "reference"),
}
"""What each of these is looked up by; organizations have their other names and numbers besides."""


def renew(apps, schema_editor):
    for (app, name), fields in TERMS.items():
        model = apps.get_model(app, name)
        for rows in portions(model, *fields):
            for row in rows:
                row.search_text = fold_terms(getattr(row, field) for field in fields)
            write(model, rows, "search_text")
    renew_organizations(apps)


def renew_organizations(apps):
    organization, other_name = apps.get_model("organizations", "Organization"), apps.get_model("organizations", "OtherName")
    identifier = apps.get_model("organizations", "Identifier")
    for rows in portions(other_name, "name"):
        for row in rows:
            row.match_key = match_key(row.name)[:250]
        write(other_name, rows, "match_key")
    for rows in portions(organization, "name", "acronym"):
        keys, more = [row.pk for row in rows], defaultdict(list)
        for key, name in _of(other_name, keys).values_list("organization", "name"):
            more[key].append(name)
        for key, value in _of(identifier, keys).exclude(scheme="internal").values_list("organization", "value"):
            more[key].append(value)
        for row in rows:
            row.match_key, row.acronym_key = match_key(row.name)[:250], bare_key(row.acronym)[:60]
            row.search_text = fold_terms([row.name, row.acronym, *more[row.pk]])
        write(organization, rows, "match_key", "acronym_key", "search_text")


def _of(model, keys):
    return model._base_manager.filter(organization__in=keys).order_by("pk")


def portions(model, *fields):
    """All rows with these fields and the ones worked out of them, so many at a time."""
    worked_out = [field.name for field in model._meta.fields if field.name in ("search_text", "match_key", "acronym_key")]
    last = 0
    while rows := list(model._base_manager.filter(pk__gt=last).order_by("pk").only(*fields, *worked_out)[:PORTION]):
        for row in rows:
            row.before = [getattr(row, name) for name in worked_out]
            row.worked_out = worked_out
        yield rows
        last = rows[-1].pk


def write(model, rows, *fields):
    """Those that are not what they were."""
    changed = [row for row in rows if [getattr(row, name) for name in row.worked_out] != row.before]
    if changed:
        values = [(row.pk, *(getattr(row, field) for field in fields)) for row in changed]
        update_rows(model, fields, values, changed[0]._state.db)


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0001_the_index"),
        ("followups", "0004_open_apart"),
        ("meetings", "0004_more_lists"),
        ("organizations", "0003_merging"),
        ("topics", "0002_lineage"),
    ]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
