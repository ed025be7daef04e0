"""Page object of the position ledgers: their record, their filters, their files with the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from engagement.core.views import at_address, page_of
from engagement.topics.models import Topic
from meetings.dossiers.ledger import OrganizationLedger, RegisterLedger, TopicLedger
from organizations.models import Organization

from .ledger_filter import OF_ORGANIZATION, OF_REGISTER, OF_TOPIC, Field, LedgerFilter

SIZE = 50


@dataclass(frozen=True)
class LedgerPage:
    """One request to the ledger of a topic or an organization, or without a record to that of the register."""

    request: HttpRequest
    record: Topic | Organization | None
    ledger: TopicLedger | OrganizationLedger | RegisterLedger
    url_name: str

    @property
    def of_topic(self) -> bool:
        return isinstance(self.record, Topic)

    @property
    def name(self) -> str:
        if self.record is None:
            return _("all topics")
        return self.record.title if isinstance(self.record, Topic) else self.record.name

    @property
    def _fields(self) -> tuple[Field, ...]:
        if self.record is None:
            return OF_REGISTER
        return OF_TOPIC if self.of_topic else OF_ORGANIZATION

    @property
    def _address(self) -> list[str]:
        return [self.record.slug] if self.record else []

    @cached_property
    def filter(self) -> LedgerFilter:
        return LedgerFilter(self.ledger.entries, self._fields, self.request.GET)

    @cached_property
    def rows(self) -> "Page[object]":
        return page_of(self.request, self.filter.entries, SIZE)

    @property
    def path(self) -> str:
        return reverse(self.url_name, args=self._address)

    def file(self, extension: str) -> str:
        """The same rows as a file."""
        path = reverse(f"{self.url_name}_export", args=[*self._address, extension])
        query = self.filter.query()
        return f"{path}?{query}" if query else path

    @property
    def files(self) -> Iterator[tuple[str, str]]:
        for extension in ("csv", "xlsx", "json"):
            yield extension, self.file(extension)


def register_ledger(request: HttpRequest) -> LedgerPage:
    return LedgerPage(request, None, RegisterLedger(request.user), "meetings:positions")


def topic_ledger(request: HttpRequest, slug: str) -> LedgerPage:
    topic: Topic = at_address(Topic.objects.visible_to(request.user), slug)
    return LedgerPage(request, topic, TopicLedger(topic, request.user), "meetings:topic_positions")


def organization_ledger(request: HttpRequest, slug: str) -> LedgerPage:
    organization: Organization = at_address(Organization.objects.visible_to(request.user), slug)
    ledger = OrganizationLedger(organization, request.user)
    return LedgerPage(request, organization, ledger, "meetings:organization_positions")
