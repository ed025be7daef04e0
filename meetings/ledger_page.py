"""Page object of the position ledgers: their record, their filters, their files with the same rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Page
from django.http import HttpRequest
from django.urls import reverse

from engagement.core.views import at_address, page_of
from engagement.topics.models import Topic
from meetings.dossiers.ledger import OrganizationLedger, TopicLedger
from organizations.models import Organization

from .ledger_filter import OF_ORGANIZATION, OF_TOPIC, LedgerFilter

SIZE = 50


@dataclass(frozen=True)
class LedgerPage:
    """One request to the ledger of a topic or an organization."""

    request: HttpRequest
    record: Topic | Organization
    ledger: TopicLedger | OrganizationLedger
    url_name: str

    @property
    def of_topic(self) -> bool:
        return isinstance(self.record, Topic)

    @property
    def name(self) -> str:
        return self.record.title if isinstance(self.record, Topic) else self.record.name

    @cached_property
    def filter(self) -> LedgerFilter:
        return LedgerFilter(self.ledger.entries, OF_TOPIC if self.of_topic else OF_ORGANIZATION, self.request.GET)

    @cached_property
    def rows(self) -> "Page[object]":
        return page_of(self.request, self.filter.entries, SIZE)

    @property
    def path(self) -> str:
        return reverse(self.url_name, args=[self.record.slug])

    def file(self, extension: str) -> str:
        """The same rows as a file."""
        path = reverse(f"{self.url_name}_export", args=[self.record.slug, extension])
        query = self.filter.query()
        return f"{path}?{query}" if query else path

    @property
    def files(self) -> Iterator[tuple[str, str]]:
        for extension in ("csv", "xlsx", "json"):
            yield extension, self.file(extension)


def topic_ledger(request: HttpRequest, slug: str) -> LedgerPage:
    topic: Topic = at_address(Topic.objects.visible_to(request.user), slug)
    return LedgerPage(request, topic, TopicLedger(topic, request.user), "meetings:topic_positions")


def organization_ledger(request: HttpRequest, slug: str) -> LedgerPage:
    organization: Organization = at_address(Organization.objects.visible_to(request.user), slug)
    ledger = OrganizationLedger(organization, request.user)
    return LedgerPage(request, organization, ledger, "meetings:organization_positions")
