"""Views of private calendar links: their addresses, and the page where somebody makes and revokes them."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from django.views.defaults import page_not_found

from engagement.core.exports import Export, ExportView, Noted
from engagement.core.once import once, token_of
from engagement.core.readers import note_readers
from engagement.core.types import AuthenticatedRequest

from .link_pages import keep_address_secret
from .models import CalendarLink, ExportLog

MOST_LINKS = 20


class PrivateCalendar(ExportView):
    """A calendar as the owner of the link sees it; whoever opens it gets nothing else of the owner's.

    Subclasses say with ``opens`` of which links another file is, and in which form (``extension``).

    ``path("calendar/<str:token>/meetings.ics", PrivateCalendar.as_view(export=MeetingsExport))``
    """

    opens: ClassVar[str] = CalendarLink.Opens.CALENDARS
    extension: ClassVar[str] = "ics"

    def dispatch(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except Http404 as error:
            response = page_not_found(request, error)
        return keep_address_secret(response)

    def get(self, request: HttpRequest, token: str) -> HttpResponseBase:
        link = CalendarLink.objects.behind(token, self.opens)
        if link is None:
            raise Http404
        link.note_use()
        request.user = link.user
        return super().get(request, self.extension)

    def log(self, export: Export, extension: str) -> list[Noted]:
        """Calendar programs come back all day: each calendar is noted once a day."""
        today = ExportLog.objects.filter(
            user=export.user, what=export.name, format=extension, query=export.query, at__date=timezone.localdate()
        )
        return [] if today.exists() else super().log(export, extension)


class CalendarLinkForm(forms.ModelForm):
    class Meta:
        model = CalendarLink
        fields = ["name"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note_readers(self.fields["name"], CalendarLink, "name")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_links(request: AuthenticatedRequest) -> HttpResponse:
    """One's own links. The address of a new one is in the answer to the form, and nowhere else."""
    asked = request.POST if request.method == "POST" else request.GET
    form = CalendarLinkForm(request.POST if request.method == "POST" else None)
    user = request.user
    links = CalendarLink.objects.of(user)
    context: dict[str, Any] = {"form": form, "list": asked.get("list", ""), "query": _query(asked.get("query", ""))}
    if request.method == "POST" and form.is_valid():
        made, token = CalendarLink.objects.make(user, form.cleaned_data["name"], form=token_of(request))
        if links.count() > MOST_LINKS:
            made.delete()
            form.add_error(None, _("You have too many links. Revoke one you no longer use."))
        else:
            context |= {"made": made, "form": CalendarLinkForm()}
            context["addresses"] = _addresses(request, token, context["list"], context["query"])
    return render(request, "accounts/calendar_links.html", {**context, "links": links.all()})


@login_required
@require_POST
def revoke_calendar_link(request: HttpRequest, pk: int) -> HttpResponse:
    with once(request) as sent:
        link = get_object_or_404(CalendarLink.objects.filter(user_id=request.user.pk or 0), pk=pk)
        link.revoke()
        messages.success(request, _("Link “%(name)s” revoked.") % {"name": link})
        return sent.led_to(redirect("accounts:calendar_links"))


def _addresses(request: HttpRequest, token: str, chosen: str, query: str) -> list[dict[str, str]]:
    """The new link's calendars, the one that was asked for first and with its filter."""
    found = []
    for export in Export.by_list.values():
        if export.calendar_url_name:
            path = reverse(export.calendar_url_name, args=[token])
            is_chosen = export.name == chosen
            address = request.build_absolute_uri(f"{path}?{query}" if is_chosen and query else path)
            found.append({"name": export.name, "title": str(export.page_class.title), "url": address})
    return sorted(found, key=lambda one: one["name"] != chosen)


def _query(text: str) -> str:
    """A filter as it came along from a list, in nothing but the form of an address."""
    try:
        return QueryDict(text[:2000]).urlencode()
    except ValueError:
        return ""
