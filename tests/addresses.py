"""The addresses of a small world's pages: of the site, and of the admin."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin

from engagement.accounts.models import CalendarLink, SavedView, User
from engagement.core.models import Record, sees_all
from engagement.returns.actions import make as make_return
from engagement.returns.models import Return, ReturnForm
from engagement.returns.periods import Period
from engagement.returns.shipped import load as load_return_forms
from engagement.samples.loading import load
from engagement.topics.models import Theme
from organizations.merging.actions import merge_organizations
from organizations.models import Merge, NotSame
from tests import makers as make
from tests.made_once import made_once
from tests.people import People
from tests.world import INSIDE_MARK, PUBLIC_MARK, World, make_world

LISTS = [
    "/",
    "/accessibility/",
    "/about/",
    "/overview/",
    "/meetings/",
    "/organizations/",
    "/topics/",
    "/series/",
    "/follow-ups/",
    "/follow-ups/?due=overdue",
    "/follow-ups/?opened_from=yesterday&closed_from=08/05/2025&due_within=soon&opened=this_year&due=none&due=overdue",
    "/meetings/?q=none",
    "/organizations/?when=never&q=none&sort=-held",
    "/topics/?when=this_year&organization_find=long&sort=last",
    "/series/?from=2020-01-01&kind=bilateral&sort=-next",
    "/search/",
    "/search/?q=meeting&noun=meeting&noun=discussion&sort=date&page=1",
    "/search/?q=nothing-is-called-so&page=zzz",
]
LOGIN, PASSWORD, MISSING = "/accounts/login/", "/accounts/password/", "/there-is-no-such-page/"
LONG = "Arzneimittelzulassungsverfahrensvereinheitlichungsabkommensverhandlungen"


def make_site(people: People) -> World:
    """A world with a record of every level, the founding example, and words too long for a phone."""
    return made_once(lambda: _make_site(people), "site", people)


def _make_site(people: People) -> World:
    world = make_world(people)
    world.records["founding"] = load(by=people.secretary, publisher=people.publisher)
    long = make.make_organization(LONG, acronym="LONG")
    meeting = make.make_public(
        f"Meeting on {LONG}", counterparts=[long], source_url=f"https://example.org/{LONG}/{LONG}"
    )
    discussion = make.make_discussion(meeting, LONG, said=f"{LONG} {LONG}")
    make.make_position(discussion, long, statement=LONG)
    followup = make.make_followup(LONG, discussion=discussion, owner=long, chaser=people.secretary, visibility=20)
    make.make_report(followup, comment=f"{LONG} {LONG}", evidence=f"https://example.org/{LONG}/{LONG}")
    world.records.update(long=meeting, long_organization=long, long_followup=followup)
    load_return_forms()
    return world


def return_addresses(world: World, user: Any) -> list[str]:
    """Every return, what one would say of the founding meeting, and one that was made."""
    if not user.has_perm("returns.add_return"):
        return []
    host = world.records["founding"].series.host
    form = ReturnForm.objects.get(code="commission-cabinets")
    period = Period.of(form.period, world.records["founding"].starts_on)
    page = f"/returns/{form.code}/?host={host.slug}&period={period.key}"
    sent = Return.objects.first() or make_return(form, host, period, by=user)
    return ["/returns/", f"/returns/{form.code}/", page, sent.get_absolute_url()]


def site_addresses(world: World, mark: str) -> list[str]:
    """Every kind of page that whoever has the mark may read; the newest record of each kind."""
    of_kind = {address.split("/")[1]: address for address, of in world.addresses if of == mark}
    records = [world.records[name] for name in ("founding", "long", "long_organization", "long_followup")]
    records.append(world.records["founding"].series)
    topic = world.records["founding"].discussions.first().topic
    records += [topic, topic.themes.first() or Theme.objects.first()]
    book = f"{world.records['founding'].series.get_absolute_url()}book/"
    ledgers = [f"{record.get_absolute_url()}positions/" for record in (topic, world.records["long_organization"])]
    return [*LISTS, book, *ledgers, *sorted(of_kind.values()), *(record.get_absolute_url() for record in records)]


def visitor_addresses(world: World) -> list[str]:
    return [*site_addresses(world, PUBLIC_MARK), LOGIN]


def staff_addresses(world: World, user: Any) -> list[str]:
    brief = f"{world.records['founding'].get_absolute_url()}brief/"
    may_plan = user.has_perm("meetings.add_meeting")
    plan = [f"{world.records['founding'].series.get_absolute_url()}plan/"] if may_plan else []
    return [
        *site_addresses(world, INSIDE_MARK),
        "/today/?mine=1",
        "/dashboard/",
        brief,
        *(f"/view-as/{who}{world.records['founding'].get_absolute_url()}" for who in ("visitor", "side-by-side")),
        *(f"{world.records[name].get_absolute_url()}activity/" for name in ("host", "long_organization")),
        f"{world.records['founding'].series.get_absolute_url()}activity/",
        *plan,
        "/publication/",
        *return_addresses(world, user),
        PASSWORD,
        *own_addresses(user),
        *merge_addresses(user),
    ]


def merge_addresses(user: Any) -> list[str]:
    """Likely duplicates, two compared, what was merged, and one merge."""
    if not user.has_perm("organizations.merge_organization"):
        return []
    if (merge := Merge.objects.first()) is None:
        one, other, gone = (make.make_organization(f"{LONG} twice", website="https://twin.example/") for _ in range(3))
        other.country = "BE"
        other.save()
        make.make_held(counterparts=[gone])
        merge = merge_organizations(one, [gone], by=user)
        NotSame.remember(*(make.make_organization(f"{LONG} thrice") for _ in range(2)), by=user)
    kept, other = merge.kept_id, merge.kept_id + 1
    pair = f"organization={kept}&organization={other}"
    pages = ("", "?kind=name", f"merge/?{pair}", f"merge/?{pair}&step=ask", "merges/", f"merges/{merge.pk}/")
    return [f"/organizations/duplicates/{page}" for page in pages]


def own_addresses(user: Any) -> list[str]:
    """The pages of one's own views, calendar links and reminders, with one view and link."""
    view, _made = SavedView.objects.get_or_create(
        owner=user, list_name="followups:list", name=LONG[:60], query="due=overdue"
    )
    CalendarLink.objects.make(user, name=LONG[:60])
    asked = "list=meetings%3Alist&query=status%3Dheld%26q%3Dtwo%2Bwords"
    views = [f"/accounts/views/{part}" for part in ("", f"add/?{asked}", f"{view.pk}/")]
    reminders = ["/accounts/reminders/"] if sees_all(user) else []
    return [*views, *reminders, "/accounts/calendar/", f"/accounts/calendar/?{asked}"]


