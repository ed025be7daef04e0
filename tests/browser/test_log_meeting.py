"""A secretary with handwritten notes: the founding meeting goes in from one empty form, with one save."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from engagement.followups.models import FollowUp
from engagement.topics.models import Theme
from meetings.models import Meeting
from organizations.models import Organization
from tests import makers as make
from tests.browser.windows import Windows, closing
from tests.people import People
from tests.thorough import one_day_in

ADD = "/admin/meetings/meeting/add/"
ATMP, DIALOGUE, ABROAD = "Advanced therapies", "Strategic dialogue", "International cooperation"
PATIENTS, EXPERIENCE, EXPERTISE, GENES = "Patient engagement", "Patient experience data", "Expertise", "Gene editing"

# topic, themes, positions (who, stance, statement), outcome (kind, text, by, to)
DISCUSSIONS: list[tuple[str, list[str], list[tuple[str, str, str]], tuple[str, str, str, str]]] = [
    (
        "Strategic priorities and pipeline",
        [ATMP, DIALOGUE],
        [
            ("ARM", "informs", "Its priorities and pipeline; Europe as a leading hub."),
            ("ARM", "requests", "Dynamic, supportive rules."),
            ("EMA", "welcomes", "The priorities."),
        ],
        ("Invitation", "Contribute further insight.", "EMA", "ARM"),
    ),
    (
        "EU-US regulatory convergence",
        [ABROAD, ATMP],
        [
            ("Joint", "supports", "Convergence; standard terms, shared review."),
            ("EMA", "commits", "To work together abroad."),
        ],
        ("Conclusion", "Shared terminology matters.", "", ""),
    ),
    (
        "Patient-centred approaches",
        [PATIENTS, EXPERIENCE],
        [("EMA", "requests", "Further insight on patient experience data.")],
        ("Invitation", "Share insight.", "EMA", "ARM"),
    ),
    (
        "Expertise under the revised legislation",
        [EXPERTISE, ATMP],
        [("Joint", "acknowledges", "Expertise must be kept."), ("EMA", "informs", "Specialized expert groups.")],
        ("Conclusion", "Expertise is kept.", "", ""),
    ),
    (
        "Gene editing technologies",
        [ATMP, GENES],
        [("EMA", "acknowledges", "What ARM does to promote them.")],
        ("Agreement", "The dialogue continues.", "", ""),
    ),
]
TAKEAWAYS = [
    "Closer work speeds up approvals.",
    "Alignment may help patients.",
    "Patients first.",
    "Terms are crucial.",
]
PROMISES = [("Further insight on patient experience data", "ARM", "3"), ("Dialogue on gene editing", "Both sides", "5")]

pytestmark = pytest.mark.django_db(transaction=True)


def box(page: Page, name: str) -> Locator:
    return page.locator(f'[name="{name}"]')


def choose(page: Page, name: str, text: str, what: str = "") -> None:
    """Type into a lookup and take the suggestion that says so, by keyboard."""
    field = box(page, name)
    field.fill(text)
    wanted = page.locator(f"#{field.get_attribute('id')}-list").get_by_role("option").filter(has_text=what or text)
    wanted.first.wait_for()
    while field.get_attribute("aria-activedescendant") != wanted.first.get_attribute("id"):
        field.press("ArrowDown")
    field.press("Enter")


def add_row(page: Page, rows: str) -> None:
    page.locator(f'[data-add-row="{rows}"]').click()


def new_organization(page: Page, name: str, acronym: str, kind: str, country: str, host: bool = False) -> None:
    """What the last suggestion opens: a small form in a window of its own, which hands the record back."""
    with page.expect_popup() as opened:
        number = 0 if host else 1
        choose(page, f"parties-{number}-organization", name, "as a new")
    popup = opened.value
    expect(box(popup, "name")).to_have_value(name)
    box(popup, "acronym").fill(acronym)
    box(popup, "kind").select_option(label=kind)
    box(popup, "country").select_option(label=country)
    if host:
        box(popup, "is_host").check()
    with closing(popup):
        popup.locator('.save-button[name="_save"]').click()
    expect(box(page, f"parties-{number}-organization")).to_have_value(f"{name} ({acronym})")


def fill_head(page: Page) -> None:
    box(page, "title").fill("Second bilateral meeting of EMA and ARM")
    box(page, "starts_on").fill("2025-05-08")
    page.locator("#section-0 summary").click()
    box(page, "time_zone").fill("Europe/Amsterdam")
    box(page, "city").fill("Amsterdam")
    box(page, "country").select_option(label="Netherlands")
    box(page, "visibility").select_option(label="Public")
    box(page, "summary_source").select_option(label="As reported by the press")
    box(page, "publication_due_on").fill("2025-05-22")


def fill_parties(page: Page) -> None:
    new_organization(page, "European Medicines Agency", "EMA", "Regulator", "Netherlands", host=True)
    box(page, "parties-0-side").select_option(label="Host")
    new_organization(page, "Alliance for Regenerative Medicine", "ARM", "Industry association", "Belgium")
    box(page, "parties-1-headcount").fill("5")


def fill_discussion(page: Page, number: int) -> None:
    topic, themes, positions, (kind, text, by, to) = DISCUSSIONS[number]
    here = f"discussions-{number}"
    if number:
        add_row(page, "discussions")
    choose(page, f"{here}-topic", topic, "as a new")
    for theme in themes:
        choose(page, f"{here}-themes_text", theme)
    for at, (who, stance, statement) in enumerate(positions):
        if at:
            add_row(page, f"{here}-positions")
        choose(page, f"{here}-positions-{at}-who", who)
        box(page, f"{here}-positions-{at}-stance").select_option(label=stance)
        box(page, f"{here}-positions-{at}-statement").fill(statement)
    add_row(page, f"{here}-outcomes")
    box(page, f"{here}-outcomes-0-kind").select_option(label=kind)
    box(page, f"{here}-outcomes-0-text").fill(text)
    for name, short in (("by", by), ("to", to)):
        if short:
            choose(page, f"{here}-outcomes-0-{name}", short)


def fill_rest(page: Page) -> None:
    page.locator("#discussions-1 summary").filter(has_text="More about this discussion").click()
    choose(page, "discussions-1-references_text", "Mutual recognition agreements EU-US", "as a new")
    for number, text in enumerate(TAKEAWAYS):
        add_row(page, "outcomes")
        box(page, f"outcomes-{number}-kind").select_option(label="Key takeaway")
        box(page, f"outcomes-{number}-text").fill(text)
    for number, (title, who, discussion) in enumerate(PROMISES):
        add_row(page, "followups")
        box(page, f"followups-{number}-title").fill(title)
        choose(page, f"followups-{number}-who", who)
        box(page, f"followups-{number}-from_discussion").select_option(f"discussions-{int(discussion) - 1}")
        box(page, f"followups-{number}-visibility").select_option("20")


def new_series(page: Page) -> None:
    with page.expect_popup() as opened:
        choose(page, "series", "EMA and ARM bilateral meetings", "as a new")
    popup = opened.value
    choose(popup, "host", "EMA", "European Medicines Agency")
    choose(popup, "counterparts_text", "ARM", "Alliance")
    box(popup, "first_ordinal").fill("2")
    with closing(popup):
        popup.locator('.save-button[name="_save"]').click()
    expect(box(page, "series")).to_have_value("EMA and ARM bilateral meetings")


def fill_everything(page: Page) -> None:
    fill_head(page)
    fill_parties(page)
    new_series(page)
    for number in range(len(DISCUSSIONS)):
        fill_discussion(page, number)
    fill_rest(page)


@pytest.fixture
def vocabulary(people: People) -> None:
    for name in (ATMP, DIALOGUE, ABROAD, PATIENTS, EXPERIENCE, EXPERTISE, GENES):
        make.make_theme(name)


@one_day_in(2)
def test_one_form_one_save(browse: Windows, people: People, vocabulary: None) -> None:
    page = browse(ADD, user=people.secretary)
    fill_everything(page)
    page.locator('.save-button[name="_save"]').click()
    page.wait_for_url(re.compile("/meetings/second-bilateral-meeting"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("Second bilateral meeting of EMA and ARM")

    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.ordinal, meeting.prepared_by) == ("held", 2, people.secretary)
    assert stored(meeting) == [
        (topic, sorted(themes), positions, [outcome]) for topic, themes, positions, outcome in DISCUSSIONS
    ]
    takeaways = meeting.outcomes.filter(discussion=None, kind="takeaway")
    assert list(takeaways.values_list("text", flat=True)) == TAKEAWAYS
    promised = [
        (f.title, f.owner.acronym if f.owner else "Both sides", f.discussion.label, f.meeting)
        for f in FollowUp.objects.order_by("pk")
    ]
    assert promised == [(*promise, meeting) for promise in PROMISES]
    assert meeting.discussions.get(order=2).references.get().title == "Mutual recognition agreements EU-US"
    assert Theme.objects.count() == 7 and Organization.objects.filter(acronym__in=["EMA", "ARM"]).count() == 2


def stored(meeting: Meeting) -> list[Any]:
    def short(organization: Any) -> str:
        return organization.acronym if organization else ""

    return [
        (
            discussion.topic.title,
            sorted(discussion.themes.values_list("name", flat=True)),
            [
                (short(p.organization) or "Joint", p.get_stance_display(), p.statement)
                for p in discussion.positions.all()
            ],
            [(o.get_kind_display(), o.text, short(o.by), short(o.to)) for o in discussion.outcomes.all()],
        )
        for discussion in meeting.discussions.all()
    ]


def test_a_reload_half_way_loses_nothing(browse: Windows, people: People, vocabulary: None) -> None:
    make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    page = browse(ADD, user=people.secretary)
    fill_head(page)
    choose(page, "parties-0-organization", "EMA", "European")
    choose(page, "parties-1-organization", "ARM", "Alliance")
    fill_discussion(page, 0)
    fill_discussion(page, 1)
    before = typed(page)
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    page.reload()
    expect(page.get_by_text("We restored your unsaved draft", exact=False).first).to_be_visible()
    assert typed(page) == before
    assert len([value for value in before.values() if value]) > 30


def typed(page: Page) -> dict[str, str]:
    """Everything the form holds, by name."""
    script = """() => Object.fromEntries([...new FormData(document.querySelector('#content form, main form'))]
        .filter(([name]) => !/^(csrfmiddlewaretoken|_once|_base|_version|.*-order)$/.test(name))
        .map(([name, value]) => [name, String(value)]))"""
    found: dict[str, str] = page.evaluate(script)
    return found


def test_an_expired_session_loses_nothing(browse: Windows, people: People) -> None:
    page = browse(ADD, user=people.secretary)
    box(page, "title").fill("Typed before the session ended")
    expect(page.locator("[data-draft-state]")).to_contain_text("Draft saved")
    page.context.clear_cookies(name="sessionid")
    page.locator('.save-button[name="_save"]').click()
    page.locator('[name="username"]').fill("secretary")
    page.locator('[name="password"]').fill("secret")
    page.locator("main button[type=submit], main input[type=submit]").click()
    expect(box(page, "title")).to_have_value("Typed before the session ended")
    assert not Meeting.objects.exists()


def test_a_mistake_deep_in_the_form_is_listed_at_the_top(browse: Windows, people: People) -> None:
    """Nothing is lost, and the link leads to the field."""
    make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    page = browse(ADD, user=people.secretary)
    fill_head(page)
    choose(page, "parties-0-organization", "EMA", "European")
    box(page, "parties-0-side").select_option(label="Host")
    choose(page, "parties-1-organization", "ARM", "Alliance")
    add_row(page, "followups")
    box(page, "followups-0-title").fill("A promise of nobody")
    page.locator('.save-button[name="_save"]').click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("Follow-up 1, Promised by")
    expect(box(page, "followups-0-title")).to_have_value("A promise of nobody")
    summary.get_by_role("link").filter(has_text="Promised by").first.click()
    expect(box(page, "followups-0-who")).to_be_focused()
    assert not Meeting.objects.exists()


def test_the_second_of_two_is_told(browse: Windows, people: People) -> None:
    """Two secretaries open one meeting; the second to save is told who changed what, and loses nothing."""
    other = make.make_user("colleague", first_name="Colette", last_name="Colleague", is_staff=True)
    other.groups.set(people.secretary.groups.all())
    meeting = make.make_held("Meeting of two secretaries")
    make.make_discussion(meeting, "Item", said="As it was")
    address = f"/admin/meetings/meeting/{meeting.pk}/change/"
    first, second = browse(address, user=other), browse(address, user=people.secretary)
    first.locator("#section-0 summary").click()
    box(first, "venue").fill("Room of the first")
    box(first, "discussions-0-said").fill("Said, as the first wrote")
    first.locator('.save-button[name="_save"]').click()
    first.wait_for_url("**/meetings/meeting-of-two-secretaries/")

    box(second, "city").fill("City of the second")
    second.locator('.save-button[name="_save"]').click()
    told = second.get_by_role("alert")
    expect(told).to_contain_text("Colette Colleague")
    expect(told).to_contain_text("Room of the first")
    expect(box(second, "city")).to_have_value("City of the second")
    expect(box(second, "venue")).to_have_value("Room of the first")
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.city) == ("Room of the first", "")

    second.locator('.save-button[name="_save"]').click()
    second.wait_for_url("**/meetings/meeting-of-two-secretaries/")
    meeting.refresh_from_db()
    assert (meeting.venue, meeting.city) == ("Room of the first", "City of the second")
    assert meeting.discussions.get().said == "Said, as the first wrote"


def test_the_same_form_without_javascript(browse: Windows, people: People) -> None:
    """Names are typed and resolved when the form is sent; one more row is a button."""
    make.make_organization("European Medicines Agency", acronym="EMA", is_host=True)
    make.make_organization("Alliance for Regenerative Medicine", acronym="ARM")
    make.make_theme(ATMP)
    page = browse(ADD, user=people.secretary, javascript=False)
    fill_head(page)
    box(page, "parties-0-organization").fill("EMA")
    box(page, "parties-0-side").select_option(label="Host")
    box(page, "parties-1-organization").fill("alliance for regenerative medicine")
    box(page, "discussions-0-topic").fill("Gene editing technologies")
    box(page, "discussions-0-themes_text").fill(ATMP)
    box(page, "discussions-0-positions-0-who").fill("Joint")
    box(page, "discussions-0-positions-0-stance").select_option(label="supports")
    box(page, "discussions-0-positions-0-statement").fill("More of it.")
    add_row(page, "discussions-0-positions")
    expect(box(page, "discussions-0-positions-0-statement")).to_have_value("More of it.")
    box(page, "discussions-0-positions-1-who").fill("ARM")
    box(page, "discussions-0-positions-1-stance").select_option(label="commits")
    box(page, "discussions-0-positions-1-statement").fill("To show how.")
    page.locator('.save-button[name="_save"]').click()
    page.locator('[name="discussions-0-topic_new"]').check()
    page.locator('.save-button[name="_save"]').click()
    meeting = Meeting.objects.get()
    assert [(p.organization.acronym if p.organization else "Joint") for p in meeting.positions.all()] == [
        "Joint",
        "ARM",
    ]
    assert meeting.status == "held" and meeting.discussions.get().topic.title == "Gene editing technologies"


def test_a_visitor_reads_it_on_a_phone_without_javascript(browse: Windows, people: People) -> None:
    meeting = make.make_public("A public meeting", counterparts=[people.ours], internal_notes="Never to be read")
    discussion = make.make_discussion(meeting, "What we talked about", said="What was said")
    make.make_position(discussion, people.ours, statement="Our position")
    make.make_followup("What was promised", discussion=discussion, visibility=20)
    page = browse("/", width=390, javascript=False)
    page.get_by_role("link", name="A public meeting").first.click()
    for words in ("What we talked about", "What was said", "Our position", "What was promised"):
        expect(page.get_by_text(words).first).to_be_visible()
    assert "Never to be read" not in page.content()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
