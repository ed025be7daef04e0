"""Bulk views of likely duplicates: several ticked pairs are merged after one question, or said not to be the same."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import only_for
from organizations.merging.actions import merge_organizations

from .merging.compare import most_named
from .models import NotSame, Organization
from .models.merging import may_merge

MOST = 50  # pairs of one question

mergers_only = only_for(may_merge)


@dataclass
class TickedPair:
    """Two records; the one that more records name stays."""

    kept: Organization
    other: Organization

    @property
    def value(self) -> str:
        """The value a form sends: both keys, and the versions that were shown."""
        return f"{self.kept.pk}-{self.other.pk}-{self.kept.version}-{self.other.version}"


@require_POST
@mergers_only
def ticked(request: AuthenticatedRequest) -> HttpResponse:
    """Ask once about all ticked pairs, then merge each; or remember of each that it is no pair."""
    pairs = list(_pairs(request))
    back = HttpResponseRedirect(reverse("organizations:duplicates"))
    if not pairs:
        messages.info(request, _("Select at least one pair first."))
        return back
    if "not_same" in request.POST:
        with once(request) as sent:
            for pair in pairs:
                NotSame.remember(pair.kept, pair.other, by=request.user)
            said = ngettext("Marked one pair as not the same.", "Marked %(n)d pairs as not the same.", len(pairs))
            messages.success(request, said % {"n": len(pairs)})
            return sent.led_to(back)
    if request.POST.get("step") != "merge":
        return render(request, "organizations/merge/ticked.html", {"pairs": pairs})
    with once(request) as sent:
        _merge(request, pairs)
        return sent.led_to(back)


def _pairs(request: HttpRequest) -> Iterator[TickedPair]:
    """The ticked pairs, as far as both records are still there."""
    sent = [_numbers(text) for text in request.POST.getlist("pair")[:MOST]]
    keys = {key for numbers in sent for key in numbers[:2]}
    known = Organization.objects.visible_to(request.user).current().in_bulk(keys)
    often = most_named(list(known.values()))
    for numbers in sent:
        if len(numbers) < 2 or not set(numbers[:2]) <= known.keys() or numbers[0] == numbers[1]:
            continue
        both = [known[key] for key in numbers[:2]]
        if len(numbers) == 4:  # as they were asked about
            both[0].version, both[1].version = numbers[2:]
        else:
            both.sort(key=lambda one: (-often[one.pk], one.pk))
        yield TickedPair(*both)


def _numbers(text: str) -> list[int]:
    parts = text.split("-")
    is_clean = all(part.isascii() and part.isdigit() and len(part) < 18 for part in parts)
    return [int(part) for part in parts] if is_clean else []


def _merge(request: AuthenticatedRequest, pairs: list[TickedPair]) -> None:
    """Each by itself: one that was changed meanwhile, or cannot be merged, stays as it is and is named."""
    done = 0
    grown: set[int] = set()  # by the merges before
    for pair in pairs:
        names = {"kept": pair.kept, "other": pair.other}
        now = Organization.objects.current().in_bulk([pair.kept.pk, pair.other.pk])
        both = (pair.kept, pair.other)
        if not all(one.pk in now and (one.pk in grown or now[one.pk].version == one.version) for one in both):
            messages.warning(request, _("%(other)s and %(kept)s have changed meanwhile. Check them again.") % names)
            continue
        try:
            merge_organizations(now[pair.kept.pk], [now[pair.other.pk]], by=request.user)
        except ValidationError as error:
            messages.warning(request, f"{pair.other}: {' '.join(error.messages)}")
        else:
            done += 1
            grown.add(pair.kept.pk)
    if done:
        messages.success(request, ngettext("Merged one pair.", "Merged %(n)d pairs.", done) % {"n": done})
