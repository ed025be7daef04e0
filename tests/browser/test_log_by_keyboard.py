"""The founding meeting goes in by keyboard alone, in one window, and few presses of the Tab key lead through it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from engagement.followups.models import FollowUp
from meetings.models import Meeting
from tests import makers as make
from tests.browser.test_log_meeting import ADD, DISCUSSIONS, TAKEAWAYS, stored, vocabulary
from tests.browser.windows import Windows
from tests.people import People
from tests.thorough import ALL, one_day_in

pytestmark = pytest.mark.django_db(transaction=True)
MOST_TABS = 150
REFERENCE = "Mutual recognition agreements EU-US"
AGREEMENT = "To take part in initiatives."
PROMISES = {
    2: ("Further insight on patient experience data", "ARM"),
    4: ("Dialogue on gene editing", "Both sides"),
}
TOGETHER = ("Contribute to established groups", "Both sides")
OF_THE_WHOLE = [*(("Key takeaway", text) for text in TAKEAWAYS), ("Agreement", AGREEMENT)]
NAME = "document.activeElement.name || ''"
__all__ = ["vocabulary"]


class Typist:
    """Hands on a keyboard: what they press, and how often Tab is among it."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys, self.tabs = page, page.keyboard, 0
        # A sentence goes in at once, as dictated: every single key costs the browser a hundredth of a second.
        self.write = page.keyboard.type if ALL else page.keyboard.insert_text

    def to(self, name: str, most: int = 12) -> None:
        """Go on by Tab to the field or button that is called so."""
        for _step in range(most):
            self.keys.press("Tab")
            self.tabs += 1
            if self.is_at(name):
                return
        raise AssertionError(f"Tab does not lead to {name} in {most} steps, but to {self.page.evaluate(NAME)}")

    def is_at(self, name: str) -> bool:
        script = f"[{NAME}, ...Object.values(document.activeElement.dataset)].includes('{name}')"
        return bool(self.page.evaluate(script))

    def choose(self, text: str, what: str = "") -> None:
        """Type into a lookup and take what it suggests."""
        self.keys.type(text)
        options = self.page.locator(".lookup-list:not([hidden])").get_by_role("option")
        wanted = options.filter(has_text=what or text).first
        wanted.wait_for()
        while wanted.get_attribute("aria-selected") != "true":
            self.keys.press("ArrowDown")
        self.keys.press("Enter")

    def pick(self, label: str) -> None:
        """Of a drop-down, by its first letters."""
        self.keys.type(label)
        chosen = self.page.evaluate("document.activeElement.selectedOptions[0].text")
        assert chosen == label, f"{label} typed, {chosen} chosen"

    def date(self, day: str) -> None:
        """Its parts in the order that this browser asks for them."""
        year, month, date = day.split("-")
        for order in (month + date, date + month):
            self.keys.type(order + year)
            if self.page.evaluate("document.activeElement.value") == day:
                return
            for _part in range(2):
                self.keys.press("ArrowLeft")
        raise AssertionError(f"{day} cannot be typed")

    def head(self) -> None:
        assert self.is_at("series"), "a new meeting begins in its first field"
        self.choose("EMA and ARM")
        expect(self.page.locator("#id_series_helptext")).to_contain_text("second meeting of this series")
        self.to("starts_on")
        self.date("2025-05-08")
        self.to("city")
        self.keys.type("Amsterdam")
        self.to("country")
        self.pick("Netherlands")

    def discussion(self, number: int) -> None:
        topic, themes, positions, (kind, text, by, to) = DISCUSSIONS[number]
        here = f"discussions-{number}"
        assert self.is_at(f"{here}-topic")
        self.choose(topic, "as a new")
        self.to(f"{here}-themes_text")
        for theme in themes:
            self.choose(theme)
        if number == 1:
            self.refer()
        self.to(f"{here}-positions-0-who")
        for at, (who, stance, statement) in enumerate(positions):
            if at:
                self.keys.press("Alt+Enter")
            self.choose(who)
            self.to(f"{here}-positions-{at}-stance")
            self.pick(stance)
            self.to(f"{here}-positions-{at}-statement")
            self.write(statement)
        self.to(f"{here}-outcomes")
        self.keys.press("Enter")
        self.pick(kind)
        self.to(f"{here}-outcomes-0-text")
        self.write(text)
        for name, short in (("by", by), ("to", to)):
            if short:
                self.to(f"{here}-outcomes-0-{name}")
                self.choose(short)

    def refer(self) -> None:
        """Behind "More", which Escape folds again."""
        self.to("discussions-1-said")
        self.to("")
        self.keys.press("Enter")
        self.to("discussions-1-references_text")
        self.choose(REFERENCE)
        self.keys.press("Escape")

    def followup(self, number: int, title: str, who: str) -> None:
        here = f"followups-{number}"
        assert self.is_at(f"{here}-title")
        self.write(title)
        self.to(f"{here}-who")
        self.choose(who)
        self.to(f"{here}-visibility")
        self.pick("Everyone who can see the meeting")

    def rest(self) -> None:
        self.to("outcomes")
        self.keys.press("Enter")
        for number, (kind, text) in enumerate(OF_THE_WHOLE):
            if number:
                self.keys.press("Alt+Enter")
            self.pick(kind)
            self.to(f"outcomes-{number}-text")
            self.write(text)
        self.to("followups")
        self.keys.press("Enter")
        self.followup(len(PROMISES), *TOGETHER)
        self.to("summary")
        self.write("Closer work on advanced therapies.")
        self.to("summary_source")
        self.pick("As reported by the press")
        self.to("source_url")
        self.write("https://example.org/article")
        self.to("visibility")
        self.pick("Public")
        self.to("publication_due_on")
        self.date("2025-05-22")
        self.keys.press("Control+Enter")


