"""Merge of duplicate records: every foreign key to one of the others is pointed to the record that is kept."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.change_signals import batch_changes, merging_records
from engagement.core.folding import bare_key
from engagement.core.models import FormerSlug
from engagement.core.planner_statistics import MANY, refresh_statistics
from engagement.core.types import Actor
from organizations.models import Organization, OtherName
from organizations.models.merging import Merge, NotSame, may_merge

from .journal import Journal
from .locking import lock
from .references import KEY, Reference, keyed_rows, references
from .row_merges import JOINS

CHOSEN = tuple(field.name for field in Organization._meta.concrete_fields if field.editable and not field.primary_key)
"""The fields of which one says whose value is right."""


def merge_organizations(
    kept: Organization, others: Iterable[Organization], *, by: Actor, taking: Mapping[str, Organization] | None = None
) -> Merge:
    """Everything that names one of the others names the kept one, inside one transaction, or not at all.

    ``taking`` says of whom to take a field; the rest is the kept one's own or, where it is empty, the first known.
    Raises PermissionDenied, or ValidationError with what stands in the way.
    """
    if by is not None and not may_merge(by):
        raise PermissionDenied
    keys = {other.pk for other in others}
    try:
        with merging_records(), transaction.atomic(), batch_changes():
            lock({kept.pk, *keys})
            group = Organization._base_manager.in_bulk({kept.pk, *keys})
            kept.refresh_from_db()
            gone = [group[key] for key in sorted(keys) if key in group]
            _check(kept, gone, keys)
            values = chosen(kept, gone, {name: group.get(whose.pk, whose) for name, whose in (taking or {}).items()})
            return _carry_out(kept, gone, values, Journal(by))
    except IntegrityError as error:
        raise ValidationError(_broken_rule(error), code="rule") from error


def _broken_rule(error: IntegrityError) -> str:
    """The sentence of the constraint that would not hold for the merged records."""
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name in str(error):
                return str(constraint.get_violation_error_message())
    return _("These records contradict each other. Compare them first.")


def _check(kept: Organization, gone: Sequence[Organization], keys: set[int]) -> None:
    if not keys or kept.pk in keys:
        raise ValidationError(_("Choose at least two different organizations."), code="two")
    merged = next((one for one in (kept, *gone) if one.merged_into_id), None)
    if merged is not None or len(gone) < len(keys):
        name = merged or _("One of them")
        raise ValidationError(_("%(organization)s has already been merged.") % {"organization": name}, code="merged")
    if kept.is_archived:
        message = _("%(organization)s is archived. Restore it first, or keep another one.")
        raise ValidationError(message % {"organization": kept}, code="archived")


def chosen(kept: Organization, gone: Sequence[Organization], taking: Mapping[str, Organization]) -> dict[str, Any]:
    """The values of the one that is kept: as chosen, else its own, else the first that is known."""
    group = [kept, *gone]
    values: dict[str, Any] = {}
    for name, whose in taking.items():
        if name not in CHOSEN or whose not in group:
            raise ValidationError(_("For each field, choose one of these organizations."), code="taking")
    for name in CHOSEN:
        known = (getattr(one, name) for one in group if getattr(one, name))
        values[name] = getattr(taking[name], name) if name in taking else next(known, getattr(kept, name))
    values["parent"] = _umbrella(values["parent"], group)
    return values


def _umbrella(parent: Organization | None, group: Sequence[Organization]) -> Organization | None:
    """The umbrellas above all of them: one merged organization is not the umbrella of another."""
    while parent is not None and parent in group:
        parent = parent.parent
    return parent


def _carry_out(kept: Organization, gone: list[Organization], values: dict[str, object], journal: Journal) -> Merge:
    names = [name for one in (kept, *gone) for name in (one.name, one.acronym)]
    members = list(Organization._base_manager.filter(parent__in=gone).exclude(pk=kept.pk))
    _carry_differences(kept, gone, journal)
    _above_all(kept, gone)
    for other in gone:
        attach(other, kept, journal)
        _readdress(other, kept, journal)
    reason = _("Merged into %(organization)s") % {"organization": values["name"]}
    away: dict[str, object] = {"archived_at": timezone.now(), "archived_by": journal.by, "archive_reason": reason[:300]}
    for other in gone:
        journal.change(other, {"merged_into": kept, **({} if other.is_archived else away)})
    journal.change(kept, values)
    _keep_names(kept, names, journal)
    settle([kept, *gone], [member for member in members if member not in gone])
    kept.clean()
    labels = [{"pk": other.pk, "name": str(other)} for other in gone]
    facts = {"merged_at": timezone.now(), "merged_by": journal.by}
    if len(journal.steps) >= MANY:
        refresh_statistics()
    return Merge.objects.create(kept=kept, others=labels, steps=journal.seal(), **facts)


def _carry_differences(kept: Organization, gone: list[Organization], journal: Journal) -> None:
    """Known differences of a merged organization become those of the kept one; merged ones are the same after all."""
    group = {kept.pk, *(other.pk for other in gone)}
    for said in NotSame.objects.filter(Q(first__in=gone) | Q(second__in=gone)).order_by("pk"):
        journal.remove(said)
        strangers = {said.first_id, said.second_id} - group
        for first, second in (sorted((kept.pk, stranger)) for stranger in strangers):
            if not NotSame.objects.filter(first=first, second=second).exists():
                facts = {"said_at": said.said_at, "said_by": said.said_by}
                journal.add(NotSame(first_id=first, second_id=second, **facts))


def _above_all(kept: Organization, gone: list[Organization]) -> None:
    """A version that none of them had: whatever remembers one of them knows that it changed since."""
    highest = max(one.version for one in (kept, *gone))
    Organization._base_manager.filter(pk=kept.pk).update(version=highest + 1)
    kept.version = highest + 1


def attach(gone: Model, kept: Model, journal: Journal) -> None:
    """Everything that points to the one points to the other; rows that would stand twice are joined."""
    model: Any = type(kept)
    for reference in references(model):
        if reference.is_selection:
            _attach_selections(reference, gone, kept, journal)
        else:
            _attach_rows(reference, gone, kept, journal)
    for model, keys in keyed_rows(gone):
        journal.point(model, model._meta.get_field(KEY), keys, kept.pk)


def _attach_rows(reference: Reference, gone: Model, kept: Any, journal: Journal) -> None:
    rows = reference.rows([gone.pk]).order_by("pk")
    if reference.model is type(kept):
        rows = rows.exclude(pk=kept.pk)
    join, moving = JOINS.get(reference.label), []
    if join is None:
        moving = list(rows.values_list("pk", flat=True))
    else:
        there = {join.key_of(row): row for row in reference.rows([kept.pk]).order_by("-pk")}
        for row in rows:
            if (match := there.get(join.key_of(row))) is None:
                moving.append(row.pk)
                continue
            values = join.blend(match, row)
            attach(row, match, journal)
            journal.remove(row)
            journal.change(match, values)
    journal.point(reference.model, reference.field, moving, kept.pk)


def _attach_selections(reference: Reference, gone: Model, kept: Model, journal: Journal) -> None:
    for owner in reference.rows([gone.pk]).order_by("pk"):
        keys = set(getattr(owner, reference.field.name).values_list("pk", flat=True))
        journal.choose(owner, reference.field, keys - {gone.pk} | {kept.pk})


def _readdress(gone: Organization, kept: Organization, journal: Journal) -> None:
    """Every address of the merged organization leads to the one that is kept."""
    kind = Organization._meta.label_lower
    former = FormerSlug.objects.filter(kind=kind, object_id=gone.pk).order_by("pk").values_list("pk", flat=True)
    journal.point(FormerSlug, FormerSlug._meta.get_field("object_id"), list(former), kept.pk)
    if not FormerSlug.objects.filter(kind=kind, slug=gone.slug).exists():
        journal.add(FormerSlug(kind=kind, slug=gone.slug, object_id=kept.pk))


def _keep_names(kept: Organization, names: Iterable[str], journal: Journal) -> None:
    """The names and acronyms that were not chosen become other names."""
    known = {bare_key(kept.name), bare_key(kept.acronym), ""}
    known |= {bare_key(name) for name in kept.other_names.values_list("name", flat=True)}
    for name in names:
        if bare_key(name) not in known:
            known.add(bare_key(name))
            journal.add(OtherName(organization=kept, name=name))


def settle(group: Sequence[Organization], members: Iterable[Organization]) -> None:
    """Update the derived columns: who stands above whom, and by which words each is found."""
    for organization in (*group, *members):
        organization.refresh_from_db()
        organization.keep_lineage()
    for organization in group:
        organization.refresh_search()
