"""Views of minutes: the current version, each of them, two compared, and the data; with a counterpart's answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from engagement.core.folding import whole_number
from engagement.core.models import sees_all
from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import moved_to, only_for, sign_in_first
from engagement.followups.report_views import done
from meetings.views import meeting_at

from .answers import answer_for
from .forms import ResolveForm
from .lookup import minutes_of, page_of, version_of
from .models import Minutes, MinutesComment
from .pages import MinutesPage
from .printing.data import SWITCHES
from .printing.glyphs import not_printed
from .verbs import verbs_for
from .workflow import may_edit


def shown(request: HttpRequest, page: MinutesPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "minutes": page.minutes, "meeting": page.minutes.meeting}
    context["switches"] = SWITCHES
    context["not_printed"] = not_printed(page) if page.is_staff else ""
    context["verbs"] = verbs_for(page.minutes, request.user)
    return render(request, "minutes/minutes.html", context, status=status)


@never_cache
@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """The latest version that this reader may read."""
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "minutes:detail", meeting.slug)
    minutes = minutes_of(meeting, request.user)
    return shown(request, page_of(request, minutes, version_of(minutes, request.user)))


@never_cache
@require_safe
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "minutes:version", meeting.slug, number)
    minutes = minutes_of(meeting, request.user)
    return shown(request, page_of(request, minutes, version_of(minutes, request.user, number)))


@never_cache
@require_safe
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """Two versions in one text: the last two made for the same audience, or those that are asked for."""
    meeting = meeting_at(request, slug)
    if meeting.slug != slug:
        return moved_to(request, "minutes:compare", meeting.slug)
    minutes = minutes_of(meeting, request.user)
    numbers = [whole_number(request.GET.get(name, "")) for name in ("a", "b")]
    if any(name in request.GET and number is None for name, number in zip("ab", numbers, strict=True)):
        raise Http404
    page = page_of(request, minutes, version_of(minutes, request.user, numbers[1]))
    older = [one for one in page.versions if one.number < page.version.number]
    same = [one for one in older if one.audience == page.version.audience]
    before = numbers[0] if numbers[0] is not None else (same or older or [page.version])[-1].number
    page.before, page.is_all = version_of(minutes, request.user, before), request.GET.get("all") == "1"
    return shown(request, page)


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    """View of a representative's comment or agreement; errors are shown beside the typed text."""
    if not request.user.is_authenticated:
        return sign_in_first(request)
    meeting = meeting_at(request, slug)
    minutes = minutes_of(meeting, request.user)
    page = page_of(request, minutes, version_of(minutes, request.user))
    if page.answering is None:
        if sees_all(request.user):
            raise Http404
        messages.error(request, _("The minutes are no longer open for comments."))
        return redirect(minutes)
    with once(request, minutes.get_absolute_url()) as sent:
        if told := answer_for(request, page.minutes, page.answering, by=request.user):
            messages.success(request, told)
            return sent.led_to(redirect(minutes))
    return shown(request, page)


@only_for(may_edit)
@require_POST
def resolve(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponseBase:
    """View of a colleague's decision on a comment."""
    meeting = meeting_at(request, slug)
    minutes: Minutes = minutes_of(meeting, request.user)
    rows = MinutesComment.objects.visible_to(request.user).filter(version__minutes=minutes)
    comment: MinutesComment = get_object_or_404(rows.select_related("version"), pk=pk)
    form = ResolveForm(request.POST, auto_id=f"comment-{pk}-%s")
    is_accepted = request.POST.get("is_accepted") == "1"
    back = redirect(f"{minutes.get_absolute_url()}#comment-{pk}")
    if form.is_valid():
        with once(request) as sent:
            word = form.cleaned_data["word"]
            if done(form, lambda: comment.resolve(by=request.user, is_accepted=is_accepted, word=word)):
                messages.success(request, _("Comment accepted.") if is_accepted else _("Comment not accepted."))
                return sent.led_to(back)
    page = page_of(request, minutes, version_of(minutes, request.user))
    page.wrong = (pk, form)
    return shown(request, page)
