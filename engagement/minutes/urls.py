"""URLs of minutes."""

from django.urls import path

from . import file_views, link_views, verb_views, views

app_name = "minutes"
_OF = "meetings/<slug:slug>/minutes/"
urlpatterns = [
    path(_OF, views.detail, name="detail"),
    path(f"{_OF}begin/", verb_views.begin, name="begin"),
    path(f"{_OF}<int:number>/", views.version, name="version"),
    path(f"{_OF}<int:number>.<str:extension>", file_views.version_file, name="file"),
    path("series/<slug:slug>/minutes.<str:extension>", file_views.series_file, name="series_file"),
    path(f"{_OF}compare/", views.compare, name="compare"),
    path(f"{_OF}answer/", views.answer, name="answer"),
    path(f"{_OF}send/", verb_views.send, name="send"),
    path(f"{_OF}act/<slug:verb>/", verb_views.act, name="act"),
    path(f"{_OF}comments/<int:pk>/resolve/", views.resolve, name="resolve"),
    path(f"{_OF}links/", verb_views.make_link, name="make_link"),
    path(f"{_OF}links/<int:pk>/revoke/", verb_views.revoke_link, name="revoke_link"),
    path("minutes/<str:token>/", link_views.by_link, name="by_link"),
    path("minutes/<str:token>/minutes.<str:extension>", link_views.file_by_link, name="file_by_link"),
]
