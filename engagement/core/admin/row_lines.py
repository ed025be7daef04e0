"""Summary line of a folded inline: its subject, the speakers, and the number of rows in it."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.formats import date_format

from ..lookups.values import LookupValue
from .forms import RecordForm

_SHORT = re.compile(r"\(([^()]+)\)$")


@dataclass
class RowLine:
    """The line beside the number of a row; static/js/folds.js says the same while one types."""

    about: str = ""
    told: str = ""
    counts: list[str] = field(default_factory=list)


def line_of(row: Any, inline: Any) -> RowLine:
    """The line of a row; an inline says in ``about`` and ``told_by`` of which fields it is made."""
    texts = (shown_text(row.form, name) for name in inline.about)
    line = RowLine(next(filter(None, texts), ""), ", ".join(_told(row.form, inline.told_by)))
    for rows in row.sets:
        kept = [inner for inner in rows.rows if inner.is_filled and not inner.is_removed]
        if rows.shown.opts.told_by:
            line.told = _by_holder(_told(inner.form, rows.shown.opts.told_by) for inner in kept)
        elif kept:
            line.counts.append(f"{len(kept)} {rows.nouns[0] if len(kept) == 1 else rows.nouns[1]}")
    return line


def shown_text(form: RecordForm, name: str) -> str:
    """The content of a field as a person reads it."""
    if name not in form.fields:
        return ""
    value = form[name].value()
    if isinstance(value, LookupValue):
        return value.text
    if isinstance(form.fields[name], forms.DateField):
        value = _as_day(value)
    if isinstance(value, dt.date):
        return str(date_format(value, "j M Y"))
    choices = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    return choices.get(str(value), "") if choices else str(value or "")


def _as_day(value: object) -> object:
    """Parse a posted day; a text that is no day stays as it was typed."""
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _told(form: RecordForm, names: Iterable[str]) -> list[str]:
    """Short names where a name has one: "Alliance for Regenerative Medicine (ARM)" is ARM."""
    texts = [shown_text(form, name) for name in names]
    return [short[1] if (short := _SHORT.search(text)) else text for text in texts if text]


def _by_holder(rows: Iterable[list[str]]) -> str:
    """ARM: informs, requests; EMA: welcomes."""
    held: dict[str, list[str]] = {}
    for texts in filter(None, rows):
        who, *what = texts
        held.setdefault(who, []).extend(word for word in what if word not in held.get(who, ()))
    return "; ".join(": ".join(filter(None, (who, ", ".join(what)))) for who, what in held.items())
