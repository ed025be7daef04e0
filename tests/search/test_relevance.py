"""What people look for comes first: a small judged set of questions over the founding example and imported files.

Each judgement names words of the titles that must come first, be among the first three, or not be found at all.
"""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile

from engagement.imports import actions
from engagement.imports.models import Import, Layout
from engagement.samples.loading import load
from tests.makers import make_user
from tests.missing import PUBLISHED
from tests.people import People
from tests.published import IF_THERE
from tests.search.test_page import nouns, page, titles

INVENTED = """File generated on : 2024-01-31,,,,,,,
Name of cabinet,Title of EC representative,Portfolio,Date of meeting,Location,Name of interest representative,Transparency register ID,Subject of the meeting
Cabinet of Commissioner Nobody,Cabinet member,Imaginary Affairs,2024-01-30,Brussels,Fédération fictive des Éleveurs de Licornes,111111111111-11,Présentation des programmes spatiaux pour licornes âgées
Cabinet of Commissioner Nobody,Cabinet member,Imaginary Affairs,2023-11-14,Online,"Sample Windmills GmbH,Pretend Unicorn Council","222222222222-22,333333333333-33",Shortages of wind in harbours
Cabinet of Commissioner Nobody,Cabinet member,Imaginary Affairs,2023-10-02,Berlin,Erfundener Verband für Maschinenmärchen,444444444444-44,Rolle des Märchenbaus für die grünen Zulassungsverfahren
Cabinet of Commissioner Somebody,Head of cabinet,Made-up Markets,2023-09-19,Brussels,Pretend Unicorn Council,333333333333-33,Unicorn welfare and the harbour strategy
Cabinet of Commissioner Somebody,Head of cabinet,Made-up Markets,2022-05-05,Brussels,Sample Windmills GmbH,222222222222-22,Annual dinner
"""  # noqa: E501
"""Five rows of nobody, in the layout of the Commission's file."""


@dataclass(frozen=True)
class Judged:
    """A question, and what its answer must be."""

    asked: str
    first: str = ""
    among: tuple[str, ...] = ()
    """In the first three."""
    absent: tuple[str, ...] = ()
    nothing: bool = False


FOUNDING = [
    Judged("EMA", "Organization: European Medicines Agency", ("Series: EMA and ARM",)),
    Judged("E.M.A.", "Organization: European Medicines Agency"),
    Judged("european medicines agency", among=("Organization: European Medicines Agency (EMA)",)),
    Judged("fda", "Organization: US Food and Drug", ("Position: EU-US", "Discussion: EU-US")),
    Judged("alliance regenerative", "Organization: Alliance for Regenerative Medicine"),
    Judged("gene editing", "Topic: Gene editing", ("Theme: Gene editing", "Discussion: Gene editing")),
    Judged("editing of genes", "Topic: Gene editing"),
    Judged('"editing gene"', nothing=True),
    Judged("gene -editing", among=("Meeting: European",), absent=("Topic: Gene editing", "Follow-up: Continue")),
    Judged("gene therapies", "Meeting: European"),
    Judged("genetherapy", nothing=True),
    Judged("patient experiences", "Topic: Patient-centred", ("Theme: Patient experience",)),
    Judged("patient-centred", "Topic: Patient-centred"),
    Judged("convergence", "Topic: EU-US"),
    Judged("converging", "Topic: EU-US"),
    Judged("experts group", "Topic: ATMP expertise"),
    Judged('"mutual recognition"', "Reference: EU-US mutual", ("Position: EU-US",)),
    Judged("revised legislation", among=("Topic: ATMP expertise",)),
    Judged("pipelines", "Topic: Strategic priorities"),
    Judged("pipel", "Topic: Strategic priorities"),
    Judged("insight patient", among=("Follow-up: Contribute further insight",)),
    Judged("amsterdam", "Meeting: European"),
    Judged("of the", absent=("Theme: Gene editing",)),
    Judged("zebra", nothing=True),
]
REAL = [
    Judged("businesseurope", "Organization: BUSINESSEUROPE", ("Series: Cabinet of Commissioner Nicolas Schmit",)),
    Judged("3978240953", "Organization: BUSINESSEUROPE"),
    Judged("hydrogen", "Meeting:", absent=("Organization: BUSINESSEUROPE",)),
    Judged("vaccine", "Organization: Gavi"),
    Judged("vaccinés", "Organization: Gavi"),
    Judged("nuclear power", "Meeting: The role of nuclear power"),
    Judged('"power nuclear"', nothing=True),
    Judged("ukrainians", "Organization: The International Center for Ukrainian", ("Meeting: Commissioner Johansson",)),
    Judged("electricite autonome", "Organization: Fédération Electricité Autonome"),
    Judged("ÉLECTRICITÉ autonome", "Organization: Fédération Electricité Autonome"),
    Judged("réputations durables", "Organization: Publicis Consultants"),
    Judged("entreprises privée", "Organization: Association Française des Entreprises Privées"),
    Judged("energies renouvelable", absent=("Meeting: The role of nuclear power",)),
    Judged("masseur kinesitherapeute", "Organization: Fédération française des masseurs-kinésithérapeutes"),
    Judged("digital services act", among=("Meeting:",)),
    Judged("gene editing", "Topic: Gene editing"),
    Judged("regenerative", "Organization: Alliance for Regenerative Medicine"),
    Judged("pharmaceutical strategy", "Meeting: European Green Deal", ("Meeting: Exchanges of views on policy",)),
    Judged("beating cancer", "Meeting: EU Beating Cancer plan", ("Meeting: Exchanges of views on policy",)),
    Judged("kyriakides alliance", among=("Meeting: Exchanges of views on policy priorities of the Alliance",)),
    Judged("pyrenees", "Organization: Eurorégion pyrénées"),
    Judged("rare disease", "Organization: EUROPEAN ORGANISATION FOR RARE DISEASES"),
    Judged("programme spatiaux", "Meeting: Programmes spatiaux européens"),
    Judged("véhicule électrique", "Meeting: Les consommateurs"),
    Judged("maschinenbau", "Meeting: wichtige Rolle des europäischen Maschinenbaus"),
    Judged("digital grün", "Meeting: wichtige Rolle des europäischen Maschinenbaus"),
    Judged("airbus", "Organization: Airbus"),
    Judged("airbus -space", "Organization: Airbus", absent=("Meeting: European Space Conference",)),
    Judged("labour market", among=("Meeting: Green transition and changes in the labour market",)),
    Judged('"labour market" reskilling', "Meeting: Green transition and changes in the labour market"),
    Judged("zero-emission", "Meeting: Shift to zero-emission mobility"),
]
MADE_UP = [
    Judged("unicorn", "Organization: Pretend Unicorn Council", ("Meeting: Unicorn welfare",)),
    Judged("unicorn welfare", "Meeting: Unicorn welfare"),
    Judged("licorne", "Organization: Fédération fictive des Éleveurs de Licornes"),
    Judged("eleveur licorne", "Organization: Fédération fictive des Éleveurs de Licornes"),
    Judged("programme spatial", "Meeting: Présentation des programmes spatiaux"),
    Judged("shortage", "Meeting: Shortages of wind"),
    Judged("harbour", among=("Meeting: Shortages of wind", "Meeting: Unicorn welfare")),
    Judged("unicorn -welfare", "Organization: Pretend Unicorn Council", absent=("Meeting: Unicorn welfare",)),
    Judged('"wind in harbours"', "Meeting: Shortages of wind"),
    Judged('"harbours in wind"', nothing=True),
    Judged("grünes Zulassungsverfahren", "Meeting: Rolle des Märchenbaus"),
    Judged("marchenbau", "Meeting: Rolle des Märchenbaus"),
    Judged("222222222222", "Organization: Sample Windmills"),
    Judged("annual dinner windmills", "Meeting: Annual dinner"),
    Judged("gene editing", "Topic: Gene editing"),
]


