"""Admin of the log of reminders and of a demonstration's e-mails, read-only."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.clickjacking import xframe_options_sameorigin

from engagement.core.admin.changelist import ReadOnlyAdmin

from .models import Digest, KeptMail, PublishingReminder

ONLY_ITSELF = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"


@admin.register(Digest)
class DigestAdmin(ReadOnlyAdmin):
    list_display = ("told_on", "person", "sent_at", "handed_at", "error")
    list_select_related = ("person",)
    search_fields = ("person__username", "person__last_name")
    empty_value_display = _("none")
    fields = ("told_on", "person", "claimed_at", "handed_at", "sent_at", "error", "told")
    readonly_fields = ("told",)

    @admin.display(description=_("follow-ups"))
    def told(self, digest: Digest) -> str:
        return "; ".join(map(str, digest.reminders.select_related("followup")))


@admin.register(PublishingReminder)
class PublishingReminderAdmin(ReadOnlyAdmin):
    list_display = ("told_on", "person", "meeting", "asked_by", "sent_at", "error")
    list_select_related = ("person", "meeting", "asked_by")
    search_fields = ("person__username", "person__last_name", "meeting__reference")
    empty_value_display = _("none")
    fields = ("told_on", "person", "meeting", "asked_at", "asked_by", "sent_at", "error")


@admin.register(KeptMail)
class KeptMailAdmin(ReadOnlyAdmin):
    """The HTML of an e-mail is shown in a frame in which nothing runs and nothing is fetched."""

    list_display = ("at", "to", "subject")
    search_fields = ("to", "subject")
    fields = ("at", "to", "subject", "shown", "text", "headers")
    readonly_fields = ("shown",)

    @admin.display(description=_("as HTML"))
    def shown(self, mail: KeptMail) -> str:
        if not mail.html:
            return str(_("This e-mail is text only."))
        address = reverse("admin:reminders_keptmail_html", args=[mail.pk])
        return format_html('<iframe class="kept-mail" sandbox src="{}" title="{}"></iframe>', address, mail.subject)

    def get_urls(self) -> list[URLPattern]:
        framed = xframe_options_sameorigin(self.admin_site.admin_view(self.html))
        return [path("<int:pk>/html/", framed, name="reminders_keptmail_html"), *super().get_urls()]

    def html(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        response = HttpResponse(get_object_or_404(KeptMail, pk=pk).html)
        response["Content-Security-Policy"] = ONLY_ITSELF
        return response
