"""Benchmark jobs: pages that people open in a large register, and how to tell that the answer is the right one."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from django.db.models import Count

from benchmarks.queries import ANEW
from benchmarks.server import Answer, Server
from meetings.models import Meeting
from organizations.models import Organization

ROWS = 25
MANAGER, SECRETARY = "manager", "secretary"
VISITOR = ""
LATE = "due=overdue&sort=-due"
COMMON = "report"
SELECTIVE, FREQUENT = "pilot+leaflets", "report+data"
"""Two words: in 2 and 4 of a hundred texts of the sample, and in 5 and 7 of them; it has no rarer ones that meet."""
FOUNDING = "European Medicines Agency and Alliance for Regenerative Medicine"


@dataclass(frozen=True)
class Job:
    """One request; ``wrong`` says in a word what is not as it should be."""

    name: str
    says: str
    ask: Callable[[Server], Answer]
    wrong: Callable[[Answer], str]
    target: float
    """How many times a page that does nothing it may take with a million follow-ups on PostgreSQL."""
    growth: float
    """How many times as long as with ten thousand."""
    path: str = ""
    who: str = ""
    anew: bool = False
    """Whether the page is made for this request, where else it may have been kept from the one before."""


def page(
    name: str, says: str, path: str, who: str, has: Callable[[str], bool], target: float, growth: float, *,
    anew: bool = False,
) -> Job:  # fmt: skip
    """A page that is asked for, and what must be on it."""
    headers = {ANEW: "1"} if anew else {}

    def wrong(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        return "" if has(answer.text) else "not what was asked for"

    return Job(name, says, lambda server: server.get(path, who, **headers), wrong, target, growth, path, who, anew)


def links(pattern: str, at_least: int, at_most: int = 10**6) -> Callable[[str], bool]:
    """So many different links of a kind stand on the page."""
    return lambda text: at_least <= len(set(re.findall(rf'href="({pattern})"', text))) <= at_most


def hits(text: str) -> bool:
    """A page full of results, with the words marked."""
    return text.count("<mark>") >= ROWS


def jobs(server: Server) -> list[Job]:
    """The jobs on this database, as J1 to J7 of the table of targets."""
    meeting = Meeting.objects.filter(title=FOUNDING).first()
    if meeting is None:
        raise SystemExit("The founding example is not there: fill the database with make_sample, then make_demo.")
    first = f"/follow-ups/?{LATE}"
    rows = links('/follow-ups/FU-[^"]*/', ROWS, ROWS)
    name = re.escape(FOUNDING)
    organization = _met_often()
    often, called = f"organization of {organization.number} meetings", re.escape(str(organization.name)[:20])
    return [
        page("J1", "late follow-ups, first page", first, MANAGER, rows, 25, 1.2),
        page("J1 deep", "late follow-ups, last page", _last(server, first), MANAGER, rows, 25, 1.2),
        page("J2 staff anew", "meeting page, staff, first reading after a change", meeting.get_absolute_url(), MANAGER,
             has(name), 15, 1.1, anew=True),
        page("J2 staff", "meeting page, staff", meeting.get_absolute_url(), MANAGER, has(name), 15, 1.1),
        page("J2 visitor anew", "meeting page, visitor, first reading after a change", meeting.get_absolute_url(),
             VISITOR, has(name), 0, 1.1, anew=True),
        page("J2 visitor", "meeting page, visitor", meeting.get_absolute_url(), VISITOR, has(name), 2, 1.1),
        page("J3 rare", "search, a rare word", "/search/?q=regenerative", MANAGER, has("<mark>"), 25, 2),
        page("J3 two", "search, two selective words", f"/search/?q={SELECTIVE}", MANAGER, hits, 25, 2),
        page("J3 two common", "search, two common words", f"/search/?q={FREQUENT}", MANAGER, hits, 60, 2),
        page("J3 common", "search, a common word", f"/search/?q={COMMON}", MANAGER, hits, 60, 2),
        page("J4 anew", f"{often}, first reading after a change", organization.get_absolute_url(), MANAGER,
             has(called), 25, 1.2, anew=True),
        page("J4", often, organization.get_absolute_url(), MANAGER, has(called), 25, 1.2),
        page("J7 today", "what waits for the secretariat today", "/today/", SECRETARY, has("Ours, overdue"), 60, 1.3),
        page("J7 mine", "the same, only mine", "/today/?mine=1", SECRETARY, has("Only what is yours"), 60, 1.3),
        page("J7 dashboard", "dashboard of twelve months", "/dashboard/", MANAGER, has("Meetings held"), 150, 2),
        page("J7 brief", "brief of the founding meeting", f"{meeting.get_absolute_url()}brief/", MANAGER, has(name),
             60, 1.3),
        page("J5 list", "admin, list of follow-ups", "/admin/followups/followup/", MANAGER,
             lambda text: text.count('class="action-select"') >= 50, 60, 1.3),
        page("J7", "publication clock", "/publication/", MANAGER, has("in the last twelve months"), 40, 40),
        saving(meeting),
        exporting(f"/follow-ups.csv?{LATE}"),
    ]  # fmt: skip


def has(pattern: str) -> Callable[[str], bool]:
    return lambda text: re.search(pattern, text) is not None


def _met_often() -> Any:
    """The counterpart nearest to 500 meetings."""
    met = Organization.objects.filter(is_host=False).annotate(number=Count("parties")).order_by("-number")[:200]
    return min(met, key=lambda one: abs(one.number - 500))


def _last(server: Server, path: str) -> str:
    """The address of the last full page of a list, as its pager gives it."""
    found = re.search(r'rel="last"[^>]* href="([^"]+)"|href="([^"]+)"[^>]* rel="last"', server.get(path, MANAGER).text)
    if found is None:
        raise SystemExit(f"{path} has no last page.")
    return (found[1] or found[2]).replace("&amp;", "&")


# Saving and exporting ----------------------------------------------------------------------------------


class _Form(HTMLParser):
    """The fields that a browser would send of a form it did not touch."""

    def __init__(self) -> None:
        super().__init__()
        self.values: list[tuple[str, str]] = []
        self._select = self._area = ""
        self._text = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        name = given.get("name", "")
        if tag == "template":
            self._depth += 1
        if self._depth or "disabled" in given:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "button", "file"):
            if given.get("type") not in ("checkbox", "radio") or "checked" in given:
                self.values.append((name, given.get("value", "")))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in given:
            self.values.append((self._select, given.get("value", "")))
        elif tag == "textarea":
            self._area, self._text = name, ""

    def handle_data(self, data: str) -> None:
        self._text += data if self._area else ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._depth -= 1
        elif tag == "select":
            self._select = ""
        elif tag == "textarea" and self._area:
            self.values.append((self._area, self._text.removeprefix("\n")))
            self._area = ""


def saving(meeting: Meeting) -> Job:
    """The whole form of the founding meeting, saved again with another purpose."""
    path, count = f"/admin/meetings/meeting/{meeting.pk}/change/", [0]

    def ask(server: Server) -> Answer:
        form = _Form()
        form.feed(server.get(path, SECRETARY).text)
        count[0] += 1
        kept = [(name, value) for name, value in form.values if name not in ("purpose", "_selected_action", "q")]
        return server.post(path, SECRETARY, [*kept, ("purpose", f"Measured {count[0]}."), ("_continue", "1")])

    def wrong(answer: Answer) -> str:
        return "" if answer.status == 302 else f"status {answer.status}: it was not saved"

    return Job("J5 save", "admin, the founding meeting saved", ask, wrong, 0, 1.3, path, SECRETARY)


def exporting(path: str) -> Job:
    """The first twenty thousand bytes of the late follow-ups as CSV: when does the browser begin to receive them?"""

    def wrong(answer: Answer) -> str:
        if answer.status != 200:
            return f"status {answer.status}"
        return "" if answer.text.count("FU-") >= ROWS else "no rows"

    return Job("J6", "late follow-ups as CSV, its beginning", lambda server: server.get(path, MANAGER, most=20_000),
               wrong, 0, 1.2, path, MANAGER)  # fmt: skip
