"""Master data of the sample: organizations, people, topics. Grows slower than the number of follow-ups."""

import datetime as dt
import random
from collections import Counter as Tally
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import Model
from django.utils import timezone

from engagement.accounts.roles import MANAGER
from engagement.core.folding import fold_key
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Ground, Regime, Series
from organizations.models import Identifier, Organization, OtherName, Person, Post

from . import names
from .bulk import BulkWriter

Kind = Organization.Kind
PUBLICATION_DAYS = 14
LEGAL_FORMS = {
    Kind.COMPANY: Organization.LegalForm.COMPANY,
    Kind.INDUSTRY: Organization.LegalForm.ASSOCIATION,
    Kind.PATIENT: Organization.LegalForm.ASSOCIATION,
    Kind.CONSUMER: Organization.LegalForm.ASSOCIATION,
    Kind.NGO: Organization.LegalForm.FOUNDATION,
    Kind.REGULATOR: Organization.LegalForm.PUBLIC_BODY,
    Kind.PUBLIC_AUTHORITY: Organization.LegalForm.PUBLIC_BODY,
    Kind.INTERNATIONAL: Organization.LegalForm.TREATY_BODY,
}


@dataclass
class Body:
    """An organization with the facts that the plan needs."""

    organization: Organization
    people: list[tuple[Person, Post]] = field(default_factory=list)
    interests: list[Topic] = field(default_factory=list)
    number: Identifier | None = None


@dataclass
class Line:
    """A series and how many meetings it will have."""

    series: Series
    bodies: list[Body]
    meetings: int
    kind: str


