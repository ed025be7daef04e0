"""Reads every form of a list back: which records are in it."""

import csv
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

from django.test import Client
from icalendar import Calendar
from openpyxl import load_workbook

ATOM = "{http://www.w3.org/2005/Atom}"


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def fetch(client: Client, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, f"{address}: {response.status_code} {body(response)[:300]!r}"
    return body(response)


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes) -> list[dict[str, Any]]:
    lines = list(load_workbook(io.BytesIO(content), read_only=False).active.iter_rows(values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def json_rows(content: bytes) -> list[dict[str, Any]]:
    return json.loads(content)["rows"]


def entries(content: bytes) -> list[Any]:
    return ElementTree.fromstring(content).findall(f"{ATOM}entry")


def components(content: bytes) -> list[Any]:
    return [one for one in Calendar.from_ical(content).subcomponents if one.name != "VTIMEZONE"]


def addresses_in(extension: str, content: bytes) -> set[str]:
    """The addresses of the records' own pages, which every form gives."""
    if extension == "csv":
        found = [row["url"] for row in csv_rows(content)]
    elif extension == "xlsx":
        found = [row["url"] for row in xlsx_rows(content)]
    elif extension == "json":
        found = [row["url"] for row in json_rows(content)]
    elif extension == "ics":
        found = [str(one["url"]) for one in components(content)]
    else:
        found = [entry.find(f"{ATOM}link").get("href") for entry in entries(content)]
    return {re.sub(r"^https?://[^/]+", "", address) for address in found}
