"""URLs of organizations."""

from django.urls import path

from engagement.core.exports import ExportView

from . import bulk_merge_views, merge_views, views
from .exports import OrganizationsExport
from .lists import OrganizationList

app_name = "organizations"
urlpatterns = [
    path("organizations/", OrganizationList.as_view(), name="list"),
    path("organizations.<str:extension>", ExportView.as_view(export=OrganizationsExport), name="export"),
    path("organizations/duplicates/", merge_views.duplicates, name="duplicates"),
    path("organizations/duplicates/not-the-same/", merge_views.not_same, name="not_same"),
    path("organizations/duplicates/ticked/", bulk_merge_views.ticked, name="ticked"),
    path("organizations/duplicates/merge/", merge_views.merge, name="merge"),
    path("organizations/duplicates/merges/", merge_views.merges, name="merges"),
    path("organizations/duplicates/merges/<int:pk>/", merge_views.merge_detail, name="merge_detail"),
    path("organizations/<slug:slug>/", views.organization_detail, name="detail"),
]
