"""Erasure of a person: one transaction over everything that names them, and a trace that names nobody.

See docs/decisions/names-that-expire.md for what is written over, what is asked about first, and what stays.
"""

from collections import Counter as Tally
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Model, Q
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.accounts.models import CalendarLink, User
from engagement.core.change_signals import batch_changes
from engagement.core.models import Counter, FormerSlug, Record, Stamp, Visibility
from engagement.core.types import Actor, SignedIn
from engagement.followups.models import ReportLink
from engagement.followups.reassignment import Duties
from engagement.imports.models import Import, ImportRow
from engagement.minutes.models import MinutesLink, MinutesVersion
from engagement.returns.models import Return
from engagement.search.indexing import forget
from meetings.four_eyes import allow
from meetings.models import Meeting, Participant, PublishedVersion
from meetings.models.participants import NameRule, printed
from organizations.merging.journal import save
from organizations.models import Person, Post, Representative

from .kept_files import remove_source_files, renamed
from .models import ErasedName, Erasure, may_handle
from .sealed import Left, VersionEraser, erase_from_return
from .spellings import Spellings
from .text_columns import Columns, is_history, is_text, label_of, named_rows, put_in_place

WHY = "Name erased"
SEALED = (PublishedVersion, MinutesVersion, Return)
OWN = (Person, Participant)


@dataclass
class Target:
    """Whom to erase: somebody with a record, or a name as it is printed; and which accounts are this person's."""

    person: Person | None = None
    name: str = ""
    also: list[str] = field(default_factory=list)
    """Further spellings, as the eraser knows them."""
    accounts: list[User] = field(default_factory=list)

    def spellings(self) -> Spellings:
        texts = [self.name, *self.also]
        if self.person is not None:
            rows = Person.history.filter(id=self.person.pk)
            texts += [self.person.name, self.person.email]
            texts += [text for pair in rows.values_list("name", "email").distinct() for text in pair]
            for rows in (Participant._base_manager, Participant.history):
                texts += rows.filter(person=self.person.pk).values_list("name", flat=True).distinct()
        for user in self.accounts:
            texts += [user.get_full_name(), user.email, user.username]
        return Spellings(text for text in texts if text)

    def participants(self, spellings: Spellings) -> list[Participant]:
        """By key; and where nobody else has the name, those who were only printed."""
        own = Q(person=self.person.pk) if self.person is not None else Q(pk__in=[])
        rows = Participant._base_manager.select_related("party__organization", "meeting", "person")
        found = list(rows.filter(own).order_by("pk"))
        if spellings and not self.namesakes(spellings):
            others = rows.filter(spellings.may_hold("name"), person=None, erased_on=None).order_by("pk")
            found += [one for one in others if spellings.spans(one.name)]
        return found

    def namesakes(self, spellings: Spellings) -> list[Model]:
        """Other people and accounts of the same name: a text that has it may mean either."""
        people = Person._base_manager.filter(spellings.may_hold("name")).order_by("pk")
        if self.person is not None:
            people = people.exclude(pk=self.person.pk)
        found: list[Model] = [one for one in people if spellings.spans(one.name)]
        users = User._base_manager.exclude(pk__in=[user.pk for user in self.accounts]).order_by("pk")
        first, last = spellings.may_hold("first_name"), spellings.may_hold("last_name")
        found += [user for user in users.filter(first | last | Q(email__in=spellings.texts)) if _is(user, spellings)]
        return found

    def likely_accounts(self) -> list[User]:
        """Accounts with the address or the name of this person."""
        spellings = self.spellings()
        return [user for user in User._base_manager.order_by("pk") if _is(user, spellings)] if spellings else []


def _is(user: User, spellings: Spellings) -> bool:
    return any(spellings.spans(text) for text in (user.get_full_name(), user.email))


def stand_in_of(target: Target, participants: Collection[Participant]) -> str:
    """“Head of unit, ARM”: of the last meeting, else of the post held last; else in general."""
    for one in sorted(participants, key=lambda one: one.pk, reverse=True):
        if one.function:
            return printed("", one.function, one.party.organization.short_name)
    post = (
        Post._base_manager.filter(person=target.person).order_by("-starts_on", "-pk").first() if target.person else None
    )
    if post is not None:
        return printed("", post.function, post.organization.short_name)
    if participants:
        return printed("", "", list(participants)[-1].party.organization.short_name)
    return _("someone whose name was erased")


