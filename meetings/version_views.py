"""Views of the versions of a published meeting: the list, one of them, two side by side, and one as JSON.

Whoever may read the meeting as public reads them; for anybody else there is nothing at these addresses.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engagement.core.folding import whole_number
from engagement.core.models import sees_all
from engagement.core.views import moved_to

from .models import Meeting, PublishedVersion
from .public_content import canonical, published_form
from .version_comparison import compare
from .version_redaction import ReadVersion, read
from .version_text import sections
from .views import meeting_at


def _versions(request: HttpRequest, slug: str) -> tuple[Meeting, list[PublishedVersion]]:
    """The meeting and its versions, the latest first; 404 where this reader reads none."""
    meeting = meeting_at(request, slug)
    rows = PublishedVersion.objects.visible_to(request.user).filter(meeting=meeting).without_content()
    versions = list(rows.select_related("by").order_by("-number"))
    if not versions:
        raise Http404
    return meeting, versions


def _chosen(versions: list[PublishedVersion], *numbers: int) -> list[PublishedVersion]:
    """These with their content, in this order; 404 where one is not among those the reader reads."""
    known = {version.number: version.pk for version in versions}
    if not known.keys() >= set(numbers):
        raise Http404
    found = PublishedVersion.objects.in_bulk([known[number] for number in numbers])
    return [found[known[number]] for number in numbers]


@require_safe
def version_list(request: HttpRequest, slug: str) -> HttpResponse:
    meeting, versions = _versions(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:versions", meeting.slug)
    earliest = versions[-1].number if not sees_all(request.user) else 1
    context = {"meeting": meeting, "versions": versions, "missing": earliest - 1, "staff": sees_all(request.user)}
    return render(request, "meetings/versions.html", context)


@require_safe
def version_detail(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    meeting, versions = _versions(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:version", meeting.slug, number)
    (shown,) = read(_chosen(versions, number), request.user)
    context = {"meeting": meeting, "versions": versions, "shown": shown, "sections": sections(shown.content)}
    return render(request, "meetings/version.html", context)


@require_safe
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The canonical bytes, of which the SHA-256 is, as long as nothing of them is left out."""
    meeting, versions = _versions(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:version_json", meeting.slug, number)
    (shown,) = read(_chosen(versions, number), request.user)
    response = HttpResponse(canonical(published_form(shown.content)), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{meeting.reference}-version-{number}.json"'
    response["Cache-Control"] = "private, no-store" if sees_all(request.user) else "no-cache"
    return response


@require_safe
def compare_versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions side by side: the last two, or those that are asked for."""
    meeting, versions = _versions(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "meetings:compare_versions", meeting.slug)
    if len(versions) < 2:
        return redirect("meetings:versions", meeting.slug)
    before, after = read(_chosen(versions, *_asked(request, versions)), request.user)
    is_all = request.GET.get("all") == "1"
    return render(request, "meetings/compare_versions.html", _compared(before, after, is_all) | {
        "meeting": meeting, "versions": versions,
    })  # fmt: skip


def _asked(request: HttpRequest, versions: list[PublishedVersion]) -> tuple[int, int]:
    """The numbers in the address; where it says none, the latest and the one before it."""
    asked = [whole_number(request.GET.get(name, "")) for name in ("from", "to")]
    if any(name in request.GET and number is None for name, number in zip(("from", "to"), asked, strict=True)):
        raise Http404
    newer = asked[1] if asked[1] is not None else versions[0].number
    older = [version.number for version in versions if version.number < newer]
    return (asked[0] if asked[0] is not None else (older or [newer])[0], newer)


def _compared(before: ReadVersion, after: ReadVersion, is_all: bool) -> dict[str, object]:
    found = compare(before.content, after.content)
    return {
        "before": before,
        "after": after,
        "is_all": is_all,
        "is_whole": before.is_whole and after.is_whole,
        "sections": [(one.title, one.pairs if is_all else one.differing) for one in found if is_all or one.differing],
        "same": [one.title for one in found if not one.differing],
    }
