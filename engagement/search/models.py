"""Models of the index: one row for each record and level, read through ``Entry.objects.visible_to(user)`` only."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, Lookup, Model, OuterRef, Q
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Visibility, sees_all
from engagement.core.types import Label, Reader
from engagement.followups.models import FollowUp
from engagement.minutes.models import MinutesVersion
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Party, Position, Series
from organizations.models import Organization

from . import backends
from .criteria import SearchCriteria


@dataclass(frozen=True)
class Kind:
    """A noun as search knows it."""

    name: str
    model: type[Model]
    plural: Label
    is_name: bool = False
    """Something that others are about: few, without an audience of their own, and first in every answer."""
    is_part: bool = False
    """Shown on the page of its meeting."""


_ALL = (
    Kind("organization", Organization, _("Organizations"), is_name=True),
    Kind("topic", Topic, _("Topics"), is_name=True),
    Kind("series", Series, _("Series"), is_name=True),
    Kind("theme", Theme, _("Themes"), is_name=True),
    Kind("reference", Reference, _("References"), is_name=True),
    Kind("meeting", Meeting, _("Meetings")),
    Kind("followup", FollowUp, _("Follow-ups")),
    Kind("discussion", Discussion, _("Discussions"), is_part=True),
    Kind("position", Position, _("Positions"), is_part=True),
    Kind("outcome", Outcome, _("Outcomes"), is_part=True),
    Kind("document", Document, _("Documents"), is_part=True),
    Kind("minutes", MinutesVersion, _("Minutes"), is_part=True),
)
KINDS = {kind.name: kind for kind in _ALL}
KIND_OF: dict[type[Model], Kind] = {kind.model: kind for kind in _ALL}


class WordsField(models.TextField):  # type: ignore[type-arg]
    """The analysed words of an entry, in the form that the database searches. Never shown."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str:
        return str(backends.of(connection).COLUMN)

    def get_internal_type(self) -> str:
        return "WordsField"


@WordsField.register_lookup
class Match(Lookup):
    """``words__match=asked``: entries that answer a query."""

    lookup_name = "match"
    prepare_rhs = False
    rhs: SearchCriteria

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[object]]:
        column, _nothing = self.process_lhs(compiler, connection)
        sql, parameters = backends.of(connection).matching(column, self.rhs)
        return sql, parameters


FIRST_NAME = 20_000_000
"""From this stature on stand names: organizations, topics, series, themes, references."""
MOST_MEETINGS = 5_000


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible_to(self, user: Reader) -> "EntryQuerySet":
        """The entries this reader may know of, each record once: exactly where its own ``visible_to`` shows it."""
        if sees_all(user):
            return self.for_secretariat()
        seen: Any = Q(level=Visibility.PUBLIC) | _shared_with(user)
        for name, kind in KINDS.items():
            if kind.is_name:
                known: Any = kind.model._default_manager.visible_to(user)  # type: ignore[attr-defined]
                seen |= Q(level=None, kind=name) & Exists(known.order_by().filter(pk=OuterRef("source")))
        return self.filter(seen)

    def for_secretariat(self) -> "EntryQuerySet":
        """All there is, each record once."""
        return self.filter(is_outside=False)

    def matching(self, asked: SearchCriteria) -> "EntryQuerySet":
        return self.filter(words__match=asked)

    def names(self) -> "EntryQuerySet":
        """Entries of names that others are about: few, and first in every answer."""
        return self.filter(stature__gte=FIRST_NAME)

    def records(self) -> "EntryQuerySet":
        """Entries of meetings, discussions and promises."""
        return self.filter(stature__lt=FIRST_NAME)

    def records_visible_to(self, user: Reader) -> "list[EntryQuerySet]":
        """The records this reader may know of, in slices that have nothing in common and an index each."""
        if sees_all(user):
            return [self.records().for_secretariat()]
        public = self.records().filter(level=Visibility.PUBLIC)
        theirs = _shared_with(user)
        return [public, self.records().filter(theirs, level__lt=Visibility.PUBLIC)] if theirs else [public]


def _shared_with(user: Reader) -> Q:
    """Once it is shared: what concerns a meeting of an organization they act for, or is promised by one."""
    if not (user.is_authenticated and user.is_active):
        return Q()
    own = list(Organization.objects.represented_by(user).order_by("pk").values_list("pk", flat=True))
    if not own:
        return Q()
    at: Any = Party._base_manager.filter(organization__in=own).order_by("meeting").values_list("meeting", flat=True)
    if len(few := list(at.distinct()[: MOST_MEETINGS + 1])) <= MOST_MEETINGS:
        at = few  # named one by one, their index is used
    return Q(level__gte=Visibility.SHARED) & (Q(meeting__in=at) | Q(owner__in=own))


class Entry(models.Model):
    """The text of one record as one audience reads it, ready to be searched.

    A record with text that only the secretariat reads has two entries: one without that text (``is_outside``) for
    everybody else, and one with all of it (``is_inside``) for the secretariat. Either reader meets the record once.

    Entries are written by ``indexing.py`` alone. They do not hold on to what they point to: they go with it.
    """

    kind = models.CharField(_("kind"), max_length=12)
    source = models.BigIntegerField(_("record"))
    is_inside = models.BooleanField(_("with what only the secretariat reads"), default=False)
    is_outside = models.BooleanField(_("has another one with what only the secretariat reads"), default=False)
    level = models.PositiveSmallIntegerField(_("who can see it"), choices=Visibility.choices, null=True)
    meeting = models.ForeignKey(
        Meeting, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("meeting")
    )
    owner = models.ForeignKey(
        Organization, models.DO_NOTHING, null=True, db_constraint=False, related_name="+", verbose_name=_("owner")
    )
    happened_on = models.DateField(_("date"), null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    stature = models.PositiveIntegerField(_("place in every answer"))
    organizations = models.TextField(_("organizations"), default="", blank=True)
    themes = models.TextField(_("themes"), default="", blank=True)
    heading = models.TextField(_("heading"))
    body = models.TextField(_("text"), default="", blank=True)
    digest = models.CharField(_("digest"), max_length=32)
    words = WordsField(_("words"))

    objects = EntryQuerySet.as_manager()

    TEXT: ClassVar[tuple[str, ...]] = ("heading", "body", "words")
    """What is long, and not needed to rank and count."""

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        ordering = ["-stature", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "source", "is_inside"],
                name="search_entry_once",
                violation_error_message=_("This record is already in the index."),
            )
        ]
        indexes = [
            models.Index(fields=["-stature", "-id"], name="search_entry_stature"),
            models.Index(fields=["level", "-stature", "-id"], name="search_entry_seen"),
        ]

    def __str__(self) -> str:
        return self.heading


class Word(models.Model):
    """A word that occurs in some text; where nothing is found, it is a candidate for a correction."""

    SHORTEST, LONGEST = 3, 40
    """Letters of the words that are remembered."""

    word = models.CharField(_("word"), max_length=60, unique=True)
    initial = models.CharField(_("first letter"), max_length=1)
    length = models.PositiveSmallIntegerField(_("length"))

    class Meta:
        verbose_name = _("word")
        verbose_name_plural = _("words")
        ordering = ["word", "pk"]
        indexes = [models.Index(fields=["initial", "length"], name="search_word_alike")]

    def __str__(self) -> str:
        return self.word
