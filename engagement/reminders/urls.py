"""Where somebody chooses which reminders to get."""

from django.urls import path

from .views import preferences

app_name = "reminders"
urlpatterns = [path("accounts/reminders/", preferences, name="preferences")]
