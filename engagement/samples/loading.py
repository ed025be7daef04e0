"""Loader of the founding example, as a colleague would enter it: through the models' validation and verbs."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from engagement.core.folding import match_key
from engagement.core.models import Visibility
from engagement.core.types import Actor
from engagement.followups.models import FollowUp
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Meeting, Outcome, Party, Position, Regime, Series
from meetings.shipped_regimes import load as load_regimes
from organizations.models import Organization

from . import founding_data

MARK = "founding example"  # stands in the history of the meeting as the reason of the change


def already_there() -> Meeting | None:
    """The meeting, if it was loaded once (whatever was edited since) or logged by hand."""
    loaded = Meeting.history.filter(history_change_reason=MARK).values("id")
    if meeting := Meeting.objects.filter(pk__in=loaded).order_by("pk").first():
        return meeting
    meetings = Meeting.objects.filter(starts_on=founding_data.MEETING["starts_on"])
    for acronym in (founding_data.HOST, founding_data.COUNTERPART):
        key = match_key(founding_data.ORGANIZATIONS[acronym]["name"])
        meetings = meetings.filter(parties__organization__match_key=key)
    return meetings.order_by("pk").first()


def edited_since(meeting: Meeting) -> bool:
    """Whether somebody changed the meeting, a part of it or a follow-up of it after it was loaded."""
    loaded = Meeting.history.filter(id=meeting.pk, history_change_reason=MARK).order_by("-version").first()
    if loaded is None:
        return False
    followups = meeting.followups.all()
    promised = sum(len(item.promises) for item in founding_data.DISCUSSIONS) + len(founding_data.AGREEMENT_PROMISES)
    touched = followups.filter(version__gt=1).exists() or followups.count() != promised
    return meeting.version > loaded.version or touched


@transaction.atomic
def load(by: Actor, publisher: Any) -> Meeting:
    """Log, confirm, hold and publish the meeting; ``publisher`` is not the one who logs it."""
    return _Loading(by, publisher).run()


@dataclass
class _Loading:
    by: Actor
    publisher: Any
    organizations: dict[str, Organization] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)

    def run(self) -> Meeting:
        for acronym, facts in founding_data.ORGANIZATIONS.items():
            self.organizations[acronym] = self._organization(acronym, facts)
        for name in founding_data.THEMES:
            self.themes[name] = self._known_or_new(Theme, name=name)
        for title, kind in founding_data.REFERENCES.items():
            self.references[title] = self._known_or_new(Reference, title=title, kind=kind)
        meeting = self._meeting()
        for order, item in enumerate(founding_data.DISCUSSIONS, start=1):
            self._discussion(meeting, order, item)
        self._outcomes_of_the_whole(meeting)
        meeting.refresh_from_db()
        meeting.confirm(by=self.by)
        meeting.hold(by=self.by)
        meeting._change_reason = MARK
        meeting.publish(by=self.publisher, already_public=True)
        return meeting

    def _save(self, record: Any) -> Any:
        record.full_clean()
        record._history_user = self.by
        record.save()
        return record

    def _known_or_new(self, model: type[Model], **facts: Any) -> Any:
        """A record that is there already is used as it is."""
        return model._base_manager.filter(**facts).first() or self._save(model(**facts))

    def _organization(self, acronym: str, facts: dict[str, Any]) -> Organization:
        known = Organization.objects.filter(match_key=match_key(facts["name"])).order_by("pk").first()
        if known is None:
            return self._save(Organization(acronym=acronym, **facts))
        if facts.get("is_host") and not known.is_host:
            raise ValidationError(f"{known} is recorded, but not as a host: tick “Host” on its form first.")
        return known

    def _series(self) -> Series:
        host = self.organizations[founding_data.HOST]
        if known := Series.objects.filter(title=founding_data.SERIES["title"]).first():
            return known
        series = self._save(Series(host=host, **founding_data.SERIES))
        series.regimes.add(self._regime())
        series.counterparts.set([self.organizations[founding_data.COUNTERPART]])
        return series

    def _regime(self) -> Regime:
        """The rule by which it was due on 22 May 2025; put in use, since the meeting stands under it."""
        load_regimes()
        regime = Regime.objects.get(code=founding_data.REGIME)
        regime.is_in_use = True
        return self._save(regime)

    def _meeting(self) -> Meeting:
        meeting = Meeting(series=self._series(), visibility=Visibility.PUBLIC, **founding_data.MEETING)
        meeting.prepared_at, meeting.prepared_by = timezone.now(), self.by
        self._save(meeting)
        sides = {founding_data.HOST: Party.Side.HOST, founding_data.COUNTERPART: Party.Side.COUNTERPART}
        for order, (acronym, side) in enumerate(sides.items(), start=1):
            organization = self.organizations[acronym]
            self._save(Party(meeting=meeting, organization=organization, side=side, is_lead=True, order=order))
        return meeting

    def _discussion(self, meeting: Meeting, order: int, item: founding_data.Item) -> None:
        themes = [self.themes[name] for name in item.themes]
        discussion = self._save(Discussion(meeting=meeting, order=order, topic=self._topic(item, themes)))
        discussion.themes.set(themes)
        discussion.references.set(self.references[title] for title in item.references)
        discussion.mentions.set(self.organizations[acronym] for acronym in item.mentions)
        for place, held in enumerate(item.positions, start=1):
            position = Position(
                meeting=meeting,
                discussion=discussion,
                organization=self._named(held.holder),
                is_joint=held.holder is None,
                stance=held.stance,
                statement=held.statement,
                order=place,
            )
            self._save(position)
        outcome = self._outcome(meeting, item.outcome, 1, discussion)
        self._promises(meeting, outcome, item.promises)

    def _topic(self, item: founding_data.Item, themes: list[Theme]) -> Topic:
        if known := Topic.objects.filter(title=item.title).first():
            return known
        topic = self._save(Topic(title=item.title))
        topic.themes.set(themes)
        return topic

    def _named(self, acronym: str | None) -> Organization | None:
        return self.organizations[acronym] if acronym else None

    def _outcomes_of_the_whole(self, meeting: Meeting) -> None:
        kind = Outcome.Kind.TAKEAWAY
        for order, text in enumerate(founding_data.TAKEAWAYS, start=1):
            self._outcome(meeting, founding_data.Came(kind, text), order)
        agreement = self._outcome(meeting, founding_data.AGREEMENT, len(founding_data.TAKEAWAYS) + 1)
        self._promises(meeting, agreement, founding_data.AGREEMENT_PROMISES)

    def _outcome(
        self, meeting: Meeting, came: founding_data.Came, order: int, discussion: Discussion | None = None
    ) -> Outcome:
        by, to = self._named(came.by), self._named(came.to)
        outcome = Outcome(meeting=meeting, discussion=discussion, kind=came.kind, text=came.text, by=by, to=to)
        outcome.order = order
        return self._save(outcome)

    def _promises(self, meeting: Meeting, outcome: Outcome, promises: tuple[founding_data.Promised, ...]) -> None:
        for promised in promises:
            owner = self._named(promised.owner)
            followup = FollowUp(title=promised.title, owner=owner, is_joint=owner is None)
            followup.meeting, followup.discussion, followup.outcome = meeting, outcome.discussion, outcome
            followup.chaser = self.by if owner and not owner.is_host else None
            followup.visibility = Visibility.PUBLIC
            followup.side = FollowUp.Side.JOINT if owner is None else FollowUp.Side.THEIRS
            self._save(followup)
