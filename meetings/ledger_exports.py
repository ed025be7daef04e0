"""Exports of the position ledgers: CSV, XLSX and JSON of the same rows as the page of the same question."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.exports import Column, Export, ExportView
from engagement.core.models import Visibility, sees_all
from engagement.core.types import Row

from .ledger_page import LedgerPage, organization_ledger, register_ledger, topic_ledger

COLUMNS = [
    Column("date", gettext_lazy("First day of the meeting."), "date.day"),
    Column(
        "date_precision",
        gettext_lazy("How much of the date is known: day, month or year. Of a month or year the first day is given."),
        "date.precision",
    ),
    Column("topic", gettext_lazy("Topic it is about."), "topic.title"),
    Column("organization", gettext_lazy("Who held it; empty: both sides."), "voice.full_name"),
    Column("organization_acronym", gettext_lazy("Its acronym."), "voice.record.organization.acronym"),
    Column("side", gettext_lazy("host, counterpart, observer or both_sides.")),
    Column("stance", gettext_lazy("The stance, by its name."), "voice.stance"),
    Column("statement", gettext_lazy("What was said."), "voice.text"),
    Column("changed_from", gettext_lazy("Stances before, where the position changed."), "before"),
    Column("answer_from", gettext_lazy("Who answered it; empty: nobody yet, or nothing to answer."), "answer.who"),
    Column("answer", gettext_lazy("What the answer was."), "answer.stances"),
    Column(
        "answered_on",
        gettext_lazy("First day of the meeting of that answer, or the day on which a follow-up was done."),
        "answer.date.day",
    ),
    Column(
        "unanswered_since",
        gettext_lazy("Of a request without an answer, the day of its meeting."),
        lambda entry: entry.date.day if entry.is_unanswered else None,
    ),
    Column("meeting", gettext_lazy("Title of the meeting."), lambda entry: entry.talk["meeting__title"]),
    Column("url", gettext_lazy("Where on its page the discussion is."), "address"),
    Column("audience", gettext_lazy("Who can see it."), lambda e: Visibility(e.voice.level).name.lower(), True),
]


class LedgerExport(Export):
    """The address says of which record. The rows are those that the ledger has read, and not those of a list."""

    name = "positions"
    formats = ("csv", "xlsx", "json")
    columns = COLUMNS

    @staticmethod
    def ledger_of(request: HttpRequest, slug: str) -> LedgerPage:
        raise NotImplementedError

    def __init__(self, request: HttpRequest) -> None:
        match = request.resolver_match
        assert match is not None
        self.request, self.user = request, request.user
        self.ledger = self.ledger_of(request, match.kwargs.get("slug", ""))
        self.is_inside, self.sent = sees_all(request.user), 0

    @property
    def warnings(self) -> list[str]:
        return self.ledger.filter.warnings

    @property
    def title(self) -> str:
        return _("Positions: %(name)s") % {"name": self.ledger.name}

    def rows(self) -> Iterator[Row]:
        for entry in self.ledger.filter.entries:
            self.sent += 1
            yield replace(entry, address=self.absolute(entry.address))

    @property
    def query(self) -> str:
        """As the log of exports keeps it: of which record first."""
        record = self.ledger.record
        whose = f"{'topic' if self.ledger.of_topic else 'organization'}={record.slug}" if record else ""
        return "&".join(part for part in (whose, self.ledger.filter.query()) if part)

    @property
    def page_url(self) -> str:
        query = self.ledger.filter.query()
        return self.absolute(f"{self.ledger.path}?{query}" if query else self.ledger.path)

    def url(self, extension: str) -> str:
        return self.ledger.file(extension)


class RegisterLedgerExport(LedgerExport):
    @staticmethod
    def ledger_of(request: HttpRequest, slug: str) -> LedgerPage:
        return register_ledger(request)


class TopicLedgerExport(LedgerExport):
    @staticmethod
    def ledger_of(request: HttpRequest, slug: str) -> LedgerPage:
        return topic_ledger(request, slug)


class OrganizationLedgerExport(LedgerExport):
    @staticmethod
    def ledger_of(request: HttpRequest, slug: str) -> LedgerPage:
        return organization_ledger(request, slug)


class LedgerExportView(ExportView):
    """As ``ExportView``; the address has a slug besides, which the export reads."""

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        return super().dispatch(request, *args, extension=kwargs["extension"])
