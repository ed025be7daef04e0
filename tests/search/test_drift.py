"""Index consistency: after whatever happened, every entry is what it would be if it were written now."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from engagement.followups.models import FollowUp
from engagement.imports import actions
from engagement.search.models import Entry
from engagement.topics.models import Reference, Theme, Topic
from meetings.models import Discussion, Document, Meeting, Outcome, Party, Position, Series
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import undo_merge
from organizations.models import Identifier, Merge, Organization, OtherName
from tests import makers as make
from tests.imports.files import committed
from tests.makers import INTERNAL, PUBLIC, SHARED
from tests.people import People
from tests.search.drift import drift

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
WORDS = "vaccine gene therapy access shortage trial board paper rule market price data".split()  # noqa: SIM905


class Life:
    """Somebody does one thing after another, whatever comes to mind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.host = make.make_host()
        for _ in range(4):
            make.make_organization(self.words())
            make.make_theme(f"{self.words()} {self.random.random()}")
            make.make_topic(f"{self.words()} {self.random.random()}")

    def words(self) -> str:
        return " ".join(self.random.choices(WORDS, k=3))

    def one(self, model: Any) -> Any:
        """Any record, or StopIteration where there is none."""
        keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
        return model._base_manager.get(pk=self.random.choice(keys)) if keys else next(iter(()))

    def do(self, acts: "Sequence[Callable[[Life], None]] | None" = None) -> None:
        act = self.random.choice(acts or ACTS)
        with suppress(ValidationError, ProtectedError, IntegrityError, StopIteration), transaction.atomic():
            act(self)


def meets(life: Life) -> None:
    others = {life.one(Organization) for _ in range(2)} - {life.host}
    meeting = make.make_held(life.words(), host=life.host, counterparts=list(others), visibility=PUBLIC)
    meeting.summary, meeting.internal_notes = life.words(), life.random.choice(["", life.words()])
    meeting.save()


def discusses(life: Life) -> None:
    topic = life.random.choice([None, life.one(Topic)])
    discussion = make.make_discussion(life.one(Meeting), "" if topic else life.words(), topic=topic, said=life.words())
    make.make_position(discussion, statement=life.words())
    make.make_outcome(discussion.meeting, life.words(), discussion=discussion)
    make.make_followup(life.words(), discussion=discussion, is_joint=True)


def files_a_paper(life: Life) -> None:
    make.make_document(life.one(Meeting), life.words(), number=life.words())


def edits(life: Life) -> None:
    model, field = life.random.choice(
        [
            (Organization, "description"),
            (Topic, "title"),
            (Theme, "description"),
            (Meeting, "summary"),
            (Meeting, "internal_notes"),
            (Discussion, "title"),
            (Discussion, "internal_notes"),
            (Position, "statement"),
            (Outcome, "text"),
            (Document, "title"),
            (FollowUp, "title"),
        ]
    )
    record = life.one(model)
    setattr(record, field, life.random.choice([life.words(), f"{life.words()} {life.random.random()}"]))
    record.save()


def chooses(life: Life) -> None:
    discussion, topic, theme = life.one(Discussion), life.one(Topic), life.one(Theme)
    life.random.choice(
        [
            lambda: discussion.themes.set(life.random.choice([[], [theme]])),
            lambda: topic.themes.set(life.random.choice([[], [theme]])),
            lambda: theme.topics.add(topic),
            lambda: discussion.mentions.add(life.one(Organization)),
            lambda: discussion.mentions.clear(),
        ]
    )()


def narrows(life: Life) -> None:
    record = life.one(life.random.choice([Meeting, Discussion, Position, Outcome, Document, FollowUp]))
    record.visibility = life.random.choice([INTERNAL, SHARED, PUBLIC])
    record.save()


def moves(life: Life) -> None:
    meeting = life.one(Meeting)
    meeting.starts_on = dt.date(2020 + life.random.randrange(6), 3, 1)
    meeting.save()