def found(user: Any, asked: str) -> list[str]:
    """The hits as "noun: title"."""
    html = page(user, f"q={asked}")
    return [f"{noun}: {title}" for noun, title in zip(nouns(html), titles(html), strict=True)]


def faults(user: Any, judged: list[Judged]) -> list[str]:
    wrong = []
    for one in judged:
        answer = found(user, one.asked)
        is_right = (
            (not one.nothing or not answer)
            and (not one.first or (bool(answer) and answer[0].startswith(one.first)))
            and all(any(hit.startswith(title) for hit in answer[:3]) for title in one.among)
            and not any(hit.startswith(title) for hit in answer for title in one.absent)
        )
        if not is_right:
            wrong.append(f"{one}: {answer[:4]}")
    return wrong


def test_the_founding_example(people: People) -> None:
    load(by=people.secretary, publisher=people.publisher)
    for user in (people.visitor, people.manager):
        wrong = faults(user, FOUNDING)
        assert not wrong, "\n".join(wrong)


def test_hits_are_the_same_for_every_reader_of_the_same_records(people: People) -> None:
    """All of the founding example is public but a few orders of nouns: ranks do not hang on who asks."""
    load(by=people.secretary, publisher=people.publisher)
    for one in FOUNDING:
        assert found(people.visitor, one.asked) == found(people.manager, one.asked), one.asked


@pytest.fixture
def real(people: People) -> People:
    """The founding example, 450 meetings of the European Commission, a hundred organizations of a French register."""
    load(by=people.secretary, publisher=people.publisher)
    importer = make_importer()
    some = [*range(302), *range(4_490, 4_640)]  # the newest, and those around the meeting with ARM
    take_in("ec_meetings_2019-2023.csv", "eu_commission", importer, excerpt("ec_meetings_2019-2023.csv", some))
    french = "registre_assemblee_nationale_v2_170805.csv"
    take_in(french, "assemblee_nationale", importer, excerpt(french, range(101)))
    return people


def make_importer() -> Any:
    importer = make_user("importer", is_staff=True)
    importer.groups.add(Group.objects.get(name="importer"))
    return importer


def excerpt(name: str, some: Iterable[int]) -> str:
    """Some lines of a file."""
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    out = io.StringIO()
    csv.writer(out).writerows(rows[at] for at in some)
    return out.getvalue()


def take_in(name: str, layout: str, by: Any, text: str) -> None:
    content, chosen = ContentFile(text.encode(), name=name), Layout.objects.get(slug=layout)
    chosen.spec = {**chosen.spec, "series": 2}
    chosen.save()
    record: Import = Import.objects.take_in(content, layout=chosen, by=by, name=name)
    actions.preview(record, by=by)
    actions.commit(record, by=by)


def test_an_invented_file(people: People) -> None:
    """In the layout of the Commission's, in three languages, for machines without the real one."""
    load(by=people.secretary, publisher=people.publisher)
    take_in("invented.csv", "eu_commission", make_importer(), INVENTED)
    wrong = faults(people.manager, MADE_UP)
    assert not wrong, "\n".join(wrong)


@pytest.mark.real_files
@IF_THERE
def test_real_files(real: People) -> None:
    wrong = faults(real.manager, REAL)
    assert not wrong, "\n".join(wrong)
