"""URLs of the activity stream: ``/organizations/…/activity/``, and likewise of topics and series."""

from django.urls import path

from engagement.core.views import only_for

from . import activity_views
from .activity_feed import ActivityFeed, FeedView, PrivateFeed

FOLDERS = {"organization": "organizations", "topic": "topics", "series": "series"}
feed = only_for(activity_views.is_signed_in)(FeedView.as_view(export=ActivityFeed))
private_feed = PrivateFeed.as_view(export=ActivityFeed)

urlpatterns = [
    pattern
    for kind, folder in FOLDERS.items()
    for pattern in (
        path(f"{folder}/<slug:slug>/activity/", activity_views.activity, {"kind": kind}, name=f"{kind}_activity"),
        path(f"{folder}/<slug:slug>/activity/seen/", activity_views.seen, {"kind": kind}, name=f"{kind}_activity_seen"),
        path(f"{folder}/<slug:slug>/activity/link/", activity_views.link, {"kind": kind}, name=f"{kind}_activity_link"),
        path(f"{folder}/<slug:slug>/activity.atom", feed, {"kind": kind}, name=f"{kind}_activity_feed"),
        path(
            f"calendar/<str:token>/{folder}/<slug:slug>.atom",
            private_feed,
            {"kind": kind},
            name=f"{kind}_activity_private",
        ),
    )
]
