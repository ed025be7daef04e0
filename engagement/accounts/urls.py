"""URLs of accounts: signing in and out, passwords, saved views and calendar links."""

from django.urls import path

from . import calendars, password_links, saved_views, views

app_name = "accounts"
urlpatterns = [
    path("login/", views.SignIn.as_view(), name="login"),
    path("logout/", views.SignOut.as_view(), name="logout"),
    path("password/", views.ChangePassword.as_view(), name="password_change"),
    path("password/link/", password_links.ask_for_link, name="ask_for_link"),
    path("password/<str:uidb64>/<str:token>/", password_links.ChoosePassword.as_view(), name="choose_password"),
    path("views/", saved_views.saved_views, name="saved_views"),
    path("views/add/", saved_views.add_view, name="add_view"),
    path("views/<int:pk>/", saved_views.change_view, name="change_view"),
    path("views/<int:pk>/delete/", saved_views.delete_view, name="delete_view"),
    path("views/<int:pk>/copy/", saved_views.copy_view, name="copy_view"),
    path("views/<int:pk>/default/", saved_views.choose_default, name="default_view"),
    path("calendar/", calendars.calendar_links, name="calendar_links"),
    path("calendar/<int:pk>/revoke/", calendars.revoke_calendar_link, name="revoke_calendar_link"),
]
