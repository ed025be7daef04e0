"""Guess of the host that a register is about: from the names around its tables, or because there is only one.

A register of ministers names its ministry in the file's name, a title or a sheet, seldom in a column.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath

from django.utils.translation import gettext as _

from engagement.core.folding import fold_key, name_words
from engagement.imports.layouts.spec import MEETINGS, LayoutData
from engagement.imports.sources.table import Table
from organizations.models import Organization, OtherName

_SHORTEST = 3  # letters of an acronym that tells anything
_WORDS = (
    r"(?:[A-ZÀ-Ý][\w’'-]*|of|the|for|and|de|du|des|la|le|les|l['’]\w+|et|für|und|der|des|y|e|del|della|dell['’]\w+)\b"
)
_NAMED = (
    r"Cabinet Office|Home Office|HM Treasury|HM Revenue (?:and|&) Customs|Scotland Office|Wales Office|Bundeskanzleramt"
    r"|Attorney General’s Office|Scottish Government|Welsh Government|European Commission|European Parliament"
)
_SHORT_NAMES = {
    **dict.fromkeys(["mep", "meps"], "European Parliament"),
    "dft": "Department for Transport",
    "dfe": "Department for Education",
    "dhsc": "Department of Health and Social Care",
    "hmt": "HM Treasury",
    "dcms": "Department for Culture, Media and Sport",
    "defra": "Department for Environment, Food and Rural Affairs",
    "dwp": "Department for Work and Pensions",
    "moj": "Ministry of Justice",
    "fcdo": "Foreign, Commonwealth and Development Office",
    "desnz": "Department for Energy Security and Net Zero",
    "dsit": "Department for Science, Innovation and Technology",
    "dbt": "Department for Business and Trade",
}
"""By which bodies call themselves in the names and headings of their files."""
_BODIES = re.compile(
    rf"\b(?:Department|Ministry|Office|Directorate-General) (?:of|for)(?: the)? [A-ZÀ-Ý][\w’'-]*(?:,? {_WORDS})*"
    rf"|\b(?:Minist(?:ère|erio|ero|ério|erium|erie|erstwo)|Bundesministerium)(?: {_WORDS})+|\b(?:{_NAMED})\b"
)
_TAIL = re.compile(
    r"\s+(?:(?:of|the|for|and|de|du|des|la|le|les|et|für|und|der|y|e|del|della)$"
    r"|(?:meetings|ministerial|ministers|senior|special|returns|register|kontakte|treffen|termine|agenda|liste)\b.*)",
    re.IGNORECASE,
)


def guess_host(tables: Iterable[Table]) -> tuple[str, str]:
    """The name of the host and why; both "" where nothing tells."""
    said = [(text, why) for table in list(tables)[:100] for text, why in _around(table)]
    hosts = _hosts()
    known = {
        name: why for text, why in said for name, keys in hosts.items() if any(_stands_in(key, text) for key in keys)
    }
    told = {_TAIL.sub("", found[0]): why for text, why in said if (found := _BODIES.search(text))}
    told = told or {
        _SHORT_NAMES[word]: why for text, why in said for word in fold_key(text).split() if word in _SHORT_NAMES
    }
    for found_hosts in (known, told):
        if len(found_hosts) == 1:
            return next(iter(found_hosts.items()))
        if found_hosts:
            return "", ""  # files of several hosts
    if len(hosts) == 1:
        return next(iter(hosts)), _("Guessed because no other host is recorded.")
    return "", ""


def propose_host(data: LayoutData, tables: Iterable[Table]) -> str:
    """Put the host into a layout that names none; returns why it is this one."""
    named = {column["target"] for column in data["columns"]} | set(data.get("constants", {}))
    if data["noun"] != MEETINGS or "host" in named:
        return ""
    host, why = guess_host(tables)
    if host:
        data["constants"] = {**data.get("constants", {}), "host": host}
    return why


def _around(table: Table) -> Iterator[tuple[str, str]]:
    for text in table.preamble:
        yield text, _("Guessed from a title above the headings.")
    yield re.sub(r"[_–—-]+", " ", PurePath(table.name).stem), _("Guessed from the name of the file.")
    yield table.sheet, _("Guessed from the name of the sheet.")
    yield " ".join(table.headers), _("Guessed from the headings.")


def _hosts() -> dict[str, set[str]]:
    """The recorded hosts, with the words each goes by."""
    hosts = {pk: (name, {name_words(name), *_short(acronym)}) for pk, name, acronym in _recorded()}
    for pk, other in OtherName.objects.filter(organization__in=hosts).values_list("organization_id", "name"):
        hosts[pk][1].add(name_words(other))
    return dict(hosts.values())


def _recorded() -> Iterable[tuple[int, str, str]]:
    hosts = Organization.objects.filter(is_host=True, archived_at=None, merged_into=None)
    return hosts.order_by("pk").values_list("pk", "name", "acronym")


def _short(acronym: str) -> list[str]:
    return [fold_key(acronym)] if len(acronym) >= _SHORTEST else []


def _stands_in(key: str, text: str) -> bool:
    return bool(key) and (f" {key} " in f" {fold_key(text)} " or f" {key} " in f" {name_words(text)} ")