@dataclass
class Sizes:
    """How many of each there are for so many follow-ups: 200 follow-ups make 60 meetings of 40 organizations."""

    followups: int

    def __post_init__(self) -> None:
        scale = max(self.followups, 1) / 200
        self.meetings = max(3, self.followups * 3 // 10)
        self.organizations = min(max(15, round(40 * scale**0.5)), _most_organizations())
        self.series = max(4, round(12 * scale**0.8))
        self.topics = min(max(8, round(24 * scale**0.25)), len(names.TOPICS) * len(names.TOPIC_SCOPES))


def _most_organizations() -> int:
    return len(names.PEOPLE) * len(names.PLACES) * len(names.PATTERNS)


@dataclass
class World:
    host: Body
    bodies: list[Body]
    topics: list[Topic]
    references: list[Reference]
    lines: list[Line]
    themes: dict[int, list[Theme]]  # those of each topic, by its key
    staff: list[Any]
    publisher: Any


class WorldMaker:
    """Makes and writes the world."""

    def __init__(
        self, writer: BulkWriter, sizes: Sizes, today: dt.date, rng: random.Random, staff: list[object]
    ) -> None:
        self.writer, self.sizes, self.today, self.rng = writer, sizes, today, rng
        *self.colleagues, self.publisher = [_colleague(*who) for who in names.STAFF]
        self.staff = [*staff, *self.colleagues]
        self.acronyms: Tally[str] = Tally()
        self.themes_of: dict[int, list[Theme]] = {}

    def make(self) -> World:
        themes = self._themes()
        topics = self._topics(themes)
        references = self._references()
        bodies = self._bodies(topics)
        host, *others = bodies
        lines = self._lines(host, others)
        return World(host, others, topics, references, lines, self.themes_of, self.staff, self.publisher)

    def _themes(self) -> list[Theme]:
        """The narrowest themes, or the narrower ones where nothing is below them."""
        levels: tuple[list[Theme], list[Theme], list[Theme]] = ([], [], [])
        for broad, narrower in names.THEMES.items():
            levels[0].append(Theme(name=broad, depth=1))
            for name, narrowest in narrower.items():
                levels[1].append(Theme(name=name, parent=levels[0][-1], depth=2))
                levels[2].extend(Theme(name=leaf, parent=levels[1][-1], depth=3) for leaf in narrowest)
        retired = Theme(name=names.RETIRED_THEME, depth=1, archive_reason="Nothing is submitted on paper any more.")
        retired.archived_at, retired.archived_by = timezone.now(), self.colleagues[0]
        for level in (*levels, [retired]):
            self._write_new(level, "name")
        parents = {theme.parent_id for theme in levels[2]}
        return [*levels[2], *(theme for theme in levels[1] if theme.pk not in parents)]

    def _write_new(self, rows: list[Any], name: str) -> list[Model]:
        """Write and return the rows whose name is free; one that is recorded already is used as it is."""
        recorded = type(rows[0])._base_manager.filter(**{f"{name}__in": [getattr(row, name) for row in rows]})
        known = {getattr(row, name): row for row in recorded}
        for row in rows:
            if found := known.get(getattr(row, name)):
                row.__dict__.update(found.__dict__)
        new = [row for row in rows if row.pk is None]
        self.writer.write(new)
        return new

    def _topics(self, themes: list[Theme]) -> list[Topic]:
        titles = (f"{title}{scope}" for scope in names.TOPIC_SCOPES for title in names.TOPICS)
        topics = [
            Topic(title=title, description=f"{title} at an agency that does not exist.")
            for title in islice(titles, self.sizes.topics)
        ]
        for topic in topics[7::9]:
            topic.status = Topic.Status.DORMANT
        for topic in topics[8::9]:
            topic.status = Topic.Status.CLOSED
        new = {topic.pk for topic in self._write_new(topics, "title")}
        links = []
        for topic in topics:
            self.themes_of[topic.pk] = self.rng.sample(themes, 2) if topic.pk in new else list(topic.themes.all())
            if topic.pk in new:
                links += [Topic.themes.through(topic=topic, theme=theme) for theme in self.themes_of[topic.pk]]
        self.writer.write(links)
        return topics

    def _references(self) -> list[Reference]:
        rows = [Reference(kind=kind, title=title, identifier=number) for kind, title, number in names.REFERENCES]
        self._write_new(rows, "title")
        return rows

    def _bodies(self, topics: list[Topic]) -> list[Body]:
        host = Organization(
            name=names.HOST, acronym=names.HOST_ACRONYM, kind=Kind.REGULATOR, country="BE", is_host=True
        )
        host.description = "A fictional agency. Nothing recorded here happened."
        bodies = [Body(host), *(self._body(i) for i in range(self.sizes.organizations))]
        self._place_under_umbrellas(bodies[1:])
        rows = [body.organization for body in bodies]
        self.writer.write([row for row in rows if row.parent is None])
        self.writer.write([row for row in rows if row.parent is not None])
        self._names_and_numbers(bodies)
        self._people(bodies)
        for body in bodies:
            body.interests = self.rng.sample(topics, min(5, len(topics)))
        return bodies

    def _body(self, i: int) -> Body:
        turn, place_in_turn = divmod(i, len(names.PATTERNS))
        kind, patterns = names.PATTERNS[place_in_turn]
        word, place = (turn + place_in_turn) % len(names.PEOPLE), turn // len(names.PEOPLE)
        pattern = patterns[turn % len(patterns)]
        name = pattern.format(people=names.PEOPLE[word], things=names.THINGS[word]) + names.PLACES[place]
        organization = Organization(name=name, kind=kind, country=names.COUNTRIES[i * 7 % len(names.COUNTRIES)])
        if kind != Kind.COMPANY:
            organization.acronym = self._acronym("".join(word[0] for word in name.split() if word[0].isupper()))
        organization.legal_form = LEGAL_FORMS.get(kind, "")
        organization.sector = Organization.Sector.MANUFACTURING if kind == Kind.COMPANY else ""
        organization.website = f"https://{fold_key(name).replace(' ', '-')}.example/" if i % 3 else ""
        organization.description = "A fictional organization." if i % 2 else ""
        organization.lead = self.staff[i % len(self.staff)] if i % 4 == 0 else None
        if i % 23 == 21:
            organization.archived_at, organization.archived_by = timezone.now(), self.colleagues[0]
            organization.archive_reason = "Dissolved itself, as fictional organizations may."
        return Body(organization)

    def _acronym(self, letters: str) -> str:
        """The first of these letters has them alone; the next ones get a number."""
        self.acronyms[letters] += 1
        return letters if self.acronyms[letters] == 1 else f"{letters}{self.acronyms[letters]}"

    def _place_under_umbrellas(self, bodies: list[Body]) -> None:
        """Companies belong to an association, and some patient and consumer organizations to a larger one."""
        tops: dict[str, list[Organization]] = {}
        for i, body in enumerate(bodies):
            wanted = names.UMBRELLAS.get(Kind(body.organization.kind))
            above = tops.get(wanted, []) if wanted else []
            if above and i % 4:
                body.organization.parent = above[i % len(above)]
            else:
                tops.setdefault(body.organization.kind, []).append(body.organization)

    def _names_and_numbers(self, bodies: list[Body]) -> None:
        others, numbers = [], []
        for i, body in enumerate(bodies[1:], start=1):
            if i % 3 == 1:
                others.append(OtherName(organization=body.organization, name=f"Former {body.organization.name}"))
            if i % 5:
                body.number = self._number(i, body.organization)
                numbers.append(body.number)
            if i % 6 == 2:
                scheme, value = Identifier.Scheme.INTERNAL, f"SAMPLE-{i:05d}"
                numbers.append(Identifier(organization=body.organization, scheme=scheme, value=value))
        self.writer.write(others)
        self.writer.write(numbers)
        for body in bodies[1:]:
            body.organization.refresh_search()

    def _number(self, i: int, organization: Organization) -> Identifier:
        """A number in the form of the EU Transparency Register that it never gives."""
        Status = Identifier.Status
        status = (Status.ACTIVE, Status.ACTIVE, Status.ACTIVE, Status.UNKNOWN, Status.SUSPENDED, Status.REMOVED)[i % 6]
        checked = None if status == Status.UNKNOWN else self.today - dt.timedelta(days=i % 90 + 1)
        return Identifier(organization=organization, value=f"{i:010d}-00", status=status, checked_on=checked)

    def _people(self, bodies: list[Body]) -> None:
        permissions = cycle(Person.Permission.values)
        for body in bodies:
            how_many = 6 if body.organization.is_host else self.rng.randint(1, 4)
            for i in range(how_many):
                person = Person(name=f"{self.rng.choice(names.FIRST_NAMES)} {self.rng.choice(names.LAST_NAMES)}")
                person.contact_permission = next(permissions)
                person.email = fold_key(person.name).replace(" ", ".") + "@example.org" if i % 2 == 0 else ""
                self._consent(person, i)
                body.people.append((person, self._post(person, body.organization, i)))
        self.writer.write([person for body in bodies for person, _post in body.people])
        self.writer.write([post for body in bodies for _person, post in body.people])

    def _consent(self, person: Person, i: int) -> None:
        """Whoever was asked answered on a day; some said that their names may be published, and one took it back."""
        if person.contact_permission == Person.Permission.UNKNOWN:
            return
        person.permission_on = self.today - dt.timedelta(days=400 + i)
        if person.contact_permission == Person.Permission.GIVEN:
            person.name_consent_on = person.permission_on
            person.name_consent_withdrawn_on = self.today - dt.timedelta(days=30) if i == 3 else None
            person.name_consent_ends_on = self.today + dt.timedelta(days=700) if i == 1 else None

    def _post(self, person: Person, organization: Organization, i: int) -> Post:
        rank = (Post.Rank.HEAD, Post.Rank.SENIOR, Post.Rank.OTHER)[min(i, 2)]
        starts_on = self.today - dt.timedelta(days=self.rng.randint(200, 3000)) if self.rng.random() < 0.7 else None
        ended = starts_on is not None and i == 3
        ends_on = self.today - dt.timedelta(days=self.rng.randint(1, 190)) if ended else None
        function = names.FUNCTIONS[min(i, len(names.FUNCTIONS) - 1)]
        return Post(
            person=person, organization=organization, function=function, rank=rank, starts_on=starts_on, ends_on=ends_on
        )

    def _lines(self, host: Body, bodies: list[Body]) -> list[Line]:
        """The series: most with one counterpart, some with several; four meetings of five belong to one."""
        weights = list(islice(cycle((6, 4, 4, 3, 8, 2, 5, 4, 4, 3, 3, 2)), self.sizes.series))
        inside, total, done, lines = self.sizes.meetings * 4 // 5, sum(weights), 0, []
        active = [body for body in bodies if not body.organization.is_archived]
        for i, weight in enumerate(weights):
            until = done + weight
            meetings = inside * until // total - inside * done // total
            done = until
            lines.append(self._line(host, active, i, meetings))
        self.writer.write([line.series for line in lines])
        pairs = [(line.series, body.organization) for line in lines for body in line.bodies]
        self.writer.write([Series.counterparts.through(series=s, organization=o) for s, o in pairs])
        rule = self._rule()
        self.writer.write([Series.regimes.through(series=line.series, regime=rule) for line in lines[::2]])
        return lines

    def _rule(self) -> Regime:
        """The fictional agency's own, under which every other series stands."""
        rule = Regime(code="sample", name=names.RULE, days=PUBLICATION_DAYS, is_in_use=True, covers=names.RULE_COVERS)
        if self._write_new([rule], "name"):
            grounds = enumerate(names.GROUNDS.items(), start=1)
            self.writer.write(
                [Ground(regime=rule, name=name, text=text, order=order) for order, (name, text) in grounds]
            )
        return rule

    def _line(self, host: Body, bodies: list[Body], i: int, meetings: int) -> Line:
        lead, turn = bodies[i % len(bodies)], i // len(bodies)
        subject = f" on {lower(lead.interests[turn % 5].title)}" if turn else ""
        again = f", group {turn // 5 + 1}" if turn >= 5 else ""
        several = i % 4 == 3
        kind = ("platform", "standing_group")[i // 4 % 2] if several else "bilateral"
        what = {"bilateral": "Meetings with", "platform": "Platform with", "standing_group": "Standing group with"}[
            kind
        ]
        series = Series(host=host.organization, title=f"{what} {lead.organization.name}{subject}{again}")
        series.first_ordinal = (1, 1, 3, 1, 7)[i % 5]
        series.cadence_months = max(1, round(48 / meetings)) if meetings and i % 6 != 5 else None
        series.purpose = f"To hear early from {lead.organization.name} and to agree on next steps."
        more = self.rng.sample([body for body in bodies if body is not lead], 3) if several else []
        return Line(series, [lead, *more], meetings, kind)


def lower(title: str) -> str:
    """A title inside a sentence."""
    return title[:1].lower() + title[1:]


def _colleague(username: str, first_name: str, last_name: str) -> Any:
    """A fictional colleague, who works on what was promised as a manager does, and cannot sign in."""
    users = get_user_model()._default_manager
    defaults = {"first_name": first_name, "last_name": last_name, "is_staff": True}
    user, created = users.get_or_create(username=username, defaults=defaults)
    if created:
        user.set_unusable_password()
        user.save()
        user.groups.add(Group.objects.get(name=MANAGER))
    return user