def admin_addresses(world: World) -> list[str]:
    """Every kind of page of the admin: each noun's list and forms, and each question before a verb."""
    asked: set[Any] = set()
    found = ["/admin/", "/admin/meetings/", "/admin/password_change/"]
    for model, model_admin in admin.site._registry.items():
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        found += [base] if getattr(model_admin, "is_read_only", False) else [base, f"{base}add/"]
        record = world.records.get("founding") if model._meta.model_name == "meeting" else None
        record = record or model._default_manager.order_by("pk").first()
        if record is None:
            continue
        found.append(f"{base}{record.pk}/change/")
        if not issubclass(model, Record) or model._meta.model_name in ("meeting", "organization"):
            found += [f"{base}{record.pk}/history/", f"{base}{record.pk}/delete/"]
        for verb in getattr(model_admin, "verbs", ()):
            if verb.form not in asked:
                asked.add(verb.form)
                found.append(f"{base}{record.pk}/verb/{verb.name}/")
    password = f"/admin/accounts/user/{User.objects.earliest('pk').pk}/password/"
    return [*found, *(f"{list_}{query}" for list_, query in NARROWED), password]


NARROWED = [
    ("/admin/meetings/meeting/", "?q=nothing-is-called-so"),
    ("/admin/meetings/meeting/", "?status=held&o=3.-2"),
    ("/admin/followups/followup/", "?due=overdue"),
    ("/admin/organizations/organization/add/", "?_popup=1"),
]


def told(faults: list[str]) -> str:
    return f"{len(faults)} faults:\n" + "\n".join(faults)


def each(addresses: list[str]) -> Iterator[str]:
    yield from dict.fromkeys(addresses)


def chief(people: People) -> Any:
    """A secretary who may also do what only the administrator of the site may."""
    people.secretary.is_superuser = True
    people.secretary.save()
    return people.secretary
