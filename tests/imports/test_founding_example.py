"""The founding example and the Commission's own row about the same organization stand on one page."""

from typing import Any

from django.core.files.base import ContentFile
from django.test import Client

from engagement.imports import actions
from engagement.imports.models import Import, Layout
from engagement.samples.loading import load
from meetings.models import Meeting
from organizations.models import Organization
from tests.imports.files import ARM, ARM_NUMBER
from tests.people import People

SUBJECT = (
    "Exchanges of views on policy priorities of the Alliance for Regenerative Medicine in Europe: "
    "the Pharmaceutical Strategy and the EU’s Beating Cancer Plan"
)
FILE = f"""File generated on : 2023-06-13,,,,,,,
Name of cabinet,Title of EC representative,Portfolio,Date of meeting,Location,Name of interest representative,\
Transparency register ID,Subject of the meeting
Cabinet of Commissioner Stella Kyriakides,Cabinet member,Health,2022-01-27,"Brussels, virtual",{ARM},\
{ARM_NUMBER},{SUBJECT}
"""


def test_both_meetings_stand_on_the_page_of_one_organization(people: People, client: Client, importer: Any) -> None:
    founding = load(people.secretary, people.publisher)
    record: Import = Import.objects.take_in(
        ContentFile(FILE.encode(), "ec_meetings.csv"), layout=Layout.objects.get(slug="eu_commission"), by=importer
    )
    actions.preview(record, by=importer)
    actions.commit(record, by=importer)

    arm = Organization.objects.get(name=ARM)  # the only one of this name
    imported = Meeting.objects.get(starts_on="2022-01-27")
    page = client.get(arm.get_absolute_url()).content.decode()
    for meeting in (founding, imported):
        assert f'href="{meeting.get_absolute_url()}"' in page
    assert arm.identifiers.get().value == ARM_NUMBER
    assert imported.parties.get(organization=arm).register_number == ARM_NUMBER

    row = record.rows.get()
    said = f"Recognized by its name: {ARM}."
    assert (row.number, row.outcome, row.codes.split()) == (3, "new", ["matched_by_name"])
    assert said in row.sentences
    assert "ecognized by its name" in client.get(f"/imports/{record.pk}/").content.decode()  # beside the party
