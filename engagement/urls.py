"""URL configuration of the whole site."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from . import view_as_views, views

# The admin has the site's own header (templates/admin/base_site.html), which takes the place of its side bar.
admin.site.enable_nav_sidebar = False
admin.site.index_title = _("Administration")
# One page to sign in, which counts wrong passwords, and not a second one for the admin.
admin.site.login = views.sign_in_for_the_admin  # type: ignore[method-assign]
admin.site.index = views.admin_index  # type: ignore[method-assign, assignment]
admin.site.site_title = _("Administration")
admin.site.empty_value_display = _("not given")  # type: ignore[assignment]

# An error that is the database's, away or full, is answered with 503 and not with 500.
handler500 = "engagement.core.unavailable.handler500"

urlpatterns = [
    path("", views.home, name="home"),
    path("today/", views.today, name="today"),
    path("dashboard/", views.dashboard, name="dashboard"),
    path("overview/", views.overview, name="overview"),
    path("meetings/<slug:slug>/brief/", views.meeting_brief, name="meeting_brief"),
    path("", include("engagement.activity_urls")),
    path("", include("meetings.urls")),
    path("", include("organizations.urls")),
    path("", include("engagement.topics.urls")),
    path("", include("engagement.followups.urls")),
    path("", include("engagement.minutes.urls")),
    path("", include("engagement.imports.urls")),
    path("", include("engagement.search.urls")),
    path("branding/", include("engagement.core.branding.urls")),
    path("", include("engagement.reminders.urls")),
    path("", include("engagement.returns.urls")),
    path("", include("engagement.privacy.urls")),
    path("accounts/", include("engagement.accounts.urls")),
    path("publication/", views.publication, name="publication"),
    path("view-as/visitor/<path:path>", view_as_views.as_visitor, name="as_visitor"),
    path("view-as/visitor/", view_as_views.as_visitor, {"path": ""}),
    path("view-as/organizations/<slug:slug>/", view_as_views.as_representative, {"path": ""}),
    path("view-as/organizations/<slug:slug>/<path:path>", view_as_views.as_representative, name="as_representative"),
    path("view-as/side-by-side/", view_as_views.compare, {"path": ""}),
    path("view-as/side-by-side/<path:path>", view_as_views.compare, name="side_by_side"),
    path("about/", views.about_page, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots_txt, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security"),
    path("healthz", views.healthz, name="healthz"),
    path("admin/", admin.site.urls),
]
