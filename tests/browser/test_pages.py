"""Every page of the site, as a visitor and as a manager, wide and narrow, light and dark."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from playwright.sync_api import Page, Route, expect

from engagement.followups.actions import ACTIONS
from tests import makers as make
from tests.addresses import (
    LOGIN,
    LONG,
    MISSING,
    each,
    make_site,
    merge_addresses,
    staff_addresses,
    told,
    visitor_addresses,
)
from tests.browser.looking import SHAPE, look, skip
from tests.browser.windows import Windows
from tests.imports.files import previewed
from tests.people import People
from tests.thorough import ALL, LOOKS, looks, today

pytestmark = pytest.mark.django_db(transaction=True)

FORBIDDEN = "/admin/meetings/meeting/add/"  # a manager may not log meetings
CURRENT = {"meetings": "Meetings", "series": "Series", "organizations": "Organizations", "topics": "Topics"}
CURRENT["themes"] = CURRENT["references"] = "Topics"
CURRENT["follow-ups"] = "Follow-ups"
CURRENT |= {"": "Today", "today": "Today", "dashboard": "Dashboard"}  # of the secretariat alone
WALKS = [(*look, role, turn) for turn, (look, role) in enumerate(product(LOOKS, ["visitor", "manager"]))]
if not ALL:  # of all pages an eighteenth each, tomorrow the next
    WALKS = [(1280, False, "manager", 0), (390, True, "manager", 1), (1280, True, "visitor", 2)]
FAILURES = ["500.html", "429.html", "403_csrf.html"]


def marked(page: Page) -> list[str]:
    """The page's section is the one marked in the main navigation; outside every section none is."""
    section = page.url.replace("/view-as/visitor", "").split("/")[3]
    current = page.locator(".site-nav [aria-current]").all_inner_texts()
    ways = page.locator(".site-nav a").all_inner_texts()
    wanted = [CURRENT[section]] if CURRENT.get(section) in ways else []
    return [] if current == wanted else [f"{page.url} marks {current}, not {wanted}"]


@pytest.mark.parametrize(("width", "dark", "role", "turn"), WALKS)
@pytest.mark.slow("every page of the site in a browser")
def test_every_page(browse: Windows, people: People, width: int, dark: bool, role: str, turn: int) -> None:
    world, user = make_site(people), getattr(people, role)
    addresses = visitor_addresses(world) if role == "visitor" else staff_addresses(world, user)
    page, faults = browse("/", user=user, width=width, dark=dark), []
    for address in today(list(each(addresses)), parts=18, turn=turn):
        answer = page.goto(address)
        assert answer and answer.status == 200, address
        faults += [*look(page), *marked(page), *skip(page)]
    assert not faults, told(faults)


SPACED = """() => {
    const sheet = new CSSStyleSheet();
    const wide = "letter-spacing: .12em !important; word-spacing: .16em !important;";
    sheet.replaceSync(`* { line-height: 1.5 !important; ${wide} } p { margin-bottom: 2em !important; }`);
    document.adoptedStyleSheets = [sheet];
}"""
"""What a reader may set against any page (WCAG 1.4.12); by a sheet that the security policy lets a script make."""


CUT = """[...document.querySelectorAll("main *")]
    .filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".visually-hidden, .nouns"))
    .slice(0, 3).map((e) => e.outerHTML.slice(0, 120))"""


def long_records(people: People) -> list[str]:
    """A page of each kind whose name is one word of 75 letters, which stands in its breadcrumb too."""
    word = "Mehrwertsteuerdurchführungsverordnungsänderungsgesetzgebungsverfahrensfrage"
    topic, theme = make.make_topic(word), make.make_theme(word)
    topic.themes.add(theme, make.make_theme(f"Unter{word[5:]}", parent=theme))
    host = make.make_host(word)
    series = make.make_series(word, host=host)
    meeting = make.make_public(f"{word}: {word}", host=host, counterparts=[people.ours], series=series)
    talk = make.make_discussion(meeting, topic=topic)
    make.make_position(talk, host, statement=word)
    promise = make.make_followup(word, discussion=talk, owner=host, visibility=20)
    shared = make.make_held("Shared", host=host, counterparts=[people.ours], visibility=10)
    pages = [meeting, topic, *topic.themes.all(), host, meeting.series, promise, shared]
    return [f"/search/?q={word}", "/topics/", *(page.get_absolute_url() for page in pages)]


