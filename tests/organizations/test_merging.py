"""Merge and undo: two records of one organization become one, and two again."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import transaction
from django.db.models import Model, Q, UniqueConstraint
from django.test import Client

from engagement.core.models import FormerSlug
from engagement.followups.models import CarryOver, FollowUp
from engagement.imports.models import Answer, Import, Layout, Origin
from engagement.minutes.models import How, Minutes
from engagement.samples.loading import load
from meetings.models import AgendaProposal, Party
from organizations.merging.actions import merge_organizations
from organizations.merging.references import STAYS, keyed_models, keyed_rows, references
from organizations.merging.row_merges import JOINS
from organizations.merging.undo import obstacles, undo_merge
from organizations.models import Identifier, Merge, NotSame, Organization, OtherName, Post, Representative
from tests import makers as make
from tests.minutes.making import make_link, send, shared
from tests.people import People

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("versions_stay_true")]


@pytest.fixture
def pair(people: People) -> tuple[Organization, Organization]:
    kept = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM", country="US")
    gone = make.make_organization("ARM Europe", acronym="ARM-E", website="https://arm.example/", country="BE")
    return kept, gone


def dump() -> dict[str, dict[int, dict[str, Any]]]:
    """Everything that a merge could touch, without versions: they only rise."""
    models = {reference.model for reference in references(Organization)} | {NotSame, CarryOver, *keyed_models()}
    models |= {reference.model for reference in references(Party)} | {Party, OtherName}
    found = {}
    for model in sorted(models, key=lambda one: one._meta.label):
        rows = {row["id"]: {k: v for k, v in row.items() if k != "version"} for row in model._base_manager.values()}
        for field in model._meta.many_to_many:
            for row in model._base_manager.all():
                rows[row.pk][field.name] = sorted(getattr(row, field.name).values_list("pk", flat=True))
        found[model._meta.label] = rows
    return found


def everything(kept: Organization, gone: Organization, people: People) -> None:
    """Something of each kind that names the organization that goes, and some of it also the one that stays."""
    host = make.make_host()
    for one, number in ((kept, "11111-11"), (gone, "22222-22")):
        make.make_identifier(one, number)
        make.make_identifier(one, "HRB 7", scheme=Identifier.Scheme.COMPANY)
        OtherName.objects.create(organization=one, name="The Alliance")
    OtherName.objects.create(organization=gone, name="Formerly")
    make.make_organization("Member", parent=gone)
    make.make_assessment(gone)
    Post.objects.create(person=make.make_person(), organization=gone, function="Chair")
    make.make_representative(kept, people.representative, starts_on=dt.date(2024, 1, 1), ends_on=dt.date(2024, 2, 1))
    make.make_representative(gone, people.representative, starts_on=dt.date(2024, 3, 1))
    make.make_representative(gone, people.stranger)
    alone = make.make_public(host=host, counterparts=[gone], series=make.make_series(host=host))
    make.make_participant(alone.parties.get(organization=gone))
    both = make.make_public(host=host, counterparts=[kept, gone])
    both.parties.filter(organization=gone).update(is_lead=True, headcount=4, register_number="22222-22")
    make.make_participant(both.parties.get(organization=kept), "Ada")
    make.make_participant(both.parties.get(organization=gone), "Grace")
    discussion = make.make_discussion(both)
    make.make_position(discussion, gone)
    discussion.mentions.add(gone, kept)
    make.make_discussion(alone).mentions.add(gone)
    alone.series.counterparts.add(gone)
    outcome = make.make_outcome(both, by=gone, to=host)
    make.make_outcome(both, by=host, to=gone)
    AgendaProposal.objects.create(meeting=alone, organization=gone, title="Fees")
    promise = make.make_followup(owner=gone, chaser=people.manager, outcome=outcome)
    CarryOver.objects.create(meeting=alone, followup=promise)
    make.make_report(promise)
    make.make_report_link(promise)
    make.make_followup(owner=host).wait(by=people.manager, on=gone, reason="Their answer.")
    make.make_series("Hosted by the merged", host=gone)
    layout = Layout.objects.first() or Layout.objects.create(name="Layout", noun="meetings")
    Answer.objects.create(layout=layout, text="arm", choice="organization", organization=gone)
    batch = Import.objects.create(layout=layout, file_name="register.csv", sha256="0" * 64, size=1)
    kind = ContentType.objects.get_for_model(Organization)
    Origin.objects.create(batch=batch, row=1, content_type=kind, object_id=gone.pk, record_version=gone.version)
    minutes = Minutes.objects.begin(alone, by=people.secretary)
    send(minutes, people)
    minutes.comment(shared(minutes).number, gone, "Not all.", by=people.representative)
    minutes.agree(shared(minutes).number, gone, how=How.TOLD, by=people.secretary, word="By e-mail.")
    make_link(minutes, people, organization=gone)
    NotSame.remember(gone, host, by=people.secretary)
    NotSame.remember(gone, kept, by=people.secretary)


def pointing_to(organization: Organization) -> set[str]:
    return {reference.label for reference in references(Organization) if reference.rows([organization.pk]).exists()} - {
        "organizations.organization.merged_into"
    }


def test_every_kind_of_reference_is_followed(pair: Any, people: People) -> None:
    """A new field that names organizations fails here until ``everything`` has one: and it is re-attached."""
    kept, gone = pair
    everything(kept, gone, people)
    assert pointing_to(gone) == {one.label for one in references(Organization)} - {
        "organizations.organization.merged_into"
    }
    merge_organizations(kept, [gone], by=people.secretary)
    assert pointing_to(gone) == set()
    for model, keys in keyed_rows(gone):
        assert not keys, model
    origin = Origin.objects.get()
    kept.refresh_from_db()
    assert origin.record == kept and kept.version > origin.record_version  # so its import is not undone unawares
    assert all(STAYS.values())
    call_command("check_visibility", verbosity=0)


def uniques(model: type[Model]) -> list[tuple[str, ...]]:
    constraints = [one for one in model._meta.constraints if isinstance(one, UniqueConstraint)]
    alone = [(field.name,) for field in model._meta.concrete_fields if field.unique and not field.primary_key]
    return [*(tuple(one.fields) for one in constraints), *map(tuple, model._meta.unique_together), *alone]


@pytest.mark.parametrize("model", [Organization, Party])
def test_rows_that_may_stand_only_once_are_joined(model: type[Model]) -> None:
    """Whoever forbids two of a kind for one organization says how two become one."""
    for reference in references(model):
        forbidding = [fields for fields in uniques(reference.model) if reference.field.name in fields]
        if forbidding:
            assert reference.label in JOINS, f"{reference.label}: say with @joins what happens to two of them"


def test_nothing_else_hangs_on_an_organization() -> None:
    """Selections of its own would have to be chosen field by field."""
    assert [field.name for field in Organization._meta.many_to_many] == ["lineage"]


def test_merged_it_is_found_no_more_and_its_address_leads_on(pair: Any, people: People) -> None:
    kept, gone = pair
    gone.name = "ARM in Europe"
    gone.save()
    make.make_public(counterparts=[gone])
    merge_organizations(kept, [gone], by=people.secretary)
    for rows in (Organization.objects.visible_to(people.secretary), Organization.objects.lookup("ARM")):
        assert kept in rows and gone not in rows
    assert list(Organization.objects.resembling("ARM in Europe")) == [kept]
    for address in (gone.get_absolute_url(), "/organizations/arm-europe/", "/organizations/arm-in-europe/"):
        response = Client().get(address)
        assert (response.status_code, response["Location"]) == (301, kept.get_absolute_url())
    assert list(Organization.objects.lookup("arm in europe")) == [kept]
    gone.refresh_from_db()
    assert gone.archive_reason == "Merged into Alliance for Regenerative Medicine"
    with pytest.raises(ValidationError, match="Undo the merge"):
        gone.restore(by=people.secretary)


def test_who_may_not_know_the_kept_one_is_told_nothing(pair: Any, people: People) -> None:
    kept, gone = pair
    merge_organizations(kept, [gone], by=people.secretary)
    response = Client().get(gone.get_absolute_url())
    assert (response.status_code, "Location" in response.headers) == (404, False)


def test_fields_are_chosen_and_what_is_empty_is_filled(pair: Any, people: People) -> None:
    kept, gone = pair
    umbrella = make.make_organization("Umbrella")
    gone.parent, gone.description = umbrella, "From the register."
    gone.save()
    merge_organizations(kept, [gone], by=people.secretary, taking={"country": gone, "name": gone})
    kept.refresh_from_db()
    assert (kept.name, kept.acronym, str(kept.country), kept.website) == (
        "ARM Europe",
        "ARM",
        "BE",
        "https://arm.example/",
    )
    assert (kept.parent, kept.description) == (umbrella, "From the register.")
    names = set(kept.other_names.values_list("name", flat=True))
    assert names == {"Alliance for Regenerative Medicine", "ARM-E"}
    assert set(kept.lineage.all()) == {kept, umbrella}
    with pytest.raises(ValidationError):
        merge_organizations(kept, [make.make_organization()], by=people.secretary, taking={"slug": kept})


def test_two_parties_of_one_meeting_become_one(pair: Any, people: People) -> None:
    kept, gone = pair
    everything(kept, gone, people)
    both = kept.parties.get().meeting
    merge_organizations(kept, [gone], by=people.secretary)
    party = both.parties.get(organization=kept)
    assert (party.is_lead, party.headcount, party.side) == (True, 4, "counterpart")
    assert sorted(party.participants.values_list("name", flat=True)) == ["Ada", "Grace"]
    assert both.positions.get().organization == kept
    both.check_whole()
    mandate = Representative.objects.get(user=people.representative, organization=kept)
    assert (mandate.starts_on, mandate.ends_on) == (dt.date(2024, 1, 1), None)
    assert kept.identifiers.count() == 3


def test_two_sides_of_one_table_are_not_one_organization(people: People) -> None:
    host, counterpart = make.make_host(), make.make_organization()
    make.make_held(host=host, counterparts=[counterpart])
    before = dump()
    with pytest.raises(ValidationError, match="different sides"):
        merge_organizations(host, [counterpart], by=people.secretary)
    assert dump() == before and not Merge.objects.exists()


@pytest.mark.parametrize("name", ["manager", "publisher", "representative", "stranger", "visitor"])
def test_only_a_secretary_merges(pair: Any, people: People, name: str) -> None:
    kept, gone = pair
    user: Any = getattr(people, name)
    with pytest.raises(PermissionDenied):
        merge_organizations(kept, [gone], by=user)
    merge = merge_organizations(kept, [gone], by=people.secretary)
    with pytest.raises(PermissionDenied):
        undo_merge(merge, by=user)


def test_what_cannot_be_merged(pair: Any, people: People) -> None:
    kept, gone = pair
    with pytest.raises(ValidationError):
        merge_organizations(kept, [], by=None)
    with pytest.raises(ValidationError):
        merge_organizations(kept, [kept], by=None)
    merge_organizations(kept, [gone], by=None)
    with pytest.raises(ValidationError, match="already been merged"):
        merge_organizations(make.make_organization(), [gone], by=None)
    with pytest.raises(ValidationError, match="already been merged"):
        gone.refresh_from_db()
        merge_organizations(gone, [kept], by=None)
    put_away = make.make_organization()
    put_away.archive(by=None, reason="Old.")
    with pytest.raises(ValidationError, match="Restore it first"):
        merge_organizations(put_away, [kept], by=None)


def test_a_merged_member_is_not_below_itself(pair: Any, people: People) -> None:
    kept, gone = pair
    top = make.make_organization("Top")
    gone.parent = top
    gone.save()
    kept.parent = gone
    kept.save()
    merge = merge_organizations(kept, [gone], by=None)
    kept.refresh_from_db()
    assert kept.parent == top and set(kept.lineage.all()) == {kept, top}
    undo_merge(merge, by=None)
    kept.refresh_from_db()
    assert kept.parent == gone and set(kept.lineage.all()) == {kept, gone, top}


def test_undone_everything_is_as_before(pair: Any, people: People) -> None:
    kept, gone = pair
    third = make.make_organization("ARM Asia", acronym="ARMA", is_host=True)
    everything(kept, gone, people)
    make.make_party(gone.parties.first().meeting, third, side="observer")
    make.make_followup(owner=third, chaser=people.manager)
    third.is_host = False
    third.save()
    before = dump()
    taking = {name: gone for name in ("name", "acronym", "country")}
    merge = merge_organizations(kept, [gone, third], by=people.secretary, taking=taking)
    assert dump() != before
    assert obstacles(merge) == []
    undo_merge(merge, by=people.secretary)
    after = dump()
    for label, rows in before.items():
        assert after[label] == rows, label
    kept.refresh_from_db()
    assert merge.undone_by == people.secretary
    assert kept.get_absolute_url() == "/organizations/alliance-for-regenerative-medicine/"
    assert gone in Organization.objects.visible_to(people.secretary)
    assert FormerSlug.objects.filter(slug=gone.slug).count() == 0
    with pytest.raises(ValidationError, match="already been undone"):
        undo_merge(merge, by=people.secretary)
    merge_organizations(kept, [gone, third], by=people.secretary)  # and it can be done again


def test_each_change_is_in_the_history(pair: Any, people: People) -> None:
    kept, gone = pair
    everything(kept, gone, people)
    number = gone.identifiers.get(value="22222-22")
    discussion = gone.mentioned_in.first()
    merge = merge_organizations(kept, [gone], by=people.secretary)
    for row in (kept, gone, number, discussion):
        last = type(row).history.filter(id=row.pk).latest("history_id")
        assert last.history_user == people.secretary
    assert number.history.latest("history_id").organization_id == kept.pk
    gone.refresh_from_db()
    assert gone.history.latest("history_id").merged_into_id == kept.pk
    undo_merge(merge, by=people.manager and None)
    assert number.history.latest("history_id").organization_id == gone.pk


def change_name(kept: Organization, gone: Organization, people: People) -> None:
    kept.refresh_from_db()
    kept.name = "Corrected"
    kept.save()


def close_promise(kept: Organization, gone: Organization, people: People) -> None:
    FollowUp.objects.filter(owner=kept).first().complete(by=people.manager)


def correct_number(kept: Organization, gone: Organization, people: People) -> None:
    number = kept.identifiers.get(value="22222-22")
    number.status = Identifier.Status.ACTIVE
    number.save()


def drop_mention(kept: Organization, gone: Organization, people: People) -> None:
    kept.mentioned_in.first().mentions.remove(kept)


def merge_on(kept: Organization, gone: Organization, people: People) -> None:
    merge_organizations(make.make_organization("Bigger"), [kept], by=None)


def remove_number(kept: Organization, gone: Organization, people: People) -> None:
    kept.identifiers.get(value="22222-22").delete()


BUILT_ON = [change_name, close_promise, correct_number, drop_mention, merge_on, remove_number]


@pytest.mark.parametrize("build_on", BUILT_ON)
def test_what_was_built_on_stands_in_the_way_and_nothing_is_undone(pair: Any, people: People, build_on: Any) -> None:
    kept, gone = pair
    everything(kept, gone, people)
    merge = merge_organizations(kept, [gone], by=people.secretary, taking={"name": gone})
    build_on(kept, gone, people)
    before = dump()
    with pytest.raises(ValidationError) as refused:
        undo_merge(merge, by=people.secretary)
    assert refused.value.messages == obstacles(merge) != []
    assert dump() == before
    merge.refresh_from_db()
    assert not merge.is_undone


def test_what_was_added_since_stays_where_it_was_put(pair: Any, people: People) -> None:
    kept, gone = pair
    merge = merge_organizations(kept, [gone], by=people.secretary)
    meeting = make.make_held(counterparts=[kept])
    undo_merge(merge, by=people.secretary)
    assert meeting.parties.filter(organization=kept).exists()


def test_nothing_is_given_to_what_was_merged(pair: Any, people: People) -> None:
    kept, gone = pair
    meeting = make.make_held(counterparts=[kept])
    discussion = make.make_discussion(meeting)
    merge_organizations(kept, [gone], by=None)
    before = dump()
    for give in (
        lambda: make.make_party(meeting, gone),
        lambda: make.make_followup(owner=gone, chaser=people.manager),
        lambda: OtherName.objects.create(organization=gone, name="Late"),
        lambda: discussion.mentions.add(gone),
    ):
        with pytest.raises(ValidationError, match="was merged into"), transaction.atomic():
            give()
    assert dump() == before


def test_the_founding_example_merged_and_undone(people: People) -> None:
    meeting = load(by=people.secretary, publisher=people.publisher)
    kept = meeting.parties.get(side="counterpart").organization
    gone = make.make_organization("Alliance of Regenerative Medicine")
    make.make_held(counterparts=[gone])
    before = dump()
    merge_organizations(gone, [kept], by=people.secretary, taking={"name": kept})
    assert Client().get(meeting.get_absolute_url()).status_code == 200
    assert gone.parties.count() == 2
    undo_merge(Merge.objects.get(), by=people.secretary)
    assert dump() == before


def test_lineage_is_what_working_it_out_afresh_gives(pair: Any, people: People) -> None:
    from engagement.core.models import rebuild_lineage

    kept, gone = pair
    member = make.make_organization("Member", parent=gone)
    make.make_organization("Member of the member", parent=member)
    kept.parent = make.make_organization("Top")
    kept.save()
    pairs = Organization.lineage.through.objects.filter(~Q(pk=None))
    merge = merge_organizations(kept, [gone], by=None)
    for _step in ("merged", "undone"):
        kept_true = set(pairs.values_list("from_organization", "to_organization"))
        rebuild_lineage(Organization)
        assert kept_true == set(pairs.values_list("from_organization", "to_organization"))
        if not merge.is_undone:
            undo_merge(merge, by=None)
