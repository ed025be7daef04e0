"""Views of likely duplicates: compare, merge, and undo a merge. For whoever may merge."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.core.once import Sent, once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import came_from, only_for, page_of
from organizations.merging.actions import merge_organizations
from organizations.merging.undo import obstacles, undo_merge

from .duplicates import WORDS, Likely, described, likely_pairs, pairs_among
from .merging.actions import CHOSEN
from .merging.compare import MOST_AT_ONCE, best, field_rows, hanging, lettered, summary
from .models import Merge, NotSame, Organization
from .models.merging import may_merge

PER_PAGE = 20

mergers_only = only_for(may_merge)


# The worklist ------------------------------------------------------------------------------------------


@require_safe
@mergers_only
def duplicates(request: HttpRequest) -> HttpResponse:
    pairs = likely_pairs()
    numbers = {kind: sum(any(kind == known for known, _w in pair.evidence) for pair in pairs) for kind in WORDS}
    asked = request.GET.get("kind", "")
    kind = asked if numbers.get(asked) else ""
    shown = [pair for pair in pairs if not kind or any(kind == known for known, _what in pair.evidence)]
    page = page_of(request, shown, PER_PAGE)
    context = {
        "page_obj": page,
        "rows": _rows(request, page.object_list),
        "number": len(pairs),
        "kind": kind,
        "kinds": [(name, WORDS[name], number) for name, number in numbers.items() if number],
    }
    return render(request, "organizations/merge/duplicates.html", context)


def _rows(request: HttpRequest, pairs: Any) -> list[dict[str, object]]:
    keys = {key for pair in pairs for key in (pair.first, pair.second)}
    known = {one.pk: one for one in Organization.objects.visible_to(request.user).for_list().filter(pk__in=keys)}
    return [_row(pair, known) for pair in pairs if {pair.first, pair.second} <= known.keys()]


def _row(pair: Likely, known: dict[int, Organization]) -> dict[str, object]:
    query = urlencode([("organization", pair.first), ("organization", pair.second)])
    return {
        "pair": pair,
        "both": [known[pair.first], known[pair.second]],
        "evidence": described(pair.evidence),
        "merge_url": f"{reverse('organizations:merge')}?{query}",
    }


@require_POST
@mergers_only
def not_same(request: AuthenticatedRequest) -> HttpResponse:
    """Two that look alike are different; or, said by mistake, are offered again."""
    group = _group(request, request.POST.getlist("organization"))
    if len(group) != 2:
        raise Http404
    names = {"one": group[0], "other": group[1]}
    with once(request) as sent:
        if "forget" in request.POST:
            NotSame.objects.filter(first__in=group, second__in=group).delete()
            messages.success(request, _("%(one)s and %(other)s can be suggested again.") % names)
        else:
            NotSame.remember(group[0], group[1], by=request.user)
            messages.success(request, _("Marked as not the same: %(one)s and %(other)s.") % names)
        return sent.led_to(HttpResponseRedirect(came_from(request, reverse("organizations:duplicates"))))


def _group(request: HttpRequest, keys: list[str]) -> list[Organization]:
    """The organizations asked for, in that order."""
    wanted = list(dict.fromkeys(int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 18))
    known = Organization.objects.visible_to(request.user).for_list().select_related("parent", "lead").in_bulk(wanted)
    return [known[key] for key in wanted if key in known]


# Merging -----------------------------------------------------------------------------------------------


@mergers_only
def merge(request: AuthenticatedRequest) -> HttpResponse:
    """Compare, choose, confirm, do. Each step is a page; only the last one writes."""
    if request.POST.get("step") != "merge":
        return _compare_or_merge(request, Sent(None))
    with once(request) as sent:
        return _compare_or_merge(request, sent)


def _compare_or_merge(request: AuthenticatedRequest, sent: Sent) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    group = _group(request, asked.getlist("organization"))
    if not 2 <= len(group) <= MOST_AT_ONCE:
        text = _("Choose two to %(most)d organizations that still exist.") % {"most": MOST_AT_ONCE}
        messages.error(request, text)
        return HttpResponseRedirect(reverse("organizations:duplicates"))
    by_key = {str(one.pk): one for one in group}
    keep = by_key.get(asked.get("keep", "")) or best(group)
    takes = {name: by_key[asked[f"take_{name}"]] for name in CHOSEN if asked.get(f"take_{name}") in by_key}
    if (offered := by_key.get(asked.get("offered", ""))) and offered != keep:
        takes = _chosen_by_hand(group, offered, takes)
    step, problem, has_changed = asked.get("step", ""), "", False
    if step == "merge" and request.method == "POST":
        has_changed = asked.get("seen", "") != _seen(group)
        if not has_changed:
            try:
                done = merge_organizations(keep, [one for one in group if one != keep], by=request.user, taking=takes)
            except ValidationError as error:
                step, problem = "", " ".join(error.messages)
            else:
                messages.success(request, _("Merged. All linked records now belong to %(kept)s.") % {"kept": done.kept})
                return sent.led_to(HttpResponseRedirect(reverse("organizations:merge_detail", args=[done.pk])))
    context = _comparison(group, keep, takes) | {"problem": problem, "has_changed": has_changed}
    is_last = step in ("ask", "merge") and not (problem or has_changed)
    return render(request, f"organizations/merge/{'confirm' if is_last else 'compare'}.html", context)


def _chosen_by_hand(
    group: list[Organization], offered: Organization, takes: dict[str, Organization]
) -> dict[str, Organization]:
    """Somebody keeps another record than the one offered: values they left alone follow the record that stays."""
    untouched = {row.name: row.taken.organization for row in field_rows(group, offered, {})}
    return {name: whose for name, whose in takes.items() if whose != untouched[name]}


def _seen(group: list[Organization]) -> str:
    return "-".join(str(one.version) for one in group)


def _comparison(group: list[Organization], keep: Organization, takes: dict[str, Organization]) -> dict[str, object]:
    rows = field_rows(group, keep, takes)
    return {
        "group": lettered(group),
        "keep": keep,
        "others": [(one, record) for one, record in lettered(group) if one != keep],
        "rows": rows,
        "different": [row for row in rows if not row.is_same],
        "same": [row for row in rows if row.is_same and not row.is_empty],
        "hanging": (hangs := hanging(group, keep)),
        "moving": [one for one in hangs if one.moving],
        "seen": _seen(group),
        **_what_speaks_for_it(group),
    }


def _what_speaks_for_it(group: list[Organization]) -> dict[str, object]:
    """The evidence of every pair, and the records that have none in common with any other."""
    pairs, keys = pairs_among(group), [one.pk for one in group]
    paired = {key for pair in pairs for key in (pair.first, pair.second)}
    evidence = [found for pair in pairs for found in described(pair.evidence)]
    return {
        "evidence": list(dict.fromkeys((str(label), what) for label, what in evidence)),
        "lonely": [record for one, record in lettered(group) if one.pk not in paired],
        "said_different": NotSame.objects.filter(first__in=keys, second__in=keys).exists(),
    }


# What was merged ---------------------------------------------------------------------------------------


@require_safe
@mergers_only
def merges(request: HttpRequest) -> HttpResponse:
    done = Merge.objects.visible_to(request.user).select_related("kept", "merged_by", "undone_by").defer("steps")
    said = NotSame.objects.visible_to(request.user).select_related("first", "second", "said_by")
    context = {"page_obj": page_of(request, done), "differences": said[:50], "difference_count": said.count()}
    return render(request, "organizations/merge/merges.html", context)


@mergers_only
def merge_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One merge, its changes, and the way back as long as it is open."""
    seen = Merge.objects.visible_to(request.user).select_related("kept", "merged_by", "undone_by")
    record: Merge = get_object_or_404(seen, pk=pk)
    if request.method == "POST" and "undo" in request.POST:
        back = HttpResponseRedirect(reverse("organizations:merge_detail", args=[record.pk]))
        with once(request) as sent:
            try:
                undo_merge(record, by=request.user)
            except ValidationError as error:
                messages.error(request, " ".join(error.messages[:1]))
                return back
            messages.success(request, _("Merge undone. Everything is as it was before."))
            return sent.led_to(back)
    others = Organization._base_manager.in_bulk([other["pk"] for other in record.others])
    context = {
        "merge": record,
        "others": [(other["name"], others.get(other["pk"])) for other in record.others],
        "summary": summary(record.steps),
        "obstacles": [] if record.is_undone else obstacles(record),
    }
    return render(request, "organizations/merge/merge.html", context)
