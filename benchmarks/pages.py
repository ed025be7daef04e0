"""Every list and page, as a visitor or as somebody who is signed in."""

from statistics import median

from django.contrib.auth import get_user_model
from django.test import Client

from benchmarks.server import fetch, serving
from benchmarks.urls import CONSTANT
from engagement.followups.models import FollowUp
from engagement.topics.models import Theme
from meetings.models import Meeting
from organizations.models import Organization


def addresses() -> dict[str, str]:
    """What is measured: lists as they open, narrowed, sorted and deep, and one page of each noun."""
    meeting = Meeting.objects.latest().filter(published_at__isnull=False, series__isnull=False).first()
    theme = Theme.objects.filter(depth=1).order_by("pk").first()
    if meeting is None or theme is None:
        raise SystemExit("There is nothing to measure: fill the database with make_sample first.")
    counterpart = Organization.objects.filter(parties__meeting=meeting, is_host=False).first()
    return {
        "front page": "/",
        "follow-ups": "/follow-ups/",
        "follow-ups, late": "/follow-ups/?due=overdue",
        "follow-ups, a theme": f"/follow-ups/?theme={theme.slug}",
        "follow-ups, words": "/follow-ups/?q=report",
        "follow-ups, by title": "/follow-ups/?sort=title",
        "follow-ups, page 200": "/follow-ups/?page=200",
        "follow-ups, all numbers": "/follow-ups/?numbers=1",
        "meetings": "/meetings/",
        "meetings, words": "/meetings/?q=bilateral",
        "organizations": "/organizations/",
        "topics": "/topics/",
        "meeting": meeting.get_absolute_url(),
        "series": meeting.series.get_absolute_url() if meeting.series else "/series/",
        "organization": counterpart.get_absolute_url() if counterpart else "/organizations/",
        "theme": theme.get_absolute_url(),
    }


def cookie_of(username: str) -> str:
    """A session of this person, for the server to find."""
    if not username:
        return ""
    client = Client()
    client.force_login(get_user_model().objects.get(username=username))
    return f"sessionid={client.cookies['sessionid'].value}"


def measure(rounds: int, username: str) -> None:
    pages, cookie = addresses(), cookie_of(username)
    times: dict[str, list[float]] = {name: [] for name in (*pages, "nothing")}
    sizes: dict[str, int] = {}
    with serving() as base:
        for address in pages.values():
            fetch(base + address, cookie)
        for _round in range(rounds):
            for name, address in pages.items():
                seconds, sizes[name] = fetch(base + address, cookie)
                times[name].append(seconds)
                times["nothing"].append(fetch(base + CONSTANT)[0])
    unit = median(times["nothing"])
    print(f"{FollowUp.objects.count():,} follow-ups, as {username or 'a visitor'}; nothing takes {unit * 1000:.1f} ms")
    for name in pages:
        print(f"{name:26}{median(times[name]) / unit:8.1f} times {sizes[name] / 1000:8.1f} kB")
