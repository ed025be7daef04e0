"""What was promised."""

from django.urls import path

from . import views

app_name = "followups"
urlpatterns = [
    path("follow-ups/", views.followup_list, name="list"),
    path("follow-ups/<slug:reference>/", views.followup_detail, name="detail"),
]
