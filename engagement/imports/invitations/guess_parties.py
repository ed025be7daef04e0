"""Match mail addresses to organizations: a guess for each, with its reason, for somebody to confirm."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from engagement.core.types import Reader, SignedIn
from engagement.imports.invitations.parse import Invited
from meetings.models import Party
from organizations.models import Organization, Person, Post, Representative

# Whoever has an address there says nothing about where they work.
_FREE = (
    "gmail.com googlemail.com icloud.com me.com mac.com msn.com aol.com mail.com web.de t-online.de proton.me "
    "protonmail.com pm.me tutanota.com tuta.com fastmail.com hey.com zoho.com qq.com 163.com mail.ru inbox.ru "
    "orange.fr free.fr laposte.net wanadoo.fr sfr.fr libero.it virgilio.it ziggo.nl kpnmail.nl planet.nl "
    "hetnet.nl xs4all.nl telenet.be skynet.be proximus.be bluewin.ch btinternet.com wp.pl o2.pl seznam.cz "
    "naver.com"
)
FREE = frozenset(_FREE.split())
FREE_BRANDS = ("yahoo", "hotmail", "outlook", "live", "gmx", "yandex", "ymail", "rocketmail")
HOST, COUNTERPART = Party.Side.HOST, Party.Side.COUNTERPART


def is_free(domain: str) -> bool:
    """Whether anybody can have an address there."""
    first, _dot, rest = domain.partition(".")
    return domain in FREE or (first in FREE_BRANDS and len(rest) <= 6)


@dataclass
class PartyGuess:
    """Whom one address may stand for; nobody, where nothing speaks for anybody."""

    invited: Invited
    reason: str = ""
    organizations: list[Organization] = field(default_factory=list)  # one: the guess; several: a question
    side: str = str(COUNTERPART)
    name: str = ""
    person: Person | None = None

    @property
    def organization(self) -> Organization | None:
        return self.organizations[0] if len(self.organizations) == 1 else None


def guess_parties(invited: Sequence[Invited], user: Reader) -> list[PartyGuess]:
    """A guess for each address, in a fixed number of queries; from records that this person may see."""
    book = _AddressBook([one.address for one in invited], {one.domain for one in invited}, user)
    return [book.guess(one) for one in invited]


class _AddressBook:
    """The recorded organizations and people behind some mail addresses."""

    def __init__(self, addresses: list[str], domains: set[str], user: Reader) -> None:
        organizations = Organization.objects.visible_to(user).current()
        self.hosts = list(organizations.filter(is_host=True).order_by("pk"))
        self.sites = _sites(organizations, {domain for domain in domains if not is_free(domain)})
        users = get_user_model().objects.annotate(low=Lower("email")).filter(low__in=addresses, is_active=True)
        self.users: dict[str, list[SignedIn]] = defaultdict(list)
        for one in users:
            self.users[one.low].append(one)
        self.acts_for: dict[int, list[Organization]] = defaultdict(list)
        acting = Representative.objects.current().visible_to(user).filter(user__in=users)
        for row in acting.filter(organization__in=organizations).select_related("organization"):
            self.acts_for[row.user_id].append(row.organization)
        people = Person.objects.visible_to(user).current().annotate(low=Lower("email")).filter(low__in=addresses)
        self.people: dict[str, list[Person]] = defaultdict(list)
        for person in people:
            self.people[person.low].append(person)
        self.posts: dict[int, list[Organization]] = defaultdict(list)
        held = Post.objects.current().visible_to(user).filter(person__in=people, organization__in=organizations)
        for post in held.select_related("organization"):
            if post.organization not in self.posts[post.person_id]:
                self.posts[post.person_id].append(post.organization)
        self.host_pks = {one.pk for one in self.hosts}

    def guess(self, one: Invited) -> PartyGuess:
        people = self.people.get(one.address, [])
        found = PartyGuess(one, name=one.name, person=people[0] if len(people) == 1 else None)
        self._recognize(found)
        if found.organization and found.organization.pk in self.host_pks:
            found.side = str(HOST)
        if not found.name:
            found.name = found.person.name if found.person else self._user_name(one) or one.address
        return found

    def _user_name(self, one: Invited) -> str:
        users = self.users.get(one.address, [])
        return str(users[0].get_full_name())[:200] if len(users) == 1 else ""

    def _recognize(self, found: PartyGuess) -> None:
        """From the surest to the vaguest: the person, then the domain."""
        one = found.invited
        if one.is_thing:
            found.reason = _("A room or a piece of equipment, not a person.")
            return
        users = self.users.get(one.address, [])
        if any(user.is_staff for user in users):
            near = [host for host in self._by_domain(one.domain)[0] if host.pk in self.host_pks]
            found.side, found.organizations = str(HOST), near or self.hosts
            found.reason = _("The address of a colleague with an account here.")
        elif acting := [one for user in users for one in self.acts_for[user.pk]]:
            found.organizations, found.reason = acting, _("The address of a representative with an account here.")
        elif held := [post for person in self.people.get(one.address, []) for post in self.posts[person.pk]]:
            found.organizations = list(dict.fromkeys(held))
            found.reason = _("The address of a contact who holds a post there.")
        elif is_free(one.domain):
            found.reason = _("Anyone can have an address at %(domain)s, so it does not show the organization.") % {
                "domain": one.domain
            }
        else:
            found.organizations, site = self._by_domain(one.domain)
            words = {"domain": one.domain, "site": site}
            found.reason = (
                _("The address ends in %(domain)s. The recorded website is at %(site)s.") % words
                if found.organizations
                else _("No organization with a website at %(domain)s is recorded.") % words
            )

    def _by_domain(self, domain: str) -> tuple[list[Organization], str]:
        """Whose website is there, or at the nearest domain above."""
        labels = domain.split(".")
        for at in range(len(labels) - 1):
            site = ".".join(labels[at:])
            if site in self.sites:
                return self.sites[site], site
        return [], ""


def _sites(organizations: QuerySet[Organization], domains: Iterable[str]) -> dict[str, list[Organization]]:
    """Organizations by the host of their website, as far as it may be one of these domains."""
    wanted = Q(pk__in=[])
    for tail in {".".join(domain.split(".")[-2:]) for domain in domains}:
        wanted |= Q(website__icontains=tail)
    found: dict[str, list[Organization]] = defaultdict(list)
    for one in organizations.filter(wanted).exclude(website="").order_by("sort_key", "pk")[:2000]:
        host = site_of(one.website)
        if host and not is_free(host):
            found[host].append(one)
    return found


def site_of(website: str) -> str:
    """``https://www.efpia.eu/about`` is at ``efpia.eu``."""
    try:
        host = (urlsplit(website).hostname or "").lower()
    except ValueError:
        return ""
    return host.removeprefix("www.")
