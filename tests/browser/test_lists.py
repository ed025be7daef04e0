"""Lists in a browser: narrowed by keyboard, by htmx and without scripts; the address, the focus and the way back."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import Locator, Page, expect

from engagement.accounts.models import SavedView
from tests import makers as make
from tests.browser.looking import look
from tests.browser.windows import Windows
from tests.makers import PUBLIC
from tests.people import People
from tests.thorough import looks

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
@transaction.atomic
def promises(people: People) -> list[Any]:
    """Thirty late public promises on two themes, by many organizations."""
    broad = make.make_theme("Advanced therapies")
    narrow = make.make_theme("Gene editing", parent=broad)
    other = make.make_theme("Fees")
    meeting = make.make_public(counterparts=[people.ours])
    talks = []
    for theme in (narrow, other):
        talk = make.make_discussion(meeting, f"About {theme}")
        talk.themes.add(theme)
        talks.append(talk)
    return [
        make.make_followup(
            f"Promise {number:02d}" if number != 7 else "Glossary",
            discussion=talks[number % 2],
            owner=make.make_organization(f"Society {number:02d}"),
            chaser=people.manager,
            due_on=make.LONG_AGO,
            visibility=PUBLIC,
        )
        for number in range(30)
    ]


def settled(page: Page, address: str, number: str) -> None:
    expect(page).to_have_url(re.compile(re.escape(address) + "$"))
    number_first = re.compile(rf"^\s*{re.escape(number)}\s*(,|$)")  # then which rows, on paper alone
    expect(page.locator("#list-heading")).to_have_text(number_first)


def test_narrowing_by_keyboard(browse: Windows, promises: list[Any]) -> None:
    """A tick answers at once, keeps the focus, is told, has its own address, and goes back."""
    page = browse("/follow-ups/")
    settled(page, "/follow-ups/", "30 follow-ups")
    page.locator("#g-theme > summary").press("Enter")
    page.locator("#f-theme-advanced-therapies").focus()
    page.keyboard.press("Space")
    settled(page, "/follow-ups/?theme=advanced-therapies", "15 follow-ups")
    expect(page.locator("#f-theme-advanced-therapies")).to_be_focused()
    expect(page.locator("#list-told")).to_have_text("15 follow-ups")
    expect(page.locator(".table tbody tr")).to_have_count(15)
    page.locator("#sort-title").press("Enter")
    settled(page, "/follow-ups/?theme=advanced-therapies&sort=title", "15 follow-ups")
    expect(page.locator("#sort-title")).to_be_focused()
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Follow-up")
    page.go_back()
    settled(page, "/follow-ups/?theme=advanced-therapies", "15 follow-ups")
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Due")
    page.locator(".chip", has_text="Advanced therapies").press("Enter")
    settled(page, "/follow-ups/", "30 follow-ups")
    expect(page.locator("#list-heading")).to_be_focused()


def test_finding_a_choice_by_typing(browse: Windows, promises: list[Any]) -> None:
    page = browse("/follow-ups/")
    page.locator("#find-organization").press_sequentially("society 17", delay=5)
    expect(page.locator("#choices-organization .choice")).to_have_count(1)
    expect(page.locator("#find-organization")).to_be_focused()
    expect(page).to_have_url(re.compile("/follow-ups/$"))
    page.locator("#f-organization-society-17").press("Space")
    settled(page, "/follow-ups/?organization=society-17", "1 follow-up")


def test_numbers_of_a_long_list_follow(browse: Windows, promises: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """They move neither the focus nor the address; without scripts they are a link away."""
    monkeypatch.setattr("engagement.core.lists.facets.SOME", 10)
    page = browse("/follow-ups/")
    expect(page.locator("#n-status-open")).to_have_text("30")
    expect(page.locator("#n-theme-fees")).to_have_text("15")
    expect(page.locator("#list-heading")).not_to_be_focused()
    settled(page, "/follow-ups/", "30 follow-ups")
    assert look(page) == []
    plain = browse("/follow-ups/", javascript=False)
    button = plain.get_by_role("button", name="Show", exact=True).bounding_box()
    window = plain.viewport_size
    assert button and window and button["y"] + button["height"] <= window["height"], "it is seen at once"
    expect(plain.locator("#n-status-open")).to_have_text("")
    plain.get_by_role("link", name="Count the rows of each choice").click()
    expect(plain.locator("#n-status-open")).to_have_text("30")


def test_words_and_pages(browse: Windows, promises: list[Any]) -> None:
    page = browse("/follow-ups/")
    page.get_by_role("link", name="Next page").press("Enter")
    expect(page).to_have_url(re.compile(r"/follow-ups/\?after="))
    expect(page.locator(".table tbody tr")).to_have_count(5)
    expect(page.get_by_role("heading", name="30 follow-ups")).to_be_visible()
    page.locator("#f-q").fill("glossary")
    page.keyboard.press("Enter")
    settled(page, "/follow-ups/?q=glossary", "1 follow-up")
    page.reload()
    settled(page, "/follow-ups/?q=glossary", "1 follow-up")


def test_without_scripts(browse: Windows, promises: list[Any]) -> None:
    page = browse("/follow-ups/", javascript=False, width=390)
    page.locator(".filters__summary").click()
    page.locator("#find-organization").fill("society 17")
    page.locator("#filter-go").click()
    page.locator(".filters__summary").click()
    page.locator("#f-organization-society-17").check()
    page.locator("#find-organization").fill("")
    page.locator("#filter-go").click()
    settled(page, "/follow-ups/?organization=society-17", "1 follow-up")
    page.get_by_role("link", name="Remove: Promised by (organization): Society 17").click()
    settled(page, "/follow-ups/", "30 follow-ups")


RARE = {
    "/meetings/": ("mode=in_person", "kind=bilateral"),
    "/organizations/": ("topic=gene-editing", "kind=company"),
    "/topics/": ("series=yearly", "status=open"),
    "/series/": ("kind=bilateral", "theme=therapies"),
    "/follow-ups/": ("country=BE", "status=open"),
}
"""In each list a filter behind "More filters", and another one beside the list."""


@pytest.fixture
def rare(people: People) -> People:
    """One row in each list, with its views saved."""
    theme, topic = make.make_theme("Therapies"), make.make_topic("Gene editing")
    topic.themes.add(theme)
    society = make.make_organization("Society", country="BE")
    meeting = make.make_public(
        counterparts=[society],
        series=make.make_series("Yearly"),
        kind="bilateral",
        attendance_mode="in_person",
    )
    talk = make.make_discussion(meeting, topic=topic)
    talk.themes.add(theme)
    make.make_followup(discussion=talk, visibility=PUBLIC)
    make.make_followup(discussion=talk, visibility=PUBLIC, owner=society, chaser=people.manager)
    lists = {"meetings:list": "/meetings/", "organizations:list": "/organizations/", "topics:list": "/topics/",
             "meetings:series_list": "/series/", "followups:list": "/follow-ups/"}  # fmt: skip
    for name, address in lists.items():
        SavedView.objects.create(owner=people.manager, list_name=name, name="Rare", query=RARE[address][0])
    return people


def follow(page: Page, link: Locator) -> None:
    """Until the next page is there: what is asked of a page at once is asked of the old one."""
    with page.expect_navigation():
        link.click()


def tick(page: Page, asked: str) -> None:
    """Unfold the group of choices it is in, if it is folded."""
    box = f"#f-{asked.replace('=', '-')}"
    if not page.locator(box).is_visible():
        page.locator(f"details.group:has({box}) > summary").click()
    page.locator(box).check()


def both_stand(page: Page, address: str) -> None:
    """Each has its chip and its place in the address, and one row has both."""
    rarer, other = RARE[address]
    expect(page).to_have_url(re.compile(f"{re.escape(other)}(&|$)"))
    expect(page).to_have_url(re.compile(f"{re.escape(rarer)}(&|$)"))
    expect(page.locator(".chips .chip")).to_have_count(2)
    expect(page.locator("#list-heading")).to_have_text(re.compile("^1 "))
    for one in RARE[address]:
        expect(page.locator(f"#f-{one.replace('=', '-')}")).to_be_checked()


def test_more_filters_open_and_stand_on_every_list(browse: Windows, rare: People) -> None:
    page = browse("/")
    for address, (rarer, other) in RARE.items():
        page.goto(address)
        page.locator("#more-filters-head").press("Enter")
        tick(page, rarer)
        expect(page).to_have_url(re.compile(f"{re.escape(f'{address}?{rarer}')}$"))
        tick(page, other)
        both_stand(page, address)
        expect(page.locator("#more-filters")).to_have_attribute("open", "")


def test_two_filters_chosen_at_once_both_stand(browse: Windows, rare: People) -> None:
    """The second is ticked while the answer to the first is on its way, and replaces the form."""
    page = browse("/follow-ups/", user=rare.manager)
    page.evaluate("['f-side-ours', 'f-status-open'].forEach(name => document.getElementById(name).click())")
    expect(page).to_have_url(re.compile("side=ours"))
    expect(page).to_have_url(re.compile("status=open"))


def test_more_filters_without_scripts(browse: Windows, rare: People) -> None:
    page = browse("/", javascript=False)
    for address, (rarer, other) in RARE.items():
        page.goto(address)
        page.locator("#more-filters-head").click()
        follow(page, page.get_by_role("link", name="Show more filters"))
        tick(page, rarer)
        follow(page, page.locator("#filter-go"))
        tick(page, other)
        follow(page, page.locator("#filter-go"))
        both_stand(page, address)


def test_more_filters_of_a_saved_view(browse: Windows, rare: People) -> None:
    page = browse("/", user=rare.manager)
    for address, (_rarer, other) in RARE.items():
        page.goto(address)
        page.locator("#menu-views > summary").click()
        follow(page, page.get_by_role("link", name="Rare"))
        tick(page, other)
        both_stand(page, address)


@looks(1)
def test_every_state_of_a_list(browse: Windows, people: People, promises: list[Any], width: int, dark: bool) -> None:
    """Narrowed, empty, not understood, searched and with every filter open: nothing for axe, nothing too wide."""
    page, faults = browse("/series/", user=people.manager, width=width, dark=dark), []
    for address in (
        "/follow-ups/?theme=advanced-therapies&sort=-title&page=1",
        "/follow-ups/?q=nothing-is-called-so",
        "/follow-ups/?due=never&statsu=open&due_within=-1",
        "/follow-ups/?organization_find=society&priority=20",
        "/topics/?theme=advanced-therapies",
        "/meetings/?country=BE",
        "/organizations/?country_find=bel",
        "/series/?more=1",
        "/meetings/?more=1",
    ):
        page.goto(address)
        if width < 960:
            page.locator(".filters__summary").click()
        faults += look(page)
    assert not faults, "\n".join(faults)


def test_states_are_valid_html(client: Any, people: People, promises: list[Any], vnu: Callable[[str], None]) -> None:
    client.force_login(people.manager)
    for address in (
        "/follow-ups/?theme=advanced-therapies&due=overdue",
        "/follow-ups/?due=never",
        "/topics/?more=1",
        "/series/",
    ):
        vnu(client.get(address).content.decode())


FIRST = """() => {
    const found = document.querySelectorAll("#list tbody tr, #list .rows > li");
    const rows = [...found].map((row) => row.getBoundingClientRect());
    return { top: rows[0].top, whole: rows.filter((row) => row.bottom <= innerHeight).length,
             tallest: Math.max(...rows.map((row) => row.height)) };
}"""
LONG = "Provide figures on experts without conflicts of interest in the committees for therapies of the last year"


@pytest.mark.parametrize(("width", "height", "top", "whole"), [(1280, 800, 340, 8), (390, 844, 500, 2)])
def test_first_screen_of_the_follow_ups(
    browse: Windows, people: People, promises: list[Any], width: int, height: int, top: int, whole: int
) -> None:
    """Rows of two lines, however long the title, of three where a name is long, below one line of tools and the
    numbers; no word of them is cut but in titles."""
    for one in promises[:5]:
        one.title = LONG
        one.save()
    SavedView.objects.create(owner=people.manager, list_name="followups:list", name="Late", query="due=overdue")
    page = browse("/series/", user=people.manager, width=width)
    page.set_viewport_size({"width": width, "height": height})
    page.goto("/follow-ups/")
    first = page.evaluate(FIRST)
    assert first["top"] < top and first["whole"] >= whole, first
    assert width < 960 or first["tallest"] < 70, first
    cut = page.locator("#list tbody td:not(.pick), #list tbody td *").evaluate_all(
        "found => found.filter(e => getComputedStyle(e).textOverflow == 'ellipsis' || e.scrollWidth > e.clientWidth + 1"
        " && getComputedStyle(e).display != 'inline' && !e.matches('.visually-hidden')).map(e => e.textContent.trim())"
    )
    assert not cut
    head = page.evaluate("[...document.querySelectorAll('.page-head--list, .stats')].map(e => e.offsetHeight)")
    assert max(head) < (50 if width > 960 else 90), head


@pytest.mark.parametrize("address", ["/meetings/", "/series/", "/organizations/", "/topics/"])
def test_first_row_of_the_other_lists(browse: Windows, rare: People, address: str) -> None:
    """On a phone one line of header; the list begins with what it lists."""
    page = browse(address, user=rare.manager, width=390)
    first = page.evaluate(FIRST)
    assert first["top"] < 420 and first["whole"] >= 1, first
    assert page.locator(".page-head--list").evaluate("e => e.offsetHeight") < 50


def test_groups_of_choices_are_folded_but_the_first_three(browse: Windows, people: People, promises: list[Any]) -> None:
    """What somebody opens or closes is so next time; what is chosen is seen; there is no button to press."""
    page = browse("/follow-ups/", user=people.manager)
    is_open = "[...document.querySelectorAll('[data-group]')].map(group => group.open)"
    assert page.evaluate(is_open)[:4] == [True, True, True, False] and not any(page.evaluate(is_open)[3:])
    expect(page.locator("#filter-go")).to_be_hidden()
    page.locator("#g-theme > summary").click()
    page.locator("#g-due > summary").click()
    page.goto("/follow-ups/?side=theirs")
    expect(page.locator("#f-theme-fees")).to_be_visible()
    expect(page.locator("#f-side-theirs")).to_be_visible()
    expect(page.locator("#f-due")).to_be_hidden()
    expect(page.locator("#g-series")).to_have_count(0)  # no meeting of a series: nothing to choose
    page.mouse.move(900, 500)
    page.mouse.wheel(0, 400)
    for _attempt in range(50):
        if page.evaluate("scrollY") == 400:
            break
        page.wait_for_timeout(50)
    assert page.evaluate("scrollY") == 400
    expect(page.locator("#f-q")).to_be_in_viewport()
    plain = browse("/follow-ups/", user=people.manager, javascript=False)
    expect(plain.locator("#filter-go")).to_be_visible()


def test_menus_close_and_give_the_focus_back(browse: Windows, people: People, promises: list[Any]) -> None:
    page = browse("/follow-ups/", user=people.manager)
    page.locator("#menu-export > summary").press("Enter")
    expect(page.get_by_role("link", name="CSV table")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="CSV table")).to_be_hidden()
    expect(page.locator("#menu-export > summary")).to_be_focused()
    page.locator("#stat-1").click()
    expect(page).to_have_url(re.compile("due=overdue"))
    expect(page.locator("#menu-export a[href*='overdue']").first).to_be_attached()


EDGES = "(e) => [getComputedStyle(e).outlineStyle, getComputedStyle(e).borderTopStyle].some((s) => s !== 'none')"
CUT = "[...document.querySelectorAll('tbody .late')].some((e) => e.scrollWidth > e.clientWidth)"


def test_with_the_colours_of_the_system(browse: Windows, people: People) -> None:
    """Where our grounds and shadows are gone, what is current, what filters and what state it is still have an edge."""
    make.make_followup(owner=people.ours, chaser=people.manager, due_on=make.LONG_AGO)
    page = browse("/follow-ups/?show=open", user=people.manager, forced_colors="active")
    for one in (".site-nav [aria-current]", ".chip", "tbody .badge"):
        assert page.locator(one).first.evaluate(EDGES), one
    outlined = "(e) => getComputedStyle(e).outlineStyle"
    assert page.locator(".stat").evaluate_all(f"(all) => all.map({outlined})").count("solid") == 1
    assert page.locator("tbody .late").count() == 1 and not page.evaluate(CUT)
