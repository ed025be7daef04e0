"""URLs of follow-ups."""

from django.urls import path

from engagement.accounts.calendars import PrivateCalendar
from engagement.core.exports import ExportView

from . import link_views, report_views, views
from .action_views import act
from .exports import FollowUpsExport
from .lists import FollowUpList
from .plan_views import plan_next_meeting

app_name = "followups"
urlpatterns = [
    path("follow-ups/", FollowUpList.as_view(), name="list"),
    path("follow-ups.<str:extension>", ExportView.as_view(export=FollowUpsExport), name="export"),
    path("calendar/<str:token>/follow-ups.ics", PrivateCalendar.as_view(export=FollowUpsExport), name="calendar"),
    path("follow-ups/act/<slug:verb>/", act, name="act"),
    path("series/<slug:slug>/plan/", plan_next_meeting, name="plan"),
    path("follow-ups/<slug:reference>/", views.followup_detail, name="detail"),
    path("follow-ups/<slug:reference>/links/", link_views.make_link, name="make_link"),
    path("follow-ups/<slug:reference>/links/<int:pk>/revoke/", link_views.revoke_link, name="revoke_link"),
    path("respond/<str:token>/", link_views.respond, name="respond"),
    path("follow-ups/<slug:reference>/report/", report_views.report, name="report"),
    path("follow-ups/<slug:reference>/reports/<int:pk>/file/", report_views.report_file, name="report_file"),
    path(
        "follow-ups/<slug:reference>/reports/<int:pk>/withdraw/", report_views.withdraw_report, name="withdraw_report"
    ),
    path("follow-ups/<slug:reference>/reports/<int:pk>/confirm/", report_views.confirm, name="confirm_report"),
    path("follow-ups/<slug:reference>/reports/<int:pk>/return/", report_views.return_report, name="return_report"),
]
