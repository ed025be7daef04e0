"""Validate a layout as somebody wrote it; errors by field."""

import re
from collections.abc import Iterator
from typing import TypeGuard
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django_countries import countries

from engagement.core.folding import fold
from engagement.imports.layouts.spec import Column, LayoutData, Spec
from engagement.imports.layouts.vocabulary import IGNORED, NAMES_SEEN_BY, NOUNS, REPEATABLE, SEVERAL, TARGETS, allowed
from engagement.imports.parsing.dates import FORMS

Errors = dict[str, list[str]]
_TEXTS = ("period", "time_zone", "scheme", "sheet", "encoding", "delimiter", "credit")
CONSTANT = {
    *("host", "country", "city", "venue", "mode", "kind", "portfolio", "themes", "source_url", "identifier_status")
}


def parse_spec(data: object) -> tuple[Spec | None, Errors]:
    """The layout of a piece of JSON, or its errors by field; no layout when there is any."""
    errors: Errors = {}
    for field, sentence in _errors(data):
        errors.setdefault(field, []).append(sentence)
    return (None, errors) if errors or not isinstance(data, dict) else (_build(data), {})


def _build(data: LayoutData) -> Spec:
    """The layout; everything in it was found good."""
    return Spec(**(_fields(data) | {"columns": tuple(Column(**_fields(column)) for column in data["columns"])}))


def _fields(data: LayoutData) -> LayoutData:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _errors(data: object) -> Iterator[tuple[str, str]]:
    if not isinstance(data, dict) or data.get("noun") not in tuple(NOUNS):
        yield "noun", _("Choose what the file is about: meetings or organizations.")
        return
    yield from _unknown_keys("", data, Spec)
    columns = data.get("columns")
    if not isinstance(columns, list) or not columns or not all(isinstance(column, dict) for column in columns):
        yield "columns", _("Choose what at least one column means.")
        return
    for at, column in enumerate(columns):
        yield from _column_errors(f"columns.{at}", column, data["noun"])
    yield from _constant_errors(data)
    yield from _plain_errors(data)
    yield from _whole_errors(data)


def _unknown_keys(field: str, data: LayoutData, kind: type) -> Iterator[tuple[str, str]]:
    for name in data:
        if name not in kind.__dataclass_fields__:  # type: ignore[attr-defined]
            yield f"{field}.{name}".strip("."), _("A layout has no such setting.")


def _column_errors(field: str, column: LayoutData, noun: str) -> Iterator[tuple[str, str]]:
    yield from _unknown_keys(field, column, Column)
    target = column.get("target")
    if not isinstance(target, str) or target not in TARGETS[noun]:
        yield f"{field}.target", _("Choose what this column means.")
        return
    if not _texts(column.get("headers")) or not column["headers"]:
        yield f"{field}.headers", _("Enter at least one heading.")
    if not _texts(column.get("separators", [])):
        yield f"{field}.separators", _("Enter the separator between two values.")
    elif column.get("separators") and target not in SEVERAL:
        yield f"{field}.separators", _("A cell of this column can hold one value only.")
    yield from _form_errors(f"{field}.date_forms", column.get("date_forms", []))
    for name in ("carry_down", "is_required"):
        if not isinstance(column.get(name, False), bool):
            yield f"{field}.{name}", _("Answer yes or no.")
    yield from _value_errors(f"{field}.values", column.get("values", {}), noun, target)


def _value_errors(field: str, values: object, noun: str, target: str) -> Iterator[tuple[str, str]]:
    if not isinstance(values, dict) or not all(isinstance(text, str) for pair in values.items() for text in pair):
        yield field, _("Enter pairs: the value in the file and our value.")
        return
    for value in values.values():
        if sentence := _value_error(noun, target, value):
            yield field, sentence


def _value_error(noun: str, target: str, value: str) -> str:
    """Why a value cannot stand for this; "" when it can."""
    few = allowed(noun, target)
    if few and value not in few:
        return _("“%(value)s” is not one of: %(few)s.") % {"value": value, "few": ", ".join(few)}
    if target == "country" and value not in countries.countries:
        return _("“%(value)s” is not a two-letter country code.") % {"value": value}
    return ""


