"""Where files are brought in."""

from django.urls import path

from .screens import invitation, layouts, showing, taking, uploading

app_name = "imports"
urlpatterns = [
    path("imports/", uploading.import_list, name="list"),
    path("imports/upload/", uploading.upload, name="upload"),
    path("imports/invitation/", invitation.invitation, name="invitation"),
    path("imports/invitation/<int:pk>/", invitation.confirm, name="propose"),
    path("imports/layouts/", layouts.layout_list, name="layouts"),
    path("imports/layouts/<slug:slug>/", layouts.layout, name="layout"),
    path("imports/<int:pk>/", showing.detail, name="detail"),
    path("imports/<int:pk>/columns/", layouts.columns, name="columns"),
    path("imports/<int:pk>/decide/", showing.decide, name="decide"),
    path("imports/<int:pk>/look/", taking.look, name="look"),
    path("imports/<int:pk>/commit/", taking.commit, name="commit"),
    path("imports/<int:pk>/undo/", taking.undo, name="undo"),
    path("imports/<int:pk>/questions.<str:extension>", taking.questionable, name="questionable"),
]