def too_wide(page: Page) -> list[str]:
    """Nor cut off, except in the one row of the search that is scrolled."""
    shape = page.evaluate(SHAPE)
    cut = page.evaluate(CUT)
    wide = shape["taken"] > shape["width"] or cut or shape["cut"]
    return [f"{page.url} is {shape['taken']} wide: {cut or shape['wide']}"] if wide else []


def fitting(page: Page) -> list[str]:
    """What does not fit, as it is and with the spacing that a reader may set."""
    faults = too_wide(page)
    page.evaluate(SPACED)
    return [*faults, *(f"spaced, {fault}" for fault in too_wide(page))]


def test_nothing_is_wider_than_a_small_phone(browse: Windows, people: People) -> None:
    """Not with words longer than a line, nor with the spacing that a reader may set."""
    page, faults = browse("/", user=people.manager, width=320), []
    for address in ["/", "/meetings/?more=1", "/follow-ups/?more=1", *long_records(people)]:
        page.goto(address)
        faults += fitting(page)
    assert not faults, told(faults)


def test_nor_is_what_one_works_with(browse: Windows, people: People) -> None:
    """The own organization of a representative, two records to merge, an import, a history."""
    meeting = make.make_held(counterparts=[people.ours], visibility=10)
    make.make_followup(LONG, meeting=meeting, owner=people.ours, chaser=people.manager, visibility=10)
    chief = make.make_user("chief", is_staff=True, is_superuser=True)
    preview = previewed([f"{LONG},2024-05-08,{LONG},,{LONG},{LONG}", "Host,2024-13-08,Nobody,,,"], by=chief)
    history = f"/admin/meetings/meeting/{meeting.pk}/history/"
    faults = fitting(browse("/", user=people.representative, width=320))
    page = browse("/", user=chief, width=320)
    for address in (*merge_addresses(chief), f"/imports/{preview.pk}/", history, "/admin/meetings/meeting/"):
        page.goto(address)
        faults += fitting(page)
    assert not faults, told(faults)


@looks(3)
def test_pages_that_say_no(browse: Windows, people: People, width: int, dark: bool) -> None:
    page, faults = browse("/", user=people.manager, width=width, dark=dark, complaints_expected=True), []
    for address, status in ((MISSING, 404), (FORBIDDEN, 403)):
        answer = page.goto(address)
        assert answer and answer.status == status, address
        faults += [*look(page), *skip(page)]
    request = RequestFactory().get("/")
    request.user = people.manager
    for template in FAILURES:
        body = render_to_string(template, {}, request)
        page.route("**/failing/", answer_with(body))
        page.goto("/failing/")
        faults += look(page)
        page.unroute("**/failing/")
    assert not faults, told(faults)


@looks(0)
def test_the_questions_before_an_act(browse: Windows, people: People, width: int, dark: bool) -> None:
    make_site(people)
    given_up = make.make_followup("Given up", owner=people.ours, chaser=people.manager)
    given_up.cancel(by=people.manager, reason="Too late.")
    page, faults = browse("/", user=people.manager, width=width, dark=dark), []
    for action in today(ACTIONS, parts=5):
        page.goto("/follow-ups/?show=all")
        page.locator("[data-pick]").first.check()
        page.locator("#pick-all").check()
        if action.is_rare:
            page.locator("#act-more summary").click()
        page.locator(f"#act-{action.slug}").click()
        expect(page.locator("#act-dialog")).to_be_visible()
        faults += look(page)
        own_page = "(form, slug) => { form.action = `/follow-ups/act/${slug}/`; form.submit(); }"
        page.locator("#act").evaluate(own_page, action.slug)  # as without scripts
        expect(page).to_have_url(re.compile(f"/follow-ups/act/{action.slug}/$"))
        faults += [*look(page), *marked(page), *skip(page)]
    assert not faults, told(faults)


def answer_with(body: str) -> Callable[[Route], None]:
    return lambda route: route.fulfill(status=500, content_type="text/html; charset=utf-8", body=body)


def test_a_mistake_is_told_and_leads_to_its_field(browse: Windows, people: People, axe: Callable[[Page], None]) -> None:
    page = browse(LOGIN, width=390, dark=True)
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.locator("[name=username]")).to_have_value("nobody")
    axe(page)


def test_the_account_menu_opens_by_keyboard(browse: Windows, people: People, axe: Callable[[Page], None]) -> None:
    page = browse("/", user=people.manager, width=390)
    page.locator(".account summary").press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)
    page.get_by_role("button", name="Sign out").press("Enter")
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
