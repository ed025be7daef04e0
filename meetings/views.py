"""Pages about meetings and series."""

from django.db.models import F
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from django_filters.views import FilterView

from engagement.core.pages import at_address, page_of

from .filters import MeetingFilter
from .models import Document, Meeting, MeetingQuerySet, Series


class MeetingList(FilterView):
    """Every meeting the reader may see, the latest first."""

    template_name = "meetings/meeting_list.html"
    filterset_class = MeetingFilter
    context_object_name = "meetings"
    paginate_by = 25

    def get_queryset(self) -> MeetingQuerySet:
        user = self.request.user
        meetings = Meeting.objects.visible_to(user).for_list().with_agenda(user)
        return meetings.order_by(F("starts_at").desc(nulls_first=True), "-pk")


@require_safe
def meeting_detail(request: HttpRequest, slug: str) -> HttpResponse:
    meeting = at_address(Meeting.objects.visible_to(request.user).for_page(request.user), slug)
    if meeting.slug != slug:
        return redirect(meeting, permanent=True)
    return render(request, "meetings/meeting_detail.html", {"meeting": meeting})


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """A paper kept here, for those who may see it."""
    papers = Document.objects.visible_to(request.user).exclude(file="")
    paper = get_object_or_404(papers, meeting__slug=slug, pk=pk)
    return FileResponse(paper.file.open("rb"), as_attachment=True)


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = at_address(Series.objects.visible_to(request.user).for_page(request.user), slug)
    if series.slug != slug:
        return redirect(series, permanent=True)
    meetings = series.meetings.visible_to(request.user).for_list().with_agenda(request.user)
    page = page_of(request, meetings.order_by(F("starts_at").desc(nulls_first=True), "-pk"), size=50)
    return render(request, "meetings/series_detail.html", {"series": series, "page_obj": page})
