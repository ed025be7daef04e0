"""URLs of the search."""

from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("search/", views.search, name="page"),
    path("search/suggestions/", views.suggestions, name="suggestions"),
]
