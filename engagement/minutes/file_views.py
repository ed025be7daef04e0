"""Minutes as files: PDF/A-3 with PDF/UA, DOCX, the data; and those of a series as one file. Always downloads."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from engagement.core.models import Visibility
from engagement.core.views import at_address, moved_to
from meetings.models import Meeting, Series
from meetings.views import meeting_at

from .content import bytes_of
from .lookup import minutes_of, version_of
from .models import Minutes, MinutesTexts
from .pages import MinutesPage
from .printing import data
from .printing.bounded_process import NotMade, made

TYPES = {
    "json": "application/json",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_CHAPTERS = 60
Made = Callable[[], bytes]


@require_safe
def version_file(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """One version as this reader may read it."""
    meeting = meeting_at(request, slug)
    if extension not in TYPES:
        raise Http404
    if meeting.slug != slug:
        return moved_to(request, "minutes:file", meeting.slug, number, extension)
    minutes = minutes_of(meeting, request.user)
    page = MinutesPage(minutes, request.user, version_of(minutes, request.user, number))
    try:
        return file_of(page, extension, left_out(request))
    except NotMade as why:
        messages.error(request, " ".join(why.messages))
        return HttpResponseRedirect(minutes.get_absolute_url())


def file_of(page: MinutesPage, extension: str, without: set[str]) -> HttpResponse:
    """A version as a download; ``NotMade`` says why there is none."""
    makers: dict[str, Made] = {
        "json": lambda: bytes_of(page.content),
        "pdf": lambda: _pdf(data.for_pdf(page, without), page),
        "docx": lambda: _docx(data.for_docx(page, without)),
    }
    name = f"{page.minutes.meeting.reference}-minutes-{page.version.number}"
    is_public = page.version.audience == Visibility.PUBLIC and not page.is_staff
    return _download(makers[extension](), name, extension, is_public=is_public)


def left_out(request: HttpRequest) -> set[str]:
    """The parts that were not chosen, if there was a choice."""
    if "chosen" not in request.GET:
        return set()
    return set(data.SWITCHES) - set(request.GET.getlist("with"))


def _pdf(told: data.Data, page: MinutesPage) -> bytes:
    at = timezone.localtime(page.version.at)
    return made("pdf", data=told, at=at.isoformat(timespec="seconds"), note=unprintable())


def unprintable() -> str:
    return _("“?” replaces characters that the available fonts do not have. The attached data contains them.")


def _docx(told: data.Data) -> bytes:
    texts = MinutesTexts.objects.current()
    asked: dict[str, object] = {"data": told, "lang": settings.LANGUAGE_CODE.partition("-")[0]}
    if not texts.docx_template:
        return made("docx", **asked)
    with texts.template_on_disk() as path:
        return made("docx", **asked, template=path)


@require_safe
def series_file(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The latest readable version of each meeting of a series, in the order of the meetings."""
    series: Series = at_address(Series.objects.visible_to(request.user), slug)
    if extension not in ("pdf", "docx"):
        raise Http404
    meetings = Meeting.objects.visible_to(request.user).filter(series=series)
    rows = Minutes.objects.visible_to(request.user).filter(meeting__in=meetings.order_by().values("pk"))
    found = list(rows.select_related("meeting").order_by("meeting__starts_at", "pk")[:MOST_CHAPTERS])
    if not found:
        raise Http404
    pages = [MinutesPage(one, request.user, version_of(one, request.user)) for one in found]
    book = data.for_book(series.title, pages, left_out(request))
    try:
        content = _pdf(book, pages[-1]) if extension == "pdf" else _docx(data.as_docx(book))
    except NotMade as why:
        messages.error(request, " ".join(why.messages))
        return HttpResponseRedirect(series.get_absolute_url())
    return _download(content, f"{slugify(series.title)[:60] or 'series'}-minutes", extension, is_public=False)


def _download(content: bytes, name: str, extension: str, *, is_public: bool) -> HttpResponse:
    """Never shown in the browser; kept by nobody unless everybody may read it."""
    response = HttpResponse(content, content_type=TYPES[extension])
    response["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    response["Cache-Control"] = "no-cache" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
