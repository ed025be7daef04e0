"""Merge of two records of one person, and its undo: the journal of organizations, and rules special to people."""

from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.change_signals import batch_changes, merging_records
from engagement.core.models import Counter
from engagement.core.types import Actor
from organizations.models import Person, PersonMerge
from organizations.models.merging import may_merge
from organizations.models.people import carries_out

from .actions import attach
from .journal import Journal, save
from .references import stays
from .undo import as_left, take_back, together

for name in ("kept", "gone"):
    stays(f"organizations.personmerge.{name}", "says who was merged into whom, and must go on saying so")
TAKEN = ("email", "permission_on", "name_consent_on", "name_consent_ends_on", "name_consent_withdrawn_on")
"""What the person kept takes from the other one, where it is empty and nothing of its group is known."""


@carries_out("merge")
def merge_people(kept: Person, gone: Person, *, by: Actor) -> PersonMerge:
    """Whatever names the one names the other; printed names stay as they are. Raises ValidationError."""
    _check_permission(by)
    with merging_records(), transaction.atomic(), batch_changes():
        for person in _locked(kept, gone):
            person.refresh_from_db()
        _check(kept, gone)
        journal = Journal(by)
        attach(gone, kept, journal)
        reason = _("Merged into %(person)s") % {"person": kept}
        journal.change(gone, {"archived_at": timezone.now(), "archived_by": by, "archive_reason": reason[:300]})
        journal.change(kept, _filled(kept, gone))
        facts = {"merged_at": timezone.now(), "merged_by": by}
        return PersonMerge.objects.create(kept=kept, gone=gone, steps=journal.seal(), **facts)


def _check_permission(by: Actor) -> None:
    if by is not None and not may_merge(by):
        raise PermissionDenied


def _locked(kept: Person, gone: Person) -> tuple[Person, Person]:
    """One merge of people at a time, and nobody changes the two meanwhile."""
    Counter.take("merge:people")
    list(Person._base_manager.filter(pk__in=[kept.pk, gone.pk]).order_by("pk").select_for_update())
    return kept, gone


def _check(kept: Person, gone: Person) -> None:
    if kept.pk == gone.pk:
        raise ValidationError({"kept": _("Choose another person: this is the same record.")}, code="same")
    if kept.erased_on or gone.erased_on:
        raise ValidationError(_("One of them was erased. There is nothing to merge."), code="erased")
    if kept.is_archived or gone.is_archived:
        raise ValidationError(_("One of them is archived. Restore it first."), code="archived")


def _filled(kept: Person, gone: Person) -> dict[str, object]:
    """Fields that only the other one has; an answer goes with its day, and consent with all of its days."""
    values: dict[str, object] = {} if kept.email else {"email": gone.email}
    if kept.contact_permission == Person.Permission.UNKNOWN:
        values |= {"contact_permission": gone.contact_permission, "permission_on": gone.permission_on}
    if kept.name_consent_on is None:
        values |= {name: getattr(gone, name) for name in TAKEN[2:]}
    return values


@carries_out("undo")
def undo_last_merge(kept: Person, *, by: Actor) -> PersonMerge:
    """Undo the last merge of a person; raises ValidationError with the obstacles."""
    _check_permission(by)
    with merging_records(), transaction.atomic(), batch_changes():
        Counter.take("merge:people")
        merges = PersonMerge.objects.select_for_update(of=("self",)).filter(kept=kept.pk, undone_at=None)
        merge = merges.order_by("-merged_at", "-pk").first()
        if merge is None:
            raise ValidationError(_("Nobody was merged into %(person)s.") % {"person": kept}, code="none")
        if found := _obstacles(merge):
            raise ValidationError(found, code="in_the_way")
        for _same, steps in groupby(reversed(merge.steps), key=together):
            take_back(list(steps), by)
        for person in Person._base_manager.filter(pk__in=[merge.kept_id, merge.gone_id]).order_by("pk"):
            save(person, by)
        merge.undone_at, merge.undone_by = timezone.now(), by
        merge.save()
    kept.refresh_from_db()
    return merge


def _obstacles(merge: PersonMerge) -> list[str]:
    last = {(step["model"], step["pk"], step.get("field", "")): step for step in merge.steps}
    found = []
    for step in last.values():
        model: Any = apps.get_model(step["model"])
        row = model._base_manager.filter(pk=step["pk"]).first()
        if row is None or not as_left(model, row, step):
            words = {"kind": model._meta.verbose_name, "record": row or step["pk"]}
            found.append(_("The %(kind)s “%(record)s” was changed since.") % words)
    return list(dict.fromkeys(found))
