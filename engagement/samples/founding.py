"""The founding example: a real meeting as the press reported it, in our own words. What was not reported is left out.

Organizations are named by their acronym below; ``None`` as the holder of a position or the maker of an outcome
means both sides together.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from engagement.topics.models import Reference
from meetings.models import Meeting, Outcome, Position
from organizations.models import Organization

HOST = "EMA"
COUNTERPART = "ARM"
MENTIONED = "FDA"

ORGANIZATIONS: dict[str, dict[str, Any]] = {
    HOST: {
        "name": "European Medicines Agency",
        "kind": Organization.Kind.REGULATOR,
        "country": "NL",
        "is_host": True,
    },
    COUNTERPART: {
        "name": "Alliance for Regenerative Medicine",
        "kind": Organization.Kind.INDUSTRY,
    },
    MENTIONED: {
        "name": "US Food and Drug Administration",
        "kind": Organization.Kind.REGULATOR,
        "country": "US",
    },
}

SERIES: dict[str, Any] = {"title": "EMA and ARM bilateral meetings", "first_ordinal": 2}

MEETING: dict[str, Any] = {
    "title": "European Medicines Agency and Alliance for Regenerative Medicine",
    "kind": Meeting.Kind.BILATERAL,
    "starts_on": dt.date(2025, 5, 8),
    "time_zone": "Europe/Amsterdam",
    "city": "Amsterdam",
    "country": "NL",
    "purpose": ("Make it easier to develop cell and gene therapies in Europe, and easier for patients to get them."),
    "summary": "Both sides underlined how much advanced therapy medicinal products (ATMPs) matter.",
    "summary_source": Meeting.SummarySource.PRESS,
    "source_url": "https://marketaccesstoday.com/",
    "publication_due_on": dt.date(2025, 5, 22),
}

ATMP = "Advanced therapy medicinal products (ATMP)"
STRATEGY = "Strategic dialogue"
INTERNATIONAL = "International cooperation"
PATIENTS = "Patient engagement"
EXPERIENCE = "Patient experience data"
GOVERNANCE = "Governance and expertise"
EDITING = "Gene editing"
THEMES = (ATMP, STRATEGY, INTERNATIONAL, PATIENTS, EXPERIENCE, GOVERNANCE, EDITING)

RECOGNITION = "EU-US mutual recognition agreements"
REVISION = "Revision of the EU pharmaceutical legislation"
REFERENCES = {RECOGNITION: Reference.Kind.AGREEMENT, REVISION: Reference.Kind.LEGISLATION}


@dataclass(frozen=True)
class Held:
    """A position: who holds it, how they stand, what they say."""

    holder: str | None
    stance: Position.Stance
    statement: str


@dataclass(frozen=True)
class Came:
    """An outcome: what kind, what it says, by whom, to whom."""

    kind: Outcome.Kind
    text: str
    by: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Promised:
    """A follow-up, no date being given: what, and who owes it."""

    title: str
    owner: str | None


@dataclass(frozen=True)
class Item:
    """A discussion; its subject is a topic of the same title. What was promised follows from its outcome."""

    title: str
    themes: tuple[str, ...]
    positions: tuple[Held, ...]
    outcome: Came
    references: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    promises: tuple[Promised, ...] = ()


_Stance, _Kind = Position.Stance, Outcome.Kind

DISCUSSIONS = (
    Item(
        title="Strategic priorities and pipeline",
        themes=(ATMP, STRATEGY),
        positions=(
            Held(
                COUNTERPART,
                _Stance.INFORMS,
                "Set out its main priorities and the products it expects next, and sees Europe as a leading "
                "place for regenerative innovation.",
            ),
            Held(
                COUNTERPART,
                _Stance.REQUESTS,
                "Asks for rules that support developers and move with the science, so that Europe can compete.",
            ),
            Held(HOST, _Stance.WELCOMES, "Welcomes the priorities presented."),
        ),
        outcome=Came(_Kind.INVITATION, "EMA invites ARM to share more of its insight.", HOST, COUNTERPART),
    ),
    Item(
        title="EU-US regulatory convergence",
        themes=(INTERNATIONAL, ATMP),
        positions=(
            Held(
                None,
                _Stance.SUPPORTS,
                "Want the EU and the US to converge so that ATMPs reach patients sooner: one standard "
                "terminology and shared review would shorten timelines and spare doing things twice.",
            ),
            Held(
                HOST,
                _Stance.COMMITS,
                "Will keep working with other countries, and points to the mutual recognition agreements in "
                "place and to its work with the US FDA.",
            ),
        ),
        outcome=Came(_Kind.CONCLUSION, "Harmonization needs terms that all sides share."),
        references=(RECOGNITION,),
        mentions=(MENTIONED,),
    ),
    Item(
        title="Patient-centred approaches and patient experience data",
        themes=(PATIENTS, EXPERIENCE),
        positions=(
            Held(
                HOST,
                _Stance.REQUESTS,
                "Asks ARM for more insight, above all into patient-centred approaches and into making patient "
                "experience data a part of regulatory processes.",
            ),
        ),
        outcome=Came(
            _Kind.INVITATION,
            "EMA invites ARM to give further insight into patient-centred approaches and patient experience data.",
            HOST,
            COUNTERPART,
        ),
        promises=(
            Promised("Give further insight into patient-centred approaches and patient experience data", COUNTERPART),
        ),
    ),
    Item(
        title="ATMP expertise and specialized expert groups under the revised EU pharmaceutical legislation",
        themes=(GOVERNANCE, ATMP),
        positions=(
            Held(
                None,
                _Stance.ACKNOWLEDGES,
                "Agree that expertise in ATMPs must not be lost while adapting to the revised legislation.",
            ),
            Held(
                HOST,
                _Stance.INFORMS,
                "Expects specialized expert groups, once restructured, to use resources better and to keep "
                "standards of oversight high.",
            ),
        ),
        outcome=Came(_Kind.CONCLUSION, "Expertise in ATMPs is to be kept while adapting to the revised legislation."),
        references=(REVISION,),
    ),
    Item(
        title="Gene editing technologies",
        themes=(ATMP, EDITING),
        positions=(Held(HOST, _Stance.ACKNOWLEDGES, "Recognizes what ARM does to promote gene editing technologies."),),
        outcome=Came(_Kind.AGREEMENT, "The dialogue on gene editing goes on."),
        promises=(Promised("Continue the dialogue on gene editing", None),),
    ),
)

TAKEAWAYS = (
    "Closer work between EMA and ARM can speed up the approval of ATMPs.",
    "Alignment with the US may give patients access sooner.",
    "Systems built around patients can make treatments work out better.",
    "International harmonization depends on standard terminology.",
)

AGREEMENT = Came(
    _Kind.AGREEMENT,
    "EMA and ARM continue to work together; ARM takes part in EMA initiatives and contributes to established "
    "industry groups.",
)
AGREEMENT_PROMISES = (Promised("Contribute to established industry groups", COUNTERPART),)
