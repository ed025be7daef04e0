"""URLs of erasures and of the data held on one person."""

from django.urls import path

from . import views

app_name = "privacy"
urlpatterns = [
    path("people/erase/", views.erase_name, name="erase_name"),
    path("people/<int:pk>/erase/", views.erase_person, name="erase_person"),
    path("people/<int:pk>/held.<str:extension>", views.held, name="held"),
]