def publishes(life: Life) -> None:
    meeting = life.one(Meeting)
    life.random.choice([lambda: meeting.publish(by=None), lambda: meeting.withdraw(by=None, reason=life.words())])()


def seats(life: Life) -> None:
    life.random.choice([lambda: make.make_party(life.one(Meeting), life.one(Organization)), life.one(Party).delete])()


def settles(life: Life) -> None:
    followup = life.one(FollowUp)
    life.random.choice(
        [
            lambda: followup.complete(by=None, result=life.words()),
            lambda: followup.reopen(by=None, reason="Too early"),
            lambda: followup.move_due(by=None, to=dt.date(2061, 1, life.random.randrange(1, 28)), reason="Later"),
            lambda: followup.wait(by=None, on=life.one(Organization), reason="Them"),
        ]
    )()


def names(life: Life) -> None:
    organization = life.one(Organization)
    life.random.choice(
        [
            lambda: OtherName.objects.create(organization=organization, name=f"{life.words()} {life.random.random()}"),
            lambda: make.make_identifier(organization, f"X{life.random.random()}", scheme=Identifier.Scheme.INTERNAL),
            life.one(OtherName).delete,
            life.one(Identifier).delete,
            lambda: organization.archive(by=None, reason=life.words()),
            lambda: organization.restore(by=None),
        ]
    )()


def merges(life: Life) -> None:
    kept, gone = life.one(Organization), life.one(Organization)
    merge_organizations(kept, [gone], by=None)


def takes_back(life: Life) -> None:
    undo_merge(life.one(Merge), by=None)


def erases(life: Life) -> None:
    life.one(life.random.choice([Discussion, Position, Outcome, Document, Party, Meeting])).delete()


ACTS: list[Callable[[Life], None]] = [
    meets, meets, discusses, discusses, files_a_paper, edits, edits, edits, chooses, narrows, moves, publishes,
    seats, settles, names, merges, takes_back, erases,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_happens(people: People, seed: int) -> None:
    life = Life(seed)
    for step in range(90):
        life.do()
        if step % 30 == 29:
            assert drift() == [], f"after {step + 1} steps"
    assert Entry.objects.count() > 30


def test_an_import_and_its_undoing(db: None) -> None:
    importer = make.make_user("importer", is_staff=True)
    importer.groups.add(Group.objects.get(name="importer"))
    make.make_organization("Kay")
    before = set(Entry.objects.values_list("kind", "source"))
    record = committed(
        [
            "Cabinet A,2022-01-27,Kay;Lee,1111111111-11;2222222222-22,The subject,Brussels",
            "Cabinet A,2022-02-27,Kay,1111111111-11,Once,",
        ],
        importer,
    )
    assert Entry.objects.filter(kind="meeting").count() == 2
    assert drift() == []
    actions.undo(record, by=importer)
    assert drift() == []
    assert set(Entry.objects.values_list("kind", "source")) == before


def test_a_sample(people: People) -> None:
    call_command("make_sample", "--follow-ups", "30", verbosity=0)
    assert Entry.objects.filter(kind="followup").count() >= 30
    assert drift() == []


def test_the_founding_example(people: People) -> None:
    call_command("load_founding_example", verbosity=0)
    assert Entry.objects.filter(kind="position").exists()
    assert drift() == []


def test_a_save_that_fails_leaves_the_entry_as_it_was(people: People) -> None:
    discussion = make.make_discussion(make.make_public(), "Zebrafish")
    with pytest.raises(ValidationError):
        discussion.meeting = make.make_public()
        discussion.title = "Axolotl"
        discussion.save()
    assert Entry.objects.get(kind="discussion").heading == "Zebrafish"
    assert drift() == []


def test_series_and_references(people: People) -> None:
    series, reference = make.make_series("One"), make.make_reference("Two")
    Series.objects.get(pk=series.pk).delete()
    Reference.objects.get(pk=reference.pk).delete()
    assert not Entry.objects.filter(kind__in=["series", "reference"]).exists()
