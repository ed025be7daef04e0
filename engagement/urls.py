"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("meetings.urls")),
    path("", include("organizations.urls")),
    path("", include("engagement.topics.urls")),
    path("", include("engagement.followups.urls")),
    path("accounts/", include("engagement.accounts.urls")),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
