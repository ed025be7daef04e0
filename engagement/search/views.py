"""Views: the page of results, suggestions while one types, and numbers that lead straight to one record."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from engagement.core.models import Counter
from engagement.core.types import Label, Reader
from engagement.followups.models import FollowUp
from meetings.models import Meeting
from organizations.models import Identifier, Organization

from .engine import Hit, find
from .grouping import by_meeting
from .models import KINDS
from .parser import parse
from .presenters import Shown, shown
from .request import LONGEST, Asking, chips
from .results import Results
from .terms import REFERENCE

_NUMBER = re.compile(r"(?=\S*\d)[A-Za-z0-9][A-Za-z0-9./-]{4,59}")


def jump(user: Reader, text: str) -> str:
    """The address of the one record that this number names, if the reader may see it; else nothing."""
    text = text.strip()
    if found := REFERENCE.fullmatch(text):
        prefix, year, number = found.groups()
        return _referenced(user, Counter.format_reference(prefix.upper(), int(year), int(number)))
    return _registered(user, text) if _NUMBER.fullmatch(text) else ""


def _referenced(user: Reader, reference: str) -> str:
    model: Any = FollowUp if reference.startswith("FU") else Meeting
    record = model.objects.visible_to(user).filter(reference=reference).first()
    return record.get_absolute_url() if record else ""


def _registered(user: Reader, text: str) -> str:
    """Each country counts its companies for itself, so a number may be that of several: then it is searched for."""
    numbers = Identifier.objects.visible_to(user).filter(value__in={text, text.upper(), text.lower()})
    keys = set(numbers.values_list("organization", flat=True)[:2])
    found = list(Organization.objects.visible_to(user).filter(pk__in=keys)[:2])
    return found[0].get_absolute_url() if len(found) == 1 else ""


LOOKED_AT = 60
"""How many hits are ranked for a suggestion."""
MOST, MOST_OF_A_NOUN = 8, 3
SHORTEST = 2


@dataclass(frozen=True)
class Group:
    """The suggestions of one noun."""

    name: str
    plural: Label
    hits: Sequence[Shown]


def suggested(user: Reader, typed: str) -> dict[str, object]:
    """The list of suggestions: nothing for a word that stands in no text this reader may see."""
    text = typed.replace("\x00", " ").strip()[:LONGEST]
    query = parse(" ".join(text.split()))
    if len(text) < SHORTEST or not query:
        return {"groups": [], "number": 0}
    some = shown(user, _some(find(user, query, limit=LOOKED_AT).hits), query, {})
    found = [one for one in some if one.url]
    of_noun = {name: [one for one in found if one.kind == name] for name in KINDS}
    groups = [Group(name, KINDS[name].plural, hits) for name, hits in of_noun.items() if hits]
    return {"groups": groups, "number": len(found), "text": text}


def _some(hits: Sequence[Hit]) -> list[Hit]:
    """The best few, not too many of one noun."""
    numbers = dict.fromkeys(KINDS, 0)
    chosen = []
    for hit in hits:
        numbers[hit.kind] += 1
        if numbers[hit.kind] <= MOST_OF_A_NOUN:
            chosen.append(hit)
    return chosen[:MOST]


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Everything a reader may see that answers a question, the best first."""
    asking = Asking(request)
    by_htmx = bool(getattr(request, "htmx", False))
    if asking.has_blanks and not by_htmx:
        return HttpResponseRedirect(asking.address_without_blanks)
    if list(request.GET) == ["q"] and (to := jump(request.user, asking.text)):
        return HttpResponseRedirect(to)
    results = Results(asking)
    context = {"asking": asking, "results": results, "chips": list(chips(asking)), "by_htmx": by_htmx}
    if results.hits:
        hits = shown(request.user, list(results.page), results.found.query, results.organizations)
        context["rows"] = by_meeting(hits)
    response = render(request, "search/page.html", context)
    if by_htmx and not request.headers.get("HX-Target", "").startswith("choices-"):
        response["HX-Push-Url"] = asking.canonical
    patch_vary_headers(response, ["HX-Request"])
    response["X-Robots-Tag"] = "noindex"
    return response


@never_cache
@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """Suggestions while somebody types: a few links, as a piece of HTML for the box in the header."""
    response = render(request, "search/_suggestions.html", suggested(request.user, request.GET.get("q", "")))
    response["X-Robots-Tag"] = "noindex"
    return response
