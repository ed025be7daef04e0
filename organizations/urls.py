"""Whom we meet."""

from django.urls import path

from engagement.core.listing.exports import ExportView

from . import views
from .exports import OrganizationsExport
from .lists import OrganizationList

app_name = "organizations"
urlpatterns = [
    path("organizations/", OrganizationList.as_view(), name="list"),
    path("organizations.<str:extension>", ExportView.as_view(export=OrganizationsExport), name="export"),
    path("organizations/<slug:slug>/", views.organization_detail, name="detail"),
]
