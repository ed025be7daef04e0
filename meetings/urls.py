"""Meetings, their papers, and the series they belong to."""

from django.urls import path

from engagement.accounts.calendars import PrivateCalendar
from engagement.core.exports import ExportView

from . import views
from .exports import MeetingsExport, SeriesExport
from .lists import MeetingList, SeriesList

app_name = "meetings"
urlpatterns = [
    path("meetings/", MeetingList.as_view(), name="list"),
    path("meetings.<str:extension>", ExportView.as_view(export=MeetingsExport), name="export"),
    path("calendar/<str:token>/meetings.ics", PrivateCalendar.as_view(export=MeetingsExport), name="calendar"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="detail"),
    path("meetings/<slug:slug>/documents/<int:pk>/", views.document, name="document"),
    path("series/", SeriesList.as_view(), name="series_list"),
    path("series.<str:extension>", ExportView.as_view(export=SeriesExport), name="series_export"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
    path("series/<slug:slug>/book/", views.series_book, name="series_book"),
]
