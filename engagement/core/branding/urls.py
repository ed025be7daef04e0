from django.urls import path

from . import views

app_name = "branding"
urlpatterns = [
    path("<slug:version>/colours.css", views.style_sheet, name="colours"),
    path("<slug:version>/icon.svg", views.icon, name="icon"),
    path("<slug:version>/logo.<slug:extension>", views.logo, name="logo"),
]
