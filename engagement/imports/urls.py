"""URLs of imports."""

from django.urls import path

from engagement.imports.invitations import views as invitations
from engagement.imports.views import commit, correcting, detail, layouts, lists, period, questionable, removal, upload

app_name = "imports"
urlpatterns = [
    path("imports/", upload.import_list, name="list"),
    path("imports/upload/", upload.upload, name="upload"),
    path("imports/invitation/", invitations.upload_invitation, name="invitation"),
    path("imports/invitation/<int:pk>/", invitations.confirm, name="propose"),
    path("imports/layouts/", layouts.layout_list, name="layouts"),
    path("imports/layouts/<slug:slug>/", layouts.layout, name="layout"),
    path("imports/layouts/<slug:slug>/delete/", removal.remove_layout, name="delete_layout"),
    path("imports/<int:pk>/", detail.detail, name="detail"),
    path("imports/<int:pk>/columns/", layouts.columns, name="columns"),
    path("imports/<int:pk>/decide/", detail.decide, name="decide"),
    path("imports/<int:pk>/lists/", lists.lists, name="lists"),
    path("imports/<int:pk>/rows/<int:number>/", correcting.correct_row, name="correct"),
    path("imports/<int:pk>/period/", period.period, name="period"),
    path("imports/<int:pk>/delete/", removal.remove_import, name="delete"),
    path("imports/<int:pk>/look/", commit.look, name="look"),
    path("imports/<int:pk>/commit/", commit.commit, name="commit"),
    path("imports/<int:pk>/undo/", commit.undo, name="undo"),
    path("imports/<int:pk>/questions.<str:extension>", questionable.questionable, name="questionable"),
]