def check(target: Target, *, by: Actor) -> None:
    """Check that the person can be erased; raises ValidationError with a sentence for each obstacle."""
    wrong = []
    if target.person is not None and target.person.erased_on is not None:
        wrong.append(_("This person was erased on %(day)s.") % {"day": target.person.erased_on})
    for user in target.accounts:
        words = {"account": user.username}
        if user.is_active:
            wrong.append(
                _("The account “%(account)s” is active. Make it inactive first, and hand over its work.") % words
            )
        elif by is not None and Duties(user, by):
            wrong.append(_("Follow-ups or organizations are assigned to “%(account)s”. Hand them over first.") % words)
    if wrong:
        raise ValidationError(wrong, code="first")


def erase(target: Target, *, by: SignedIn | None, reason: str, stand_in: str = "", left: Left = frozenset()) -> Erasure:
    """Take the name out of everything, and write ``stand_in`` where it stood; texts of the rows ``left`` stay.

    Raises PermissionDenied, or ValidationError with what has to be done first.
    """
    if by is not None and not may_handle(by):
        raise PermissionDenied
    with Overwriting():
        with transaction.atomic(), batch_changes():
            Counter.take("erase:people")
            work = _begun(target, by, reason, stand_in, left)
            trace = work.carry_out()
        with transaction.atomic(), batch_changes():  # what was being saved meanwhile
            Counter.take("erase:people")
            work.sweep()
    _forget_caches()
    return trace


def _begun(target: Target, by: SignedIn | None, reason: str, stand_in: str, left: Left) -> "_Work":
    if target.person is not None:
        target.person.refresh_from_db(from_queryset=Person._base_manager.select_for_update())
    check(target, by=by)
    spellings = target.spellings()
    told = {"reason": reason.strip(), "stand_in": stand_in.strip()}
    if not told["reason"]:
        raise ValidationError({"reason": _("Enter a reason.")}, code="required")
    for name, text in told.items():
        if spellings.spans(text):
            raise ValidationError({name: _("Leave the name out of the reason: the reason is kept.")}, code="named")
    participants = target.participants(spellings)
    told["stand_in"] = told["stand_in"] or stand_in_of(target, participants)
    if target.namesakes(spellings):
        spellings = Spellings(text for text in spellings.texts if "@" in text)
    return _Work(target, by, told["reason"], told["stand_in"][:200], left, spellings, participants)


