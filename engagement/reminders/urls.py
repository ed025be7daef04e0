"""URLs of reminders: somebody's preferences, and reminding a colleague."""

from django.urls import path

from .views import preferences, remind_to_publish

app_name = "reminders"
urlpatterns = [
    path("accounts/reminders/", preferences, name="preferences"),
    path("meetings/<slug:slug>/publication/remind/", remind_to_publish, name="remind_to_publish"),
]
