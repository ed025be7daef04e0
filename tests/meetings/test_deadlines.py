"""Publication deadlines: by which day a rule asks for a meeting, and that the stored day follows what it is made of."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from meetings.models import Ground, Meeting, Regime
from meetings.models.deadlines import due_on, end_of_period
from meetings.shipped_regimes import SHIPPED
from tests import makers as make
from tests.people import People, client_of

MAY_8, MAY_22 = dt.date(2025, 5, 8), dt.date(2025, 5, 22)

WORKED: dict[str, tuple[dict[str, Any], str]] = {
    "14 days": (
        {"days": 14},
        """2025-05-08 2025-05-22; 2024-02-15 2024-02-29; 2024-02-16 2024-03-01; 2025-02-15 2025-03-01
        2025-12-18 2026-01-01; 2025-12-17 2025-12-31; 2025-05-17 2025-05-31; 2025-05-18 2025-06-01
        2024-02-29 2024-03-14; 2100-02-15 2100-03-01""",
    ),
    "30 days": (
        {"days": 30},
        """2025-09-01 2025-10-01; 2025-01-30 2025-03-01; 2024-01-30 2024-02-29; 2024-01-31 2024-03-01
        2025-12-02 2026-01-01; 2025-12-01 2025-12-31; 2025-04-30 2025-05-30; 2025-07-31 2025-08-30
        2024-02-29 2024-03-30; 2025-02-28 2025-03-30""",
    ),
    "end of the quarter": (
        {"counts_from": "period", "period": "quarter", "days": 0},
        """2025-01-01 2025-03-31; 2025-03-31 2025-03-31; 2025-04-01 2025-06-30; 2025-06-30 2025-06-30
        2025-07-01 2025-09-30; 2025-09-30 2025-09-30; 2025-10-01 2025-12-31; 2025-12-31 2025-12-31
        2024-02-29 2024-03-31; 2025-05-08 2025-06-30""",
    ),
    "21 days after four months": (
        {"counts_from": "period", "period": "four_months", "days": 21},
        """2025-01-01 2025-05-21; 2025-04-30 2025-05-21; 2025-05-01 2025-09-21; 2025-08-31 2025-09-21
        2025-09-01 2026-01-21; 2025-12-31 2026-01-21; 2024-02-29 2024-05-21; 2025-05-08 2025-09-21
        2025-12-01 2026-01-21; 2026-01-01 2026-05-21""",
    ),
    "15th of the next month": (
        {"counts_from": "period", "period": "month", "days": 15},
        """2025-01-01 2025-02-15; 2025-01-31 2025-02-15; 2025-02-28 2025-03-15; 2024-02-29 2024-03-15
        2024-02-01 2024-03-15; 2025-11-30 2025-12-15; 2025-12-01 2026-01-15; 2025-12-31 2026-01-15
        2025-04-30 2025-05-15; 2025-05-08 2025-06-15""",
    ),
    "half-year, and half a year": (
        {"counts_from": "period", "period": "half_year", "days": 184},
        """2025-01-01 2025-12-31; 2025-06-30 2025-12-31; 2025-07-01 2026-07-03; 2025-12-31 2026-07-03
        2024-02-29 2024-12-31; 2024-06-30 2024-12-31; 2024-07-01 2025-07-03; 2023-12-31 2024-07-02
        2025-03-31 2025-12-31; 2025-10-01 2026-07-03""",
    ),
    "14 days, then Monday": (
        {"days": 14, "working_days": "next"},
        """2025-05-08 2025-05-22; 2025-05-09 2025-05-23; 2025-05-10 2025-05-26; 2025-05-11 2025-05-26
        2025-05-12 2025-05-26; 2024-02-17 2024-03-04; 2025-12-20 2026-01-05; 2025-12-21 2026-01-05
        2025-05-17 2025-06-02; 2024-12-21 2025-01-06""",
    ),
    "end of the month, then Monday": (
        {"counts_from": "period", "period": "month", "days": 0, "working_days": "next"},
        """2025-05-08 2025-06-02; 2025-06-30 2025-06-30; 2025-08-01 2025-09-01; 2025-11-30 2025-12-01
        2024-02-29 2024-02-29; 2025-02-01 2025-02-28; 2024-03-01 2024-04-01; 2022-12-31 2023-01-02
        2023-12-01 2024-01-01; 2025-01-31 2025-01-31""",
    ),
}


@pytest.mark.parametrize("rule", WORKED)
def test_ten_worked_cases(rule: str) -> None:
    fields, table = WORKED[rule]
    pairs = [line.split() for line in table.replace("\n", ";").split(";")]
    assert len(pairs) == 10
    found = [str(due_on(Regime(**fields), dt.date.fromisoformat(day))) for day, _due in pairs]
    assert found == [due for _day, due in pairs]


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    st.integers(0, 400),
    st.sampled_from(["", *Regime.Period.values]),
    st.booleans(),
)
def test_a_deadline_is_never_before_the_meeting(day: dt.date, days: int, period: str, moves: bool) -> None:
    fields = {"days": days, "period": period, "counts_from": "period" if period else "meeting"}
    regime = Regime(**fields, working_days="next" if moves else "any")
    due = due_on(regime, day)
    start = end_of_period(day, period) if period else day
    if due is None:
        assert start + dt.timedelta(days=days + 2) > dt.date(2199, 12, 31)
        return
    assert 0 <= (due - start).days - days <= (2 if moves else 0)
    assert due.weekday() < 5 or not moves
    assert not period or (start >= day and (start + dt.timedelta(days=1)).day == 1)


def stored(meeting: Meeting) -> Any:
    return Meeting.objects.values_list("publication_due_on", flat=True).get(pk=meeting.pk)


@pytest.mark.both_databases
def test_the_earliest_counts_the_own_before_those_of_the_series(people: People) -> None:
    series = make.make_series()
    meeting = make.make_held(series=series, publication_due_on=dt.date(2025, 7, 1))
    assert stored(meeting) == dt.date(2025, 7, 1), "by hand, where there is no rule"
    series.regimes.add(make.make_regime(days=30), fortnight := make.make_regime(days=14), make.make_regime(days=None))
    assert stored(meeting) == MAY_22
    meeting.refresh_from_db()
    meeting.regimes.add(month := make.make_regime(counts_from="period", period="month", days=15))
    assert stored(meeting) == meeting.publication_due_on == dt.date(2025, 6, 15)
    meeting.publication_due_on = dt.date(2027, 1, 1)
    meeting.save()
    assert stored(meeting) == dt.date(2025, 6, 15), "not by hand, where there is one"
    meeting.regimes.remove(month)
    assert stored(meeting) == MAY_22
    series.regimes.remove(fortnight)
    assert stored(meeting) == dt.date(2025, 6, 7)
    meeting.refresh_from_db()
    meeting.starts_on = dt.date(2024, 2, 1)
    meeting.save()
    assert stored(meeting) == dt.date(2024, 3, 2)
    meeting.series = make.make_series()
    meeting.series.regimes.add(make.make_regime(days=0))
    meeting.save()
    assert stored(meeting) == dt.date(2024, 2, 1)


@pytest.mark.both_databases
def test_a_rule_that_changes_moves_what_is_not_published_and_nothing_else(people: People) -> None:
    regime = make.make_regime()
    series = make.make_series()
    series.regimes.add(regime)
    open_, done = make.make_held(series=series), make.make_public(series=series)
    own = make.make_held(series=series)
    own.regimes.add(other := make.make_regime(days=100))
    stranger = make.make_held(publication_due_on=MAY_8)
    version, lines = Meeting.objects.get(pk=open_.pk).version, open_.history.count()
    regime.days = 10
    regime.save()
    assert [stored(one) for one in (open_, done, own, stranger)] == [
        dt.date(2025, 5, 18), MAY_22, dt.date(2025, 8, 16), MAY_8,
    ]  # fmt: skip
    assert Meeting.objects.get(pk=open_.pk).version == version + 1
    last = own.history.latest("history_id")
    assert open_.history.count() == lines + 1
    assert open_.history.latest("history_id").publication_due_on == dt.date(2025, 5, 18)
    other.days = 101
    other.save()
    line = own.history.latest("history_id")
    assert line.pk != last.pk and [link.regime_id for link in line.regimes.all()] == [other.pk]
    done.refresh_from_db()
    done.summary = "A word mended."
    done.save()
    assert stored(done) == MAY_22, "history is not rewritten by a later save either"
    done.starts_on = dt.date(2025, 5, 1)
    done.save()
    assert stored(done) == dt.date(2025, 5, 11), "its own date was wrong, so its deadline was"
    done.withdraw(by=people.publisher, reason="Names.")
    assert stored(done) == dt.date(2025, 5, 11)


@pytest.mark.parametrize(
    ("change", "due"),
    [
        (lambda one: one.cancel(by=None, reason="Strike."), None),
        (lambda one: one.postpone(by=None, reason="Strike."), None),
        (lambda one: one.confirm(by=None), MAY_22),
    ],
)
def test_only_what_takes_place_is_due(people: People, change: Callable[[Meeting], None], due: dt.date | None) -> None:
    series = make.make_series()
    series.regimes.add(make.make_regime())
    meeting = make.make_meeting(series=series)
    assert stored(meeting) is None
    change(meeting)
    assert stored(meeting) == due


def test_the_days_count_from_the_last_day_that_is_known(people: People) -> None:
    regime = make.make_regime()
    cases = [
        ({"ends_on": dt.date(2025, 5, 10)}, dt.date(2025, 5, 24)),
        ({"date_precision": "month"}, dt.date(2025, 6, 14)),
        ({"date_precision": "year"}, dt.date(2026, 1, 14)),
    ]
    for fields, due in cases:
        meeting = make.make_held(**fields)
        meeting.regimes.add(regime)
        assert stored(meeting) == due


def test_a_date_that_moves_beyond_the_old_deadline_is_no_error(people: People) -> None:
    meeting = make.make_held()
    meeting.regimes.add(make.make_regime())
    meeting.starts_on = dt.date(2025, 8, 1)
    meeting.full_clean()
    assert meeting.publication_due_on == dt.date(2025, 8, 15)


def test_who_prepared_publishes_only_where_every_rule_lets_them(people: People) -> None:
    alone, two = make.make_regime(is_by_second_person=False), make.make_regime(is_by_second_person=True)
    meeting = make.make_held(visibility=make.PUBLIC, prepared_by=people.publisher)
    meeting.regimes.add(alone, two)
    with pytest.raises(ValidationError, match="someone else must publish it"):
        meeting.publish(by=people.publisher)
    meeting.regimes.remove(two)
    meeting.publish(by=people.publisher)
    assert meeting.is_published


def test_the_founding_meeting_was_due_on_22_may_and_is_late(people: People) -> None:
    call_command("load_founding_example", by="secretary", publisher="publisher")
    meeting = Meeting.objects.get()
    with time_machine.travel(dt.datetime(2025, 5, 25, 12, tzinfo=dt.UTC)):
        Meeting.objects.update(published_on=dt.date(2025, 5, 25))
    assert [(str(one), one.days, one.is_in_use) for one in meeting.series.regimes.all()] == [
        ("European Commission", 14, True)
    ]
    assert stored(meeting) == MAY_22
    page = client_of(people.secretary).get(meeting.get_absolute_url()).content.decode()
    assert "To be published by" in page and "22 May 2025" in page and "European Commission" in page
    assert "published late, by 3 days" in page
    assert "published late" not in client_of(people.visitor).get(meeting.get_absolute_url()).content.decode()


def test_loading_the_rules_again_changes_nothing_that_was_edited(people: People) -> None:
    call_command("load_regimes")
    assert Regime.objects.count() == len(SHIPPED) and not Regime.objects.in_use().exists()
    assert Ground.objects.filter(regime__code="european-commission").count() == 8
    regime = Regime.objects.get(code="canada")
    regime.name, regime.days, regime.is_in_use = "Our month", 20, True
    regime.save()
    before = list(Regime.objects.order_by("pk").values())
    call_command("load_regimes")
    assert list(Regime.objects.order_by("pk").values()) == before
    with pytest.raises(ValidationError, match="Clear “In use”"):
        regime.delete()


def test_the_form_keeps_a_chosen_rule_that_is_no_longer_in_use(people: People) -> None:
    meeting = make.make_held()
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    assert "Publication rules" not in client_of(people.secretary).get(address).content.decode(), "none is in use"
    gone, other = make.make_regime("Gone"), make.make_regime("Never used", is_in_use=False)
    make.make_regime("Another")
    meeting.regimes.add(gone)
    Regime.objects.filter(pk=gone.pk).update(is_in_use=False)
    page = client_of(people.secretary).get(address).content.decode()
    assert f'name="regimes" value="{gone.pk}"' in page and f'name="regimes" value="{other.pk}"' not in page


def test_only_whoever_publishes_edits_the_rules(people: People) -> None:
    regime = make.make_regime("The rule", grounds=("Embassies",), required_fields=["date", "subject"])
    address = f"/admin/meetings/regime/{regime.pk}/change/"
    assert 'name="days"' not in client_of(people.secretary).get(address).content.decode()
    page = client_of(people.publisher).get(address).content.decode()
    assert 'name="days"' in page and "Embassies" in page and 'value="subject"' in page
    with pytest.raises(ValidationError, match="Choose from the list"):
        Regime(name="Odd", code="odd", required_fields=["colour"]).full_clean()