def _constant_errors(data: LayoutData) -> Iterator[tuple[str, str]]:
    constants = data.get("constants", {})
    if not isinstance(constants, dict):
        yield "constants", _("Enter pairs: the field and its value.")
        return
    for target, value in constants.items():
        field = f"constants.{target}"
        if target not in TARGETS[data["noun"]] or target not in CONSTANT:
            yield field, _("This cannot be the same for every row.")
        elif not isinstance(value, str) or not value.strip():
            yield field, _("Enter the value.")
        elif sentence := _value_error(data["noun"], target, value):
            yield field, sentence


def _plain_errors(data: LayoutData) -> Iterator[tuple[str, str]]:
    yield from _form_errors("date_forms", data.get("date_forms", []))
    for name in _TEXTS:
        if not isinstance(data.get(name, ""), str):
            yield name, _("Enter a text.")
    scheme, row = data.get("scheme", ""), data.get("header_row", 0)
    if isinstance(scheme, str) and not re.fullmatch("[a-z0-9_]{0,40}", scheme):
        yield "scheme", _("Enter the register in small letters, such as eu_transparency.")
    if isinstance(data.get("time_zone"), str) and data["time_zone"] and not _is_zone(data["time_zone"]):
        yield "time_zone", _("There is no such time zone. Enter one like Europe/Brussels.")
    if isinstance(data.get("delimiter"), str) and len(data["delimiter"]) > 1:
        yield "delimiter", _("Enter one character.")
    if isinstance(row, bool) or not isinstance(row, int) or not 0 <= row <= 1000:
        yield "header_row", _("Enter the number of the row with the headings, or 0.")
    least = data.get("series", 0)
    if isinstance(least, bool) or not isinstance(least, int) or least not in (0, *range(2, 101)):
        yield "series", _("Enter how many meetings make a series, or 0 for no series.")
    periods = data.get("periods", {})
    if not isinstance(periods, dict) or not all(isinstance(text, str) for pair in periods.items() for text in pair):
        yield "periods", _("Enter pairs: the name of the file and its period.")
    if data.get("names", "") not in tuple(NAMES_SEEN_BY):
        yield "names", _("Choose who can see the names.")
    for name in ("file_name_dates", "rows_go_on", "own"):
        if not isinstance(data.get(name, False), bool):
            yield name, _("Answer yes or no.")


def _form_errors(field: str, forms: object) -> Iterator[tuple[str, str]]:
    if not _texts(forms) or not all(form in FORMS for form in forms):
        yield field, _("Choose a date format from the list.")


def _whole_errors(data: LayoutData) -> Iterator[tuple[str, str]]:
    """Errors of a layout as a whole."""
    targets = [column.get("target") for column in data["columns"]]
    constants = data.get("constants")
    given = {str(name) for name in (*targets, *(constants if isinstance(constants, dict) else {}))}
    for target in sorted({str(name) for name in targets} - REPEATABLE):
        if targets.count(target) > 1:
            label = TARGETS[data["noun"]].get(target, target)
            yield "columns", _("Two columns are “%(target)s”. Put both headings into one.") % {"target": label}
    if data["noun"] == "meetings":
        if "date" not in given:
            yield "columns", _("Choose the column with the date.")
        if not given & {"host", "side"}:
            yield "constants.host", _("Choose the column with the host, or enter one host for every row.")
        if not given & {"counterparts", "counterpart_numbers"}:
            yield "columns", _("Choose the column with the organizations met.")
    elif not given & {"name", "identifier"}:
        yield "columns", _("Choose the column with the name or the register number.")
    yield from _header_errors(data["columns"])


def _header_errors(columns: list[LayoutData]) -> Iterator[tuple[str, str]]:
    """One heading cannot be two things."""
    seen: set[str] = set()
    for column in columns:
        headers = column.get("headers")
        if column.get("target") == IGNORED or not _texts(headers):
            continue
        for key in {fold(header) for header in headers}:
            if key in seen:
                yield "columns", _("The heading “%(header)s” is used for two columns.") % {"header": key}
            seen.add(key)


def _texts(value: object) -> TypeGuard[list[str]]:
    return isinstance(value, list) and all(isinstance(text, str) and text and len(text) <= 500 for text in value)


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return False
    return True
