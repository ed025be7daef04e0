"""URLs of topics, themes and references."""

from django.urls import path

from engagement.core.exports import ExportView

from . import views
from .exports import TopicsExport
from .lists import TopicList

app_name = "topics"
urlpatterns = [
    path("topics/", TopicList.as_view(), name="list"),
    path("topics.<str:extension>", ExportView.as_view(export=TopicsExport), name="export"),
    path("topics/<slug:slug>/", views.topic_detail, name="detail"),
    path("themes/<slug:slug>/", views.theme_detail, name="theme"),
    path("references/<slug:slug>/", views.reference_detail, name="reference"),
]
