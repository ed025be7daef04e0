"""What the database itself refuses, whoever writes to it; and that every refusal has a sentence."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone

from engagement.accounts.models import DefaultView, Look, SavedView, User
from engagement.accounts.models.failed_sign_ins import FailedSignIn
from engagement.core.models import FormerSlug
from engagement.core.models.sent_forms import SentForm
from engagement.followups.models import CarryOver, FollowUp, Report, ReportLink
from engagement.imports.models import Answer, Import, ImportRow, Layout
from engagement.minutes.models import (
    Minutes,
    MinutesAgreement,
    MinutesComment,
    MinutesLink,
    MinutesResolution,
    MinutesSending,
    MinutesTexts,
    MinutesVersion,
)
from engagement.reminders.models import Digest, Preference, PublishingReminder, SentReminder
from engagement.returns.models import Return, ReturnColumn, ReturnForm, ReturnTable
from engagement.search.models import Entry
from engagement.topics.models import Reference, Theme
from meetings.models import (
    AgendaProposal,
    Discussion,
    Document,
    Ground,
    Meeting,
    Participant,
    Party,
    Position,
    ProposedChange,
    ProposedFile,
    Regime,
    Series,
)
from organizations.models import (
    Assessment,
    Criterion,
    Identifier,
    NotSame,
    Organization,
    OtherName,
    Person,
    Post,
    Representative,
)
from tests import makers
from tests.house import ROOT

pytestmark = pytest.mark.both_databases

MONDAY, TUESDAY = dt.date(2025, 3, 3), dt.date(2025, 3, 4)
FAR = dt.date(2200, 1, 1)
TEN, ELEVEN = dt.time(10), dt.time(11)


def meeting(**fields: Any) -> Meeting:
    return Meeting(**{"title": "Wrong", "slug": "wrong", "reference": "BM-1", **fields})


def exempt(**fields: Any) -> Meeting:
    ground = makers.make_regime(grounds=("Ground",)).grounds.get()
    return meeting(**{"exempted_at": timezone.now(), "exemption_ground": ground, "exemption_text": "Why.", **fields})


def followup(**fields: Any) -> FollowUp:
    fields = {"title": "Wrong", "reference": "FU-1", "side": "ours", **fields}
    if not fields.get("is_joint"):
        fields = {"owner": makers.make_host(), **fields}
    return FollowUp(**fields)


def twin(record: Any, **other: Any) -> Any:
    """The same once more."""
    fields = {field.name: getattr(record, field.name) for field in record._meta.concrete_fields}
    return type(record)(**{**fields, "id": None, **other})


def assessment(**fields: Any) -> Assessment:
    given = {"organization": makers.make_organization(), "criterion": makers.make_criterion(), "assessed_on": MONDAY}
    return Assessment(**{**given, **fields})


def minutes_version() -> MinutesVersion:
    return Minutes.objects.begin(makers.make_held(), by=None).versions.get()


def minutes_comment(**fields: Any) -> MinutesComment:
    given = {"version": minutes_version(), "organization": makers.make_organization(), "text": "So.", **fields}
    return MinutesComment(**{"by": makers.make_user(), **given})


def kept_comment() -> MinutesComment:
    comment = minutes_comment()
    comment.save()
    return comment


def minutes_agreement(*, is_kept: bool = False, **fields: Any) -> MinutesAgreement:
    given = {"version": minutes_version(), "organization": makers.make_organization(), "how": "silent", **fields}
    agreement = MinutesAgreement(**given)
    if is_kept:
        agreement.save()
    return agreement


def second_of_a_series() -> Meeting:
    return meeting(series=makers.make_meeting(series=makers.make_series(), ordinal=2).series, ordinal=2)


def saved_view() -> SavedView:
    return SavedView.objects.create(owner=makers.make_user(), list_name="meetings:list", name="Named", query="q=x")


def digest() -> Digest:
    return Digest.objects.create(person=makers.make_user(), told_on=MONDAY)


def proposed_file() -> ProposedFile:
    change = ProposedChange.objects.create(meeting=makers.make_meeting(), form_version=1)
    return ProposedFile.objects.create(change=change, sha256="x", name="a.pdf", file="proposed/BM/a.pdf")


def publishing_reminder() -> PublishingReminder:
    facts = {"meeting": makers.make_meeting(), "person": makers.make_user(), "told_on": MONDAY}
    return PublishingReminder.objects.create(**facts)


def sent_reminder() -> SentReminder:
    mail = digest()
    fields = {"followup": makers.make_followup(), "person": mail.person, "kind": "mine", "told_on": MONDAY}
    return SentReminder.objects.create(digest=mail, **fields)


def shared_view(owner: User, **fields: Any) -> SavedView:
    return SavedView(owner=owner, list_name="meetings:list", name="Shared", **fields)


def carry_over(**fields: Any) -> CarryOver:
    return CarryOver(**{"meeting": makers.make_meeting(), "decision": "kept", **fields})


def once_more(**thing: Any) -> CarryOver:
    return twin(CarryOver.objects.create(meeting=makers.make_meeting(), **thing))


def report(**fields: Any) -> Report:
    return makers.make_report(makers.make_followup(), **fields)


def report_link() -> ReportLink:
    return makers.make_report_link(makers.make_followup(owner=makers.make_organization(), chaser=makers.make_user()))


def second_entry() -> Entry:
    topic = makers.make_topic()
    return twin(Entry.objects.get(kind="topic", source=topic.pk))


def proposal(**fields: Any) -> AgendaProposal:
    organization = makers.make_organization()
    return AgendaProposal(meeting=makers.make_meeting(), organization=organization, title="Fees", **fields)


def layout() -> Layout:
    return Layout.objects.create(name="A layout", noun="meetings")


def file_in(**fields: Any) -> Import:
    return Import(layout=layout(), file_name="a.csv", size=1, **fields)


def row_in(**fields: Any) -> ImportRow:
    batch = file_in()
    batch.save()
    return ImportRow(**{"batch": batch, "number": 3, "outcome": "new", **fields})


def once_more_row() -> ImportRow:
    row = row_in()
    row.save()
    return twin(row)


def return_form(**fields: Any) -> ReturnForm:
    return ReturnForm(**{"name": "A form", "code": "a-form", "period": "month", **fields})


def return_table(**fields: Any) -> ReturnTable:
    (form := return_form()).save()
    return ReturnTable(form=form, name="A table", **fields)


def return_column(**fields: Any) -> ReturnColumn:
    (table := return_table()).save()
    return ReturnColumn(table=table, form=table.form, heading="Date", **fields)


def sent_return(**fields: Any) -> Return:
    (form := return_form()).save()
    days = {"starts_on": MONDAY, "ends_on": TUESDAY, "number": 1}
    counts = dict.fromkeys(("size", "meeting_count", "row_count", "missing_count"), 0)
    return Return(form=form, host=makers.make_host(), content=b"", is_nil=True, **{**days, **counts, **fields})


def corrected_twice() -> Return:
    (first := sent_return()).save()
    twin(first, number=2, replaces=first).save()
    return twin(first, number=3, replaces=first)


def different() -> NotSame:
    return NotSame.remember(makers.make_organization(), makers.make_organization(), by=makers.make_user())


WRONG: dict[str, Callable[[], Any]] = {
    "former_slug_once": lambda: twin(FormerSlug.objects.create(kind="a.b", slug="c", object_id=1)),
    "theme_at_most_three_levels": lambda: Theme(name="Deep", slug="deep", depth=4),
    "theme_not_its_own_parent": lambda: Theme(id=77, name="Loop", slug="loop", parent_id=77),
    "reference_identifier_once": lambda: Reference(
        title="B", kind="guideline", identifier=makers.make_reference(kind="guideline", identifier="1").identifier
    ),
    "reference_title_once": lambda: twin(makers.make_reference(), slug="another"),
    "organization_has_a_name": lambda: Organization(name="", slug="nameless"),
    "organization_legal_form_known": lambda: Organization(name="Odd", slug="odd", legal_form="club"),
    "organization_sector_known": lambda: Organization(name="Odd", slug="odd", sector="Z"),
    "organization_not_its_own_umbrella": lambda: Organization(id=77, name="Loop", slug="loop", parent_id=77),
    "organization_merged_is_archived": lambda: Organization(
        name="Gone", slug="gone", merged_into=makers.make_organization()
    ),
    "not_same_once": lambda: twin(different()),
    "not_same_in_order": lambda: NotSame(first=makers.make_organization(), second=Organization.objects.get()),
    "other_name_once": lambda: twin(OtherName.objects.create(organization=makers.make_organization(), name="Twice")),
    "identifier_once": lambda: twin(
        makers.make_identifier(makers.make_organization(), "12345-67"), organization=makers.make_organization()
    ),
    "identifier_years": lambda: Identifier(
        organization=makers.make_organization(), value="1", checked_on=dt.date(202, 1, 1)
    ),
    "post_years": lambda: Post(
        person=makers.make_person(), organization=makers.make_organization(), function="Chair", ends_on=FAR
    ),
    "representation_years": lambda: Representative(
        user=makers.make_user(), organization=makers.make_organization(), starts_on=FAR
    ),
    "meeting_years": lambda: meeting(starts_on=FAR),
    "document_years": lambda: Document(
        meeting=makers.make_meeting(), title="Far", kind="agenda", url="https://example.org/", updated_on=FAR
    ),
    "followup_years": lambda: followup(due_on=FAR, original_due_on=FAR),
    "identifier_validity_in_order": lambda: Identifier(
        organization=makers.make_organization(), value="1", valid_from=TUESDAY, valid_to=MONDAY
    ),
    "post_in_order": lambda: Post(
        person=makers.make_person(),
        organization=makers.make_organization(),
        function="Chair",
        starts_on=TUESDAY,
        ends_on=MONDAY,
    ),
    "representative_once": lambda: twin(makers.make_representative(makers.make_organization())),
    "representation_in_order": lambda: Representative(
        user=makers.make_user(), organization=makers.make_organization(), starts_on=TUESDAY, ends_on=MONDAY
    ),
    "series_starts_at_one_or_later": lambda: Series(title="A", slug="a", host=makers.make_host(), first_ordinal=0),
    "series_cadence_at_least_a_month": lambda: Series(title="A", slug="a", host=makers.make_host(), cadence_months=0),
    "meeting_status_known": lambda: meeting(status="dreamt"),
    "meeting_contact_form_known": lambda: meeting(contact_form="dream"),
    "meeting_ordinal_once_in_series": second_of_a_series,
    "meeting_ordinal_needs_series": lambda: meeting(ordinal=1),
    "meeting_confirmed_has_a_date": lambda: meeting(status="confirmed"),
    "meeting_hours_need_a_date": lambda: meeting(start_time=TEN),
    "meeting_precision_known": lambda: meeting(starts_on=MONDAY, date_precision="week"),
    "meeting_precision_needs_a_date": lambda: meeting(date_precision="month"),
    "meeting_hours_need_a_day": lambda: meeting(starts_on=MONDAY, date_precision="month", start_time=TEN),
    "meeting_end_needs_a_start": lambda: meeting(starts_on=MONDAY, end_time=TEN),
    "meeting_days_in_order": lambda: meeting(starts_on=TUESDAY, ends_on=MONDAY),
    "meeting_hours_in_order": lambda: meeting(starts_on=MONDAY, start_time=ELEVEN, end_time=TEN),
    "meeting_cancelled_with_a_reason": lambda: meeting(status="cancelled"),
    "meeting_publisher_with_a_moment": lambda: meeting(published_by=makers.make_user()),
    "regime_days_bounded": lambda: Regime(name="Long", code="long", days=401),
    "regime_period_if_counted_from_it": lambda: Regime(name="Odd", code="odd", period="month"),
    "regime_working_days_known": lambda: Regime(name="Odd", code="odd", working_days="sun"),
    "ground_once_in_regime": lambda: twin(Ground.objects.create(regime=makers.make_regime(), name="Twice")),
    "meeting_exempt_on_a_ground": lambda: meeting(exempted_at=timezone.now()),
    "meeting_exempt_or_published": lambda: exempt(published_at=timezone.now(), published_on=MONDAY),
    "meeting_published_on_a_day": lambda: meeting(published_at=timezone.now()),
    "meeting_ready_until_published": lambda: meeting(ready_by=makers.make_user()),
    "meeting_public_since_published": lambda: meeting(public_since=MONDAY),
    "minutes_years": lambda: Minutes(meeting=makers.make_held(), deadline_on=FAR),
    "minutes_status_known": lambda: Minutes(meeting=makers.make_held(), status="lost"),
    "minutes_sent_with_a_deadline": lambda: Minutes(meeting=makers.make_held(), status="sent"),
    "minutes_final_with_a_moment": lambda: Minutes(meeting=makers.make_held(), status="final"),
    "minutes_texts_once": lambda: MinutesTexts(id=2),
    "minutes_version_once": lambda: twin(minutes_version()),
    "minutes_version_from_one": lambda: twin(minutes_version(), number=0),
    "minutes_version_audience_known": lambda: twin(minutes_version(), number=2, audience=5),
    "minutes_sending_years": lambda: MinutesSending(version_sent=minutes_version(), deadline_on=FAR),
    "minutes_sending_silence_has_a_deadline": lambda: MinutesSending(
        version_sent=minutes_version(), is_silence_agreement=True
    ),
    "minutes_link_years": lambda: MinutesLink(
        minutes=minutes_version().minutes, organization=makers.make_organization(), name="Ada", expires_on=FAR
    ),
    "minutes_comment_by_a_person_or_through_a_link": lambda: minutes_comment(by=None),
    "minutes_comment_says_something": lambda: minutes_comment(text=""),
    "minutes_resolution_refused_with_a_word": lambda: MinutesResolution(
        comment=kept_comment(), is_accepted=False, by=makers.make_user()
    ),
    "minutes_agreement_once": lambda: twin(minutes_agreement(is_kept=True)),
    "minutes_agreement_by_somebody_or_silent": lambda: minutes_agreement(how="link"),
    "minutes_agreement_told_with_a_word": lambda: minutes_agreement(how="told", word=""),
    "published_version_once": lambda: twin(makers.make_public().published_versions.get()),
    "published_version_from_one": lambda: twin(makers.make_public().published_versions.get(), number=0),
    "criterion_validity_in_order": lambda: Criterion(name="Ends first", valid_from=TUESDAY, valid_to=MONDAY),
    "criterion_years": lambda: Criterion(name="Far", valid_from=FAR),
    "assessment_once_a_day": lambda: twin(makers.make_assessment()),
    "assessment_result_known": lambda: assessment(result="perhaps"),
    "assessment_reviewed_later": lambda: assessment(assessed_on=MONDAY, next_review_on=MONDAY),
    "assessment_years": lambda: assessment(next_review_on=FAR),
    "document_version_once": lambda: twin(makers.make_document_version()),
    "document_version_from_one": lambda: twin(makers.make_document_version(), number=0),
    "document_version_kept_or_erased_with_a_reason": lambda: twin(makers.make_document_version(), number=2, file=""),
    "document_held_back_or_public": lambda: Document(
        meeting=makers.make_meeting(),
        title="Open",
        kind="agenda",
        url="https://example.org/",
        ground=makers.make_regime(grounds=("Secrets",)).grounds.get(),
    ),
    "party_once_at_a_meeting": lambda: twin(makers.make_party(makers.make_meeting())),
    "party_one_lead_a_side": lambda: twin(
        makers.make_party(makers.make_meeting(), is_lead=True), organization=makers.make_organization()
    ),
    "party_host_for_itself": lambda: twin(
        makers.make_party(makers.make_meeting(), makers.make_host(), side="host"),
        organization=makers.make_host(),
        on_behalf_of="A client",
    ),
    "participant_has_a_name": lambda: Participant(
        party=(party := makers.make_party(makers.make_meeting())), meeting=party.meeting
    ),
    "participant_erased_has_no_name": lambda: Participant(
        party=(party := makers.make_party(makers.make_meeting())), meeting=party.meeting, name="A", erased_on=MONDAY
    ),
    "participant_consent_in_order": lambda: Participant(
        party=(party := makers.make_party(makers.make_meeting())),
        meeting=party.meeting,
        name="A",
        consent_on=TUESDAY,
        consent_withdrawn_on=MONDAY,
    ),
    "participant_years": lambda: Participant(
        party=(party := makers.make_party(makers.make_meeting())), meeting=party.meeting, name="A", consent_on=FAR
    ),
    "person_consent_ends_after_it_begins": lambda: Person(
        name="A", name_consent_on=TUESDAY, name_consent_ends_on=MONDAY
    ),
    "person_consent_withdrawn_after_it_was_given": lambda: Person(
        name="A", name_consent_on=TUESDAY, name_consent_withdrawn_on=MONDAY
    ),
    "person_erased_has_no_name": lambda: Person(name="A", erased_on=MONDAY),
    "person_years": lambda: Person(name="A", name_consent_on=MONDAY, name_consent_ends_on=FAR),
    "discussion_has_topic_or_title": lambda: Discussion(meeting=makers.make_meeting()),
    "position_of_one_or_joint": lambda: Position(
        discussion=(item := makers.make_discussion(makers.make_meeting())),
        meeting=item.meeting,
        statement="Whose?",
        stance="supports",
    ),
    "document_file_or_address": lambda: Document(meeting=makers.make_meeting(), title="Nowhere", kind="agenda"),
    "document_day_with_direction": lambda: Document(
        meeting=makers.make_meeting(), title="When", kind="letter", url="https://example.org/", exchanged_on=MONDAY
    ),
    "document_not_accessible_explained": lambda: Document(
        meeting=makers.make_meeting(), title="Scan", kind="letter", url="https://x.example/", accessibility="explained"
    ),
    "proposed_file_once": lambda: twin(proposed_file()),
    "proposed_change_state_known": lambda: ProposedChange(
        meeting=makers.make_meeting(), form_version=1, state="forgotten"
    ),
    "proposed_change_returned_with_a_reason": lambda: ProposedChange(
        meeting=makers.make_meeting(), form_version=1, state="returned"
    ),
    "followup_of_one_or_joint": lambda: followup(is_joint=True, side="joint"),
    "followup_side_and_status_known": lambda: followup(side=""),
    "followup_theirs_has_a_chaser": lambda: followup(owner=makers.make_organization(), side="theirs"),
    "followup_closed_with_a_moment": lambda: followup(status="done"),
    "followup_waits_on_somebody": lambda: followup(status="waiting"),
    "followup_keeps_its_first_date": lambda: followup(due_on=MONDAY),
    "carry_over_of_one_thing": carry_over,
    "carry_over_dropped_with_a_reason": lambda: carry_over(followup=makers.make_followup(), decision="dropped"),
    "carry_over_followup_once": lambda: once_more(followup=makers.make_followup()),
    "report_of_done_pending_once": lambda: twin(report()),
    "report_state_fits_its_kind": lambda: twin(report(), kind="progress"),
    "report_by_a_person_or_through_a_link": lambda: twin(report(), reported_by=None),
    "report_link_years": lambda: twin(report_link(), digest="other", expires_on=FAR),
    "report_decided_with_a_moment": lambda: twin(report(), state="confirmed"),
    "report_returned_with_a_reason": lambda: twin(report(), state="returned", decided_at=timezone.now()),
    "report_of_progress_says_something": lambda: twin(report(kind="progress", state="noted"), comment=""),
    "saved_view_named_once": lambda: twin(saved_view(), name="NAMED"),
    "saved_view_shared_once": lambda: shared_view(
        makers.make_user(), person=makers.make_user(), role=Group.objects.get(name="manager")
    ),
    "saved_view_person_is_another": lambda: shared_view((user := makers.make_user()), person=user),
    "saved_view_one_default": lambda: twin(
        DefaultView.objects.create(user=(view := saved_view()).owner, list_name=view.list_name, view=view)
    ),
    "layout_name_once": lambda: twin(layout(), slug="another"),
    "import_state_known": lambda: file_in(state="lost"),
    "import_committed_with_a_moment": lambda: file_in(state="committed"),
    "import_row_once": once_more_row,
    "import_row_outcome_known": lambda: row_in(outcome="perhaps"),
    "answer_once": lambda: twin(Answer.objects.create(layout=layout(), text="EMA", choice="new")),
    "answer_names_an_organization": lambda: Answer(layout=layout(), text="EMA", choice="organization"),
    "return_form_file_known": lambda: return_form(file_format="pdf"),
    "return_form_period_known": lambda: return_form(period="week"),
    "return_table_rows_known": lambda: return_table(rows_of="moon"),
    "return_column_text_of_its_own": lambda: return_column(source="date", text="Always this"),
    "return_days_in_order": lambda: sent_return(starts_on=TUESDAY, ends_on=MONDAY),
    "return_correction_names_what_it_corrects": lambda: sent_return(number=2),
    "return_corrected_once": corrected_twice,
    "carry_over_item_once": lambda: once_more(discussion=makers.make_discussion(makers.make_meeting())),
    "search_entry_once": second_entry,
    "failed_sign_in_place": lambda: twin(
        FailedSignIn.objects.create(source="somebody", place=1, expires_at=timezone.now())
    ),
    "agenda_proposal_state_known": lambda: proposal(state="lost"),
    "agenda_proposal_waits_undecided": lambda: proposal(decided_at=timezone.now()),
    "agenda_proposal_declined_with_a_word": lambda: proposal(state="declined"),
    "look_once_per_page": lambda: twin(
        Look.objects.create(user=makers.make_user(), page="topic", looked_at=timezone.now())
    ),
    "digest_once_a_day": lambda: twin(digest()),
    "publishing_reminder_once_a_day": lambda: twin(publishing_reminder()),
    "sent_reminder_once": lambda: twin(sent_reminder()),
    "reminder_frequency_known": lambda: Preference(user=makers.make_user(), frequency="hourly"),
    "sent_form_once": lambda: twin(SentForm.objects.claim(makers.make_user(), "a-token", "digest")[0]),
}
ALSO_WRONG: list[tuple[str, Callable[[], Any]]] = [
    ("meeting_confirmed_has_a_date", lambda: meeting(status="held")),
    ("meeting_hours_need_a_date", lambda: meeting(ends_on=MONDAY)),
    ("meeting_hours_need_a_day", lambda: meeting(starts_on=MONDAY, date_precision="year", ends_on=TUESDAY)),
    (
        "meeting_hours_in_order",
        lambda: meeting(starts_on=MONDAY, ends_on=MONDAY, start_time=TEN, end_time=TEN),
    ),
    (
        "document_file_or_address",
        lambda: Document(meeting=makers.make_meeting(), title="Both", file="a.pdf", url="https://example.org/"),
    ),
    ("followup_side_and_status_known", lambda: followup(status="forgotten")),
    ("meeting_years", lambda: meeting(publication_due_on=dt.date(1899, 12, 31))),
    ("followup_closed_with_a_moment", lambda: followup(closed_at=timezone.now())),
    ("meeting_exempt_on_a_ground", lambda: exempt(exemption_text="")),
    ("meeting_exempt_on_a_ground", lambda: exempt(exempted_at=None)),
    ("meeting_ready_until_published", lambda: exempt(ready_at=timezone.now())),
    ("regime_period_if_counted_from_it", lambda: Regime(name="Odd", code="odd", counts_from="period")),
    ("followup_of_one_or_joint", lambda: followup(owner=None)),
    ("followup_of_one_or_joint", lambda: followup(is_joint=True, owner=makers.make_host())),
    (
        "carry_over_of_one_thing",
        lambda: carry_over(followup=makers.make_followup(), discussion=makers.make_discussion(makers.make_meeting())),
    ),
]


def constraints_of_the_house() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    ours = [m for m in apps.get_models() if (ROOT / m.__module__.split(".")[0]).is_dir()]
    return {c.name: (m, c) for m in ours if not hasattr(m, "instance_type") for c in m._meta.constraints}


def test_every_constraint_is_tried_here() -> None:
    assert set(WRONG) == set(constraints_of_the_house())


@pytest.mark.parametrize(("name", "make"), [*WRONG.items(), *ALSO_WRONG])
def test_the_database_refuses(db: None, name: str, make: Callable[[], Any]) -> None:
    wrong = make()
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        type(wrong)._base_manager.bulk_create([wrong])
    check = isinstance(constraints_of_the_house()[name][1], models.CheckConstraint)
    if check or connection.vendor == "postgresql":
        assert name in str(refused.value)
    else:
        assert "UNIQUE constraint failed" in str(refused.value)


@pytest.mark.parametrize(("name", "make"), [*WRONG.items(), *ALSO_WRONG])
def test_a_form_says_why(db: None, name: str, make: Callable[[], Any]) -> None:
    wrong = make()
    message = constraints_of_the_house()[name][1].violation_error_message
    assert message, name
    assert "is violated" not in str(message), f"{name} has no sentence"
    assert str(message)[0].isupper()
    assert str(message).endswith(".")
    with pytest.raises(ValidationError) as told:
        wrong.validate_constraints()
    assert str(message) in told.value.messages


def test_what_is_right_is_taken(db: None) -> None:
    """The same records without the fault, so that each fault is what was refused."""
    night = {"starts_on": MONDAY, "ends_on": TUESDAY, "start_time": ELEVEN, "end_time": TEN}
    for number, right in enumerate(
        [
            {"starts_on": MONDAY, "status": "confirmed"},
            {"starts_on": MONDAY, "start_time": TEN, "end_time": ELEVEN},
            {"status": "cancelled", "cancellation_reason": "Strike."},
            {"published_at": timezone.now(), "published_on": MONDAY},
            night,
        ]
    ):
        Meeting.objects.bulk_create([meeting(slug=f"right-{number}", reference=f"BM-{number}", **right)])
    Theme.objects.bulk_create([Theme(name="Third level", slug="third", depth=3)])
    makers.make_reference("Same title", identifier="1")
    makers.make_reference("Same title", identifier="2")
    party = makers.make_party(makers.make_meeting(), is_lead=True)
    Party.objects.bulk_create([twin(party, organization=makers.make_organization(), side="host")])
    FollowUp.objects.bulk_create(
        [
            followup(status="done", closed_at=timezone.now()),
            followup(reference="FU-2", due_on=MONDAY, original_due_on=MONDAY),
            followup(reference="FU-3", owner=None, is_joint=True, side="joint", meeting=makers.make_meeting()),
        ]
    )


def test_an_update_in_bulk_is_refused_as_well(db: None) -> None:
    record = makers.make_meeting()
    theirs = makers.make_followup(owner=makers.make_organization(), chaser=makers.make_user())
    for rows, change in (
        (Meeting.objects.filter(pk=record.pk), {"status": "held", "starts_on": None}),
        (Meeting.objects.filter(pk=record.pk), {"ordinal": 1}),
        (FollowUp.objects.filter(pk=theirs.pk), {"chaser": None}),
        (FollowUp.objects.filter(pk=theirs.pk), {"owner": None}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**change)