@one_day_in(2, turn=1)
def test_the_founding_meeting_by_keyboard(browse: Windows, people: People, vocabulary: None) -> None:
    ema = make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    arm = make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    make.make_series("EMA and ARM bilateral meetings", host=ema, first_ordinal=2).counterparts.add(arm)
    make.make_reference(REFERENCE)
    page = browse(ADD, user=people.secretary)
    typist = Typist(page)
    typist.head()
    typist.to("discussions-0-topic")
    for number in range(len(DISCUSSIONS)):
        if number:
            typist.keys.press("Shift+Alt+Enter")
        typist.discussion(number)
        if number in PROMISES:
            typist.to("followups")
            typist.keys.press("Enter")
            typist.followup(list(PROMISES).index(number), *PROMISES[number])
    typist.rest()
    page.wait_for_load_state()
    expect(page.get_by_role("alert")).to_have_count(0)
    page.wait_for_url(re.compile("/meetings/ema-and-arm-second-bilateral-meeting/$"))
    expect(page.get_by_text("Meeting saved. It is shared with ARM and not public yet.")).to_be_visible()
    check(people)
    assert typist.tabs <= MOST_TABS


def check(people: People) -> None:
    meeting: Any = Meeting.objects.get()
    assert (meeting.title, meeting.ordinal, meeting.status) == ("EMA and ARM, second bilateral meeting", 2, "held")
    assert (str(meeting.starts_on), meeting.city, meeting.country.code) == ("2025-05-08", "Amsterdam", "NL")
    assert (meeting.summary_source, meeting.visibility, str(meeting.publication_due_on)) == ("press", 20, "2025-05-22")
    assert [party.organization.acronym for party in meeting.parties.all()] == ["EMA", "ARM"]
    assert stored(meeting) == [
        (topic, sorted(themes), positions, [outcome]) for topic, themes, positions, outcome in DISCUSSIONS
    ]
    assert meeting.discussions.get(order=2).references.get().title == REFERENCE
    assert [outcome.text for outcome in meeting.outcomes.filter(discussion=None)] == [*TAKEAWAYS, AGREEMENT]
    promised = {f.title: (f.discussion and f.discussion.order, f.chaser, f.visibility) for f in FollowUp.objects.all()}
    assert promised == {
        PROMISES[2][0]: (3, people.secretary, 20),
        PROMISES[4][0]: (5, None, 20),
        TOGETHER[0]: (None, None, 20),
    }