@dataclass
class _Work:
    target: Target
    by: SignedIn | None
    reason: str
    stand_in: str
    left: Left
    spellings: Spellings
    """Of two people of one name, the addresses alone."""
    participants: list[Participant]
    counts: Tally[str] = field(default_factory=Tally)

    def carry_out(self) -> Erasure:
        ErasedName.objects.keep(self.spellings.patterns)
        meetings = {one.meeting_id for one in self.participants}
        for participant in self.participants:
            self._erase_participant(participant)
        self._seal_again(Q(meeting__in=meetings), Q(minutes__meeting__in=meetings))
        if self.target.person is not None:
            self._erase_person(self.target.person)
        for user in self.target.accounts:
            self._erase_account(user)
        self.sweep()
        Stamp.objects.put()
        return Erasure.objects.create(
            by=self.by,
            reason=self.reason,
            person=self.target.person,
            stand_in=self.stand_in,
            counts=dict(self.counts),
            left=sorted(map(list, self.left)),
        )

    # What belongs to the person by key ------------------------------------------------------------------------

    def _erase_participant(self, one: Participant) -> None:
        if one.person is not None and not (one.function and one.rank):
            one._take_post(one.person)
        if one.visibility == Visibility.PUBLIC and not one.may_be_published:
            one.visibility = Visibility.SHARED
        one.name, one.person, one.erased_on = "", None, timezone.localdate()
        one.name_rule, one.consent_on, one.consent_withdrawn_on = NameRule.CHOSEN, None, None
        self._save(one)
        past = Participant.history.filter(id=one.pk)
        self._count(Participant.history.model, past.update(name="", person=None))

    def _erase_person(self, person: Person) -> None:
        person.name = person.email = ""
        person.contact_permission, person.permission_on = Person.Permission.UNKNOWN, None
        person.name_consent_on = person.name_consent_ends_on = person.name_consent_withdrawn_on = None
        person.erased_on = timezone.localdate()
        person.archived_at, person.archived_by = person.archived_at or timezone.now(), person.archived_by or self.by
        person.archive_reason = person.archive_reason or WHY
        self._save(person)
        past = Person.history.filter(id=person.pk)
        self._count(Person.history.model, past.update(name="", email=""))

    def _erase_account(self, user: User) -> None:
        user.first_name, user.last_name = _("Erased user"), str(user.pk)
        user.username, user.email, user.is_active = f"erased-{user.pk}", "", False
        user.set_unusable_password()
        user.save()
        user.groups.clear()
        for role in Representative._base_manager.filter(user=user.pk, ends_on=None):
            role.ends_on = max(timezone.localdate(), role.starts_on or timezone.localdate())
            self._save(role)
        for link in MinutesLink._base_manager.filter(person=user.pk):
            self._revoke(link)
        CalendarLink.objects.of(user).update(revoked_at=timezone.now(), name="")
        self._count(User, 1)

    # What names the person in words ------------------------------------------------------------------------------

    def sweep(self) -> None:
        """Whatever names the person now, in any column of any table."""
        if not self.spellings:
            return
        found = list(named_rows(self.spellings))
        for link in (row for _columns, row, _fields in found if isinstance(row, ReportLink | MinutesLink)):
            self._revoke(link)
        imports = {row.batch_id for _columns, row, _fields in found if isinstance(row, ImportRow)}
        imports |= {row.pk for _columns, row, _fields in found if isinstance(row, Import)}
        for columns, row, fields in found:
            self._erase_row(columns, row, fields)
        keys = [[row.pk for _columns, row, _fields in found if isinstance(row, model)] for model in SEALED[:2]]
        self._seal_again(*(Q(pk__in=of_kind) for of_kind in keys))
        self._erase_returns()
        self.counts[str(Import._meta.verbose_name_plural)] += remove_source_files(self.spellings, imports)
        self._end_sessions()
        self.counts.pop("", None)
        self._forget_words()

    def _erase_row(self, columns: Columns, row: Any, fields: list[Any]) -> None:
        if isinstance(row, SEALED):
            return
        if isinstance(row, FormerSlug):  # an address with the name in it leads nowhere any more
            row.delete()
            return
        if (label_of(columns.records_of), row.id if is_history(columns.model) else row.pk) in self.left:
            fields = [one for one in fields if not is_text(columns.records_of, one.name)]
        changed = {one.attname: self._without(row, one) for one in fields}
        if changed and isinstance(row, Record):
            for name, value in changed.items():
                setattr(row, name, value)
            self._save(row)
        elif changed:
            columns.model._base_manager.filter(pk=row.pk).update(**changed)
            self._count(columns.model, 1)

    def _without(self, row: Model, one: Any) -> object:
        value = getattr(row, one.attname)
        if isinstance(value, FieldFile):
            return value.name if isinstance(row, Import) else renamed(value, self.spellings)
        return put_in_place(self.spellings, one, value, self.stand_in)

    def _save(self, record: Record) -> None:
        """As a verb does; what the record itself refuses (it is merged, or closed) is written past it."""
        meeting = record.pk if isinstance(record, Meeting) else getattr(record, "meeting_id", None)
        if meeting is not None:
            allow(meeting)
        record._change_reason = WHY  # type: ignore[attr-defined]
        save(record, self.by)
        self._count(type(record), 1)

    def _seal_again(self, published: Q, of_minutes: Q) -> None:
        functions = {one.pk: one.function for one in self.participants}
        eraser = VersionEraser(self.spellings, self.stand_in, functions, self.left)
        versions = PublishedVersion._base_manager.filter(published).order_by("pk").iterator()
        self._count(PublishedVersion, sum(map(eraser.published, versions)))
        drafts = MinutesVersion._base_manager.filter(of_minutes).select_related("minutes").order_by("pk").iterator()
        self._count(MinutesVersion, sum(map(eraser.minutes, drafts)))

    def _erase_returns(self) -> None:
        rows = Return._base_manager.select_related("form").order_by("pk")
        self._count(Return, sum(erase_from_return(sent, self.spellings, self.stand_in) for sent in rows.iterator()))

    def _revoke(self, link: ReportLink | MinutesLink) -> None:
        """Revoke the links and keys that this person was given."""
        rows = type(link)._base_manager.filter(pk=link.pk, revoked_at=None)
        rows.update(revoked_at=timezone.now(), revoked_by=self.by)

    def _end_sessions(self) -> None:
        """Those in which the name stands, in a message that was not read yet."""
        for session in Session.objects.iterator():
            if self.spellings.is_in(session.get_decoded()):
                session.delete()

    def _forget_words(self) -> None:
        words = {word for pattern in self.spellings.patterns for word in pattern}
        transaction.on_commit(lambda: forget(words), robust=True)

    def _count(self, model: type[Model], number: int) -> None:
        if number:
            self.counts[str(model._meta.verbose_name_plural)] += number


def _forget_caches() -> None:
    for cache in caches.all(initialized_only=False):
        cache.clear()


class Overwriting:
    """Context manager: rows that SQLite deletes are overwritten in its file, and its log folded in at the end."""

    def __enter__(self) -> None:
        self._run("PRAGMA secure_delete=ON")

    def __exit__(self, *error: object) -> None:
        if not connection.in_atomic_block:
            self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    @staticmethod
    def _run(statement: str) -> None:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute(statement)
