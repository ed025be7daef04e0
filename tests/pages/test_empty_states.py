"""What a page says when there is nothing of something is true: with no data at all, and with data of other kinds."""

import re

import pytest

from tests import makers as make
from tests.makers import PUBLIC
from tests.pages.reading import page_text
from tests.people import People, client_of

pytestmark = pytest.mark.django_db
LISTS = ["/meetings/", "/series/", "/topics/", "/follow-ups/", "/organizations/"]


@pytest.fixture(scope="module")
def site(module_people: People) -> People:
    """People, and nothing recorded but their organizations."""
    return module_people


def test_lists_of_nothing_say_so_and_leave_nothing_out(site: People) -> None:
    """Not “leave out one condition”, which would be the one the list sets by itself."""
    for name, user in site:
        is_inside = name in ("secretary", "manager", "publisher")
        for address in LISTS:
            if address == "/organizations/" and name != "visitor":
                continue  # these have at least their own
            text = page_text(address, user)
            assert ("recorded yet" if is_inside else "to show yet") in text, f"{name} at {address}"
            assert "Leave out" not in text and "Nothing to choose" not in text


def test_the_front_page_of_an_empty_register(site: People) -> None:
    text = {name: page_text("/overview/", user) for name, user in site}
    assert "Log the first one" in text["secretary"] and "No meeting planned" in text["secretary"]
    for name in ("manager", "publisher"):  # they may log no meeting
        assert "No meetings yet." in text[name] and "Log the first one" not in text[name]
    assert "No meetings yet" in text["visitor"] and "No upcoming meetings" in text["visitor"]


def test_nothing_is_said_of_every_record_where_there_is_none(site: People) -> None:
    """Not “Every request was answered”: none was made."""
    pages = ["/", "/today/?mine=1", "/overview/", "/dashboard/", "/publication/", "/returns/", "/withdrawn/"]
    of_all = re.compile(r"(?:Every|All|Each|These) .*\b(?:was|were|is|are|met)\b")
    for name, user in (
        ("visitor", site.visitor),
        ("representative", site.representative),
        ("publisher", site.publisher),
    ):
        for address in pages:
            sentences = re.findall(r"<(?:p|li|td)\b[^>]*>([^<]*)<", client_of(user).get(address).text)
            said = [one for one in sentences if of_all.match(one.strip())]
            assert said == [], f"{name} at {address}"
    assert "No request is without an answer." in page_text("/", site.secretary)
    assert "They are also" not in page_text("/withdrawn/") and "Every meeting" not in page_text(
        "/admin/", site.secretary
    )
    assert "No promise was due in" in page_text("/")


def test_lists_of_the_admin_say_what_is_not_there(site: People) -> None:
    topics = "/admin/topics/topic/"
    for user in (site.secretary, site.manager):
        text = page_text(topics, user)
        assert "Nothing recorded yet." in text and "Show all" not in text and "Remove a filter" not in text
        assert "Nothing found. Remove a filter" in page_text(f"{topics}?status__exact=open", user)
    make.make_topic("Fees")
    assert "Show all" not in page_text(topics, site.manager)
    assert "Show all" in page_text(f"{topics}?q=fees", site.manager)
    assert "Nothing found. Remove a filter" in page_text(f"{topics}?q=dues", site.manager)


def test_the_front_page_does_not_deny_what_it_shows(site: People) -> None:
    """A meeting announced, and one held whose discussion has no topic."""
    make.make_discussion(make.make_public(starts_on=make.dt.date.today()), "Fees")
    text = page_text("/")
    assert "Nothing was discussed" not in text and "No topics discussed" in text
    assert "No meeting has been published" not in text


def test_only_what_lists_leave_out_by_themselves(site: People) -> None:
    """Everything done, everything archived: the list says that there is more, and leads there."""
    make.make_followup(visibility=PUBLIC, discussion=make.make_discussion(make.make_public())).complete(by=None)
    text = page_text("/follow-ups/")
    assert "Remove: Open" in text and "Show the whole list" in text and "to show yet" not in text
    type(site.ours).objects.update(archived_at="2026-01-01T00:00Z", archive_reason="Over.")
    text = page_text("/organizations/", site.manager)
    answer = client_of(site.manager).get("/organizations/").content.decode()
    assert "recorded yet" not in text and 'href="/organizations/?show=all"' in answer


