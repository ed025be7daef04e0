"""Meetings, their papers, and the series they belong to."""

from django.urls import path

from . import views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.MeetingList.as_view(), name="list"),
    path("meetings/<slug:slug>/", views.meeting_detail, name="detail"),
    path("meetings/<slug:slug>/documents/<int:pk>/", views.document, name="document"),
    path("series/<slug:slug>/", views.series_detail, name="series_detail"),
]
