"""Data of a file of minutes: the words of a version with its marking, without the parts that are left out."""

import datetime as dt
from collections.abc import Collection
from typing import Any, cast

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.models import Visibility
from engagement.core.text_blocks import as_data
from engagement.core.types import Label
from engagement.minutes.content import bytes_of, checksum, record_of, texts_of
from engagement.minutes.document import words_of
from engagement.minutes.pages import MinutesPage
from meetings.version_text import Line, Section

SWITCHES: dict[str, Label] = {
    "notes": gettext_lazy("Opening notes and disclaimer"),
    "participants": gettext_lazy("Participants"),
    "positions": gettext_lazy("Positions"),
    "outcomes": gettext_lazy("Outcomes"),
    "followups": gettext_lazy("Follow-ups"),
    "documents": gettext_lazy("Documents"),
}
"""What can be left out of a file."""
SECTIONS = {
    **{"parties": "participants", "documents": "documents", "followups": "followups", "outcomes": "outcomes"},
    **dict.fromkeys(("opening_notes", "disclaimer", "access_note"), "notes"),
}
LINES = {"meetings.position": "positions", "meetings.outcome": "outcomes"}
Data = dict[str, object]


def marking_of(page: MinutesPage) -> str:
    """Whom the copy is for, and how far the minutes are; on each sheet."""
    number = {"number": page.version.number, "status": page.minutes.get_status_display()}
    if page.version.audience == Visibility.INTERNAL:
        return _("INTERNAL COPY of the secretariat. Version %(number)d") % number
    if page.version.audience == Visibility.PUBLIC:
        return _("Public. Version %(number)d") % number
    return _("For the parties. %(status)s, version %(number)d") % number


def audience_of(page: MinutesPage) -> str:
    """The same in a sentence, which screen readers read once."""
    return {
        Visibility.INTERNAL: _("This copy shows what only the secretariat may know. Do not pass it on."),
        Visibility.SHARED: _("This copy is for the parties to the meeting."),
        Visibility.PUBLIC: _("This copy is public. Both sides agreed to these minutes."),
    }[Visibility(page.version.audience)]


def lede_of(page: MinutesPage) -> list[str]:
    """When it was made, and who agreed."""
    made = _("Version %(number)d of %(day)s") % {"number": page.version.number, "day": _day(page.version.at)}
    agreed = [
        _("%(name)s agreed on %(day)s, %(how)s.")
        % {"name": one.organization.name, "day": _day(one.at), "how": one.get_how_display()}
        for one in page.agreements
    ]
    return [f"{page.content['reference']}. {made}.", audience_of(page), *agreed]


def _day(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")


def parts_of(page: MinutesPage, without: Collection[str]) -> list[Data]:
    """The sections, each with its lines."""
    return [
        {"title": section.title, "rows": [_row(line) for line in lines]}
        for section in words_of(page.content)
        if SECTIONS.get(section.key) not in without and (lines := _kept(section, without))
    ]


def _row(line: Line) -> Data:
    """The text as it is written for a template of the body, as paragraphs and lists for a PDF."""
    return {"label": line.label, "text": line.text, "blocks": as_data(line.text)}


def _kept(section: Section, without: Collection[str]) -> list[Line]:
    return [line for line in section.lines if LINES.get(line.key.rpartition("-")[0]) not in without]


def for_docx(page: MinutesPage, without: Collection[str]) -> Data:
    """The variables of a template of the body."""
    return {
        "title": title_of(page),
        "author": settings.BODY_NAME or settings.SITE_NAME,
        "marking": marking_of(page),
        "reference": str(page.content["reference"]),
        "footer": texts_of(page.content)["footer"],
        "lede": lede_of(page),
        "parts": parts_of(page, without),
    }


def title_of(page: MinutesPage) -> str:
    return _("Minutes: %(title)s") % {"title": record_of(page.content)["title"]}


def for_pdf(page: MinutesPage, without: Collection[str]) -> Data:
    chapter = {"title": title_of(page), "lede": lede_of(page), "parts": parts_of(page, without)}
    return {
        **{name: value for name, value in for_docx(page, without).items() if name != "parts"},
        **_frame(page.version.at, is_internal=page.version.audience == Visibility.INTERNAL),
        "attachment": bytes_of(page.content).decode(),
        "sealed": _("SHA-256 of the attached data: %(sum)s") % {"sum": checksum(page.content)},
        "attachment_name": f"{page.minutes.meeting.reference}-minutes-{page.version.number}.json",
        "chapters": [chapter],
    }


def for_letters(letters: str) -> Data:
    """A sheet with nothing but these, to learn which of them can be printed."""
    part = {"title": "-", "rows": [{"label": "", "blocks": as_data(" ".join(letters))}]}
    empty = dict.fromkeys(("title", "marking", "reference", "footer", "attachment"), "")
    chapter = {"title": "-", "lede": [], "parts": [part]}
    frame = _frame(timezone.now(), is_internal=False)
    return {**frame, **empty, "title": "-", "lede": [], "attachment_name": "letters.txt", "chapters": [chapter]}


def _frame(at: dt.datetime, *, is_internal: bool) -> Data:
    local = timezone.localtime(at)
    return {
        "author": settings.BODY_NAME or settings.SITE_NAME,
        "keywords": [_("minutes")],
        "lang": settings.LANGUAGE_CODE.partition("-")[0],
        "date": [local.year, local.month, local.day],
        "is_internal": is_internal,
        "attached": _("The data of these minutes, with the SHA-256"),
        "contents": _("Contents"),
        "note": "",
        "sealed": "",
    }


def as_docx(book: Data) -> Data:
    """The same for a template of a body: each meeting begins with its title, and its sections follow."""
    names = ("title", "author", "marking", "reference", "footer", "lede")
    parts: list[Data] = []
    for chapter in cast(list[dict[str, Any]], book["chapters"]):
        parts.append({"title": chapter["title"], "rows": [{"label": "", "text": line} for line in chapter["lede"]]})
        parts += chapter["parts"]
    return {**{name: book[name] for name in names}, "parts": parts}


def for_book(title: str, pages: list[MinutesPage], without: Collection[str]) -> Data:
    """The minutes of several meetings as one document; marked for the narrowest audience among them."""
    narrowest = min(pages, key=lambda page: page.version.audience)
    latest = max(page.version.at for page in pages)
    return {
        **_frame(latest, is_internal=narrowest.version.audience == Visibility.INTERNAL),
        "title": _("Minutes: %(title)s") % {"title": title},
        "marking": marking_of(narrowest).rpartition(". ")[0],
        "reference": "",
        "footer": texts_of(pages[-1].content)["footer"],
        "lede": [_("The minutes of %(number)d meetings") % {"number": len(pages)}],
        "attachment": "[" + ",".join(bytes_of(page.content).decode() for page in pages) + "]",
        "attachment_name": "minutes.json",
        "chapters": [
            {
                "title": str(record_of(page.content)["title"]),
                "lede": [marking_of(page), *lede_of(page)],
                "parts": parts_of(page, without),
            }
            for page in pages
        ],
    }
