"""URLs of returns."""

from django.urls import path

from engagement.returns import views

app_name = "returns"
urlpatterns = [
    path("returns/", views.index, name="list"),
    path("returns/sent/<int:pk>/", views.sent, name="sent"),
    path("returns/sent/<int:pk>/file/", views.file, name="file"),
    path("returns/<slug:code>/", views.prepare, name="prepare"),
]
