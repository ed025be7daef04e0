"""What the best registers show of a contact: on whose behalf, in which form, which way papers went, who it was."""

import datetime as dt

from django.urls import reverse

from meetings.models import Party
from tests import makers as make
from tests.exports.reading import fetch
from tests.pages.charts import markup_of
from tests.pages.reading import words
from tests.people import People, client_of


def test_a_meeting_tells_on_whose_behalf_in_which_form_and_which_way_papers_went(people: People) -> None:
    firm = make.make_organization("Law firm")
    meeting = make.make_public(counterparts=[firm], contact_form="call")
    Party.objects.filter(meeting=meeting, organization=firm).update(on_behalf_of="Alpha plc;  Beta SA;")
    letter = {"kind": "letter", "direction": "received", "exchanged_on": dt.date(2025, 5, 6)}
    make.make_document(meeting, "Letter", **letter)
    make.make_document(meeting, "Slides", direction="sent")
    text = words(markup_of(meeting.get_absolute_url(), people.visitor))
    assert "On behalf of Alpha plc; Beta SA" in text
    assert "Form of contact Telephone call" in text
    assert "Letter, received 6 May 2025" in text
    assert "Agenda, sent" in text
    assert "On behalf of" not in words(markup_of(make.make_public().get_absolute_url(), people.visitor))


def test_an_organization_tells_its_legal_form_and_sector(people: People) -> None:
    firm = make.make_organization("Law firm", legal_form="partnership", sector="N")
    make.make_public(counterparts=[firm])
    text = words(markup_of(firm.get_absolute_url(), people.visitor))
    assert "Legal form Partnership" in text
    assert "Sector Professional, scientific and technical services" in text
    rows = fetch(client_of(people.visitor), "/organizations.csv").decode()
    assert ",partnership,N," in rows


def test_the_form_asks_for_them_behind_more(people: People) -> None:
    client = client_of(people.secretary)
    page = client.get(reverse("admin:organizations_organization_add")).content.decode()
    more = page[page.index("Legal form and sector") :]
    assert 'name="legal_form"' in more
    assert 'name="sector"' in more
    page = client.get(reverse("admin:meetings_meeting_add")).content.decode()
    for name in ("contact_form", "parties-0-on_behalf_of"):
        assert f'name="{name}"' in page