def test_filters_offer_what_can_be_chosen_or_searched(site: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A group without choices is left out; of a long list one can type to find any."""
    for _number in range(3):
        make.make_public()
    make.make_series("Yearly")
    page = client_of(site.manager).get("/meetings/").content.decode()
    assert "Nothing to choose" not in page and 'id="choices-series"' not in page
    monkeypatch.setattr("engagement.core.lists.facets.SOME", 2)
    page = client_of(site.manager).get("/meetings/").content.decode()
    assert "Nothing to choose" not in page and 'id="find-series"' in page


def test_a_topic_with_joint_positions_and_those_of_the_host_alone(site: People) -> None:
    """Two positions stand there, so nobody reads that nobody took one; no request was made, so none was answered."""
    host, topic = make.make_host(), make.make_topic("Fees")
    talk = make.make_discussion(make.make_public(host=host), topic=topic)
    make.make_position(talk)
    make.make_position(talk, host)
    text = page_text(topic.get_absolute_url())
    assert "Nobody yet" not in text and "No organization took a position yet" in text
    assert "No requests recorded" in text and "every request" not in text
    assert "No follow-up on this topic is open" in text
    request = make.make_position(talk, talk.meeting.parties.get(side="counterpart").organization, stance="requests")
    assert "No requests recorded" not in page_text(topic.get_absolute_url())
    make.make_position(make.make_discussion(make.make_public(host=host), topic=topic), host)
    text = page_text(topic.get_absolute_url())
    assert "The other side answered every request" in text and request.organization.name in text


def test_a_topic_that_nobody_brought_up(site: People) -> None:
    topic = make.make_topic("Never")
    text = page_text(topic.get_absolute_url(), site.manager)
    assert "No requests recorded" in text and "with 0 organizations" not in text
    assert "Not discussed at a meeting yet" in text


def test_open_is_one_number_on_a_page(site: People) -> None:
    """What is open is to do, in progress or waiting; no state is called by the name of all three."""
    host, waiting = make.make_host(), make.make_followup("Waits")
    waiting.wait(by=None, on=host, reason="A letter.")
    make.make_followup("Stands")
    found = client_of(site.manager).get("/follow-ups/").context["result"]
    open_at_the_top = [stat.number for stat in found.stats if "open" in stat.label]
    states = {str(choice.label): choice.count for choice in found.facets["status"].choices}
    assert open_at_the_top == ["2"]
    assert "Open" not in states and states["To do"] + states["In progress"] + states["Waiting"] == 2
    text = page_text("/follow-ups/", site.manager)
    assert "Status: Open" not in text and text.count("To do") >= 2


def test_promises_that_are_crowded_out_are_not_denied(site: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of many promises those due first are shown: the others are open all the same."""
    monkeypatch.setattr("engagement.followups.templatetags.followups_panels.SHOWN_AT_MOST", 1)
    monkeypatch.setattr("engagement.followups.templatetags.followups_panels.TOPIC_SHOWS", 1)
    host, topic = make.make_host(), make.make_topic("Fees")
    talk = make.make_discussion(make.make_public(host=host, counterparts=[site.ours]), topic=topic)
    make.make_followup(discussion=talk, owner=host, due_on=make.LONG_AGO, visibility=PUBLIC)
    make.make_followup(discussion=talk, owner=site.ours, chaser=site.manager, visibility=PUBLIC)
    text = page_text(site.ours.get_absolute_url())
    assert "1 open" in text and "None open" not in text and "None of these is among those due first" in text
    assert "All open follow-ups on this topic" in page_text(topic.get_absolute_url())


def test_an_organization_whose_only_promise_was_cancelled(site: People) -> None:
    talk = make.make_discussion(make.make_public(counterparts=[site.ours]))
    promise = make.make_followup(discussion=talk, owner=site.ours, chaser=site.manager, visibility=PUBLIC)
    promise.cancel(by=None, reason="No longer needed.")
    assert "No promises by this organization" in page_text(site.ours.get_absolute_url())


def test_a_meeting_ahead_has_no_topics_discussed(site: People) -> None:
    ahead = make.make_meeting("Ahead", starts_on=make.dt.date.today() + make.dt.timedelta(days=5))
    for user, may_add in ((site.secretary, True), (site.manager, False)):
        text = page_text(ahead.get_absolute_url(), user)
        assert "No agenda to show" in text and ("Add it" in text) == may_add
        assert "No discussions recorded yet" not in text and "Nothing was promised" not in text
