"""Fixture of the founding example: a real meeting as the press reported it, in our own words. What was not is left out.

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
    HOST: {"name": "European Medicines Agency", "kind": Organization.Kind.REGULATOR, "country": "NL", "is_host": True},
    COUNTERPART: {"name": "Alliance for Regenerative Medicine", "kind": Organization.Kind.INDUSTRY},
    MENTIONED: {"name": "US Food and Drug Administration", "kind": Organization.Kind.REGULATOR, "country": "US"},
}

SERIES: dict[str, Any] = {"title": "EMA and ARM bilateral meetings", "first_ordinal": 2}

MEETING: dict[str, Any] = {
    "title": "European Medicines Agency and Alliance for Regenerative Medicine",
    "kind": Meeting.Kind.BILATERAL,
    "starts_on": dt.date(2025, 5, 8),
    "time_zone": "Europe/Amsterdam",
    "city": "Amsterdam",
    "country": "NL",
    "purpose": "Improve patients' access to cell and gene therapies in Europe, and streamline their development.",
    "summary": (
        "Both sides stressed the role of advanced therapy medicinal products (ATMPs), innovative solutions for "
        "healthcare. Context: competitiveness amid global challenges, and the aim of a unified regulatory "
        "environment with the US.\n\n"
        "Shared vision: regenerative medicine advances through strategic regulatory support and international "
        "cooperation, for patients and healthcare systems in Europe and beyond.\n\n"
        "The article's own outlook, which nobody promised: new therapies reach the market on a more integrated and "
        "efficient pathway."
    ),
    "summary_source": Meeting.SummarySource.PRESS,
    "source_url": "https://marketaccesstoday.com/",
    "source_note": (
        "Article “EMA and ARM strengthen ties to advance regenerative medicine”. The article states that it was "
        "prepared with the help of AI and reviewed by an editor."
    ),
}

REGIME = "european-commission"
"""A rule such as the Commission's: 14 days after the meeting, so by 22 May 2025."""

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
EXPERT_GROUPS = "Specialized expert groups of the EMA"
REFERENCES = {
    RECOGNITION: Reference.Kind.AGREEMENT,
    REVISION: Reference.Kind.LEGISLATION,
    EXPERT_GROUPS: Reference.Kind.EXPERT_GROUP,
}


@dataclass(frozen=True)
class Held:
    """A position: its holder, its stance, its statement."""

    holder: str | None
    stance: Position.Stance
    statement: str


@dataclass(frozen=True)
class Came:
    """An outcome: its kind, its text, by whom, to whom."""

    kind: Outcome.Kind
    text: str
    by: str | None = None
    to: str | None = None


@dataclass(frozen=True)
class Promised:
    """A follow-up without a date: its title, and its owner."""

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
                "Its key priorities and its coming pipeline. Europe as a leading hub of regenerative innovation.",
            ),
            Held(
                COUNTERPART,
                _Stance.REQUESTS,
                "Regulatory frameworks that are dynamic and supportive, to stay competitive.",
            ),
            Held(HOST, _Stance.WELCOMES, "The priorities that ARM set out."),
        ),
        outcome=Came(_Kind.INVITATION, "Contribute further insight.", HOST, COUNTERPART),
    ),
    Item(
        title="EU-US regulatory convergence",
        themes=(INTERNATIONAL, ATMP),
        positions=(
            Held(
                None,
                _Stance.SUPPORTS,
                "Convergence between the EU and the US, so that ATMPs reach patients sooner: standard terminology and "
                "shared review would shorten timelines and avoid duplicate processes.",
            ),
            Held(
                HOST,
                _Stance.COMMITS,
                "International collaboration. It cites the mutual recognition agreements in place and its work with "
                "the US FDA.",
            ),
        ),
        outcome=Came(_Kind.CONCLUSION, "Shared terminology matters for harmonization."),
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
                "Further insight from ARM, in particular on patient-centred approaches and on integrating patient "
                "experience data into regulatory processes.",
            ),
        ),
        outcome=Came(_Kind.INVITATION, "Contribute this insight.", HOST, COUNTERPART),
        promises=(
            Promised(
                "Contribute further insight on patient-centred approaches and patient experience data", COUNTERPART
            ),
        ),
    ),
    Item(
        title="ATMP expertise and specialized expert groups under the revised EU pharmaceutical legislation",
        themes=(GOVERNANCE, ATMP),
        positions=(
            Held(
                None,
                _Stance.ACKNOWLEDGES,
                "Expertise in ATMPs must not be lost while adapting to the revised legislation.",
            ),
            Held(
                HOST,
                _Stance.INFORMS,
                "Restructuring into specialized expert groups is expected to use resources better and to keep "
                "standards of oversight high.",
            ),
        ),
        outcome=Came(_Kind.CONCLUSION, "Keep the expertise in ATMPs under the revised legislation."),
        references=(REVISION, EXPERT_GROUPS),
    ),
    Item(
        title="Gene editing technologies",
        themes=(ATMP, EDITING),
        positions=(Held(HOST, _Stance.ACKNOWLEDGES, "ARM's efforts to promote gene editing technologies."),),
        outcome=Came(_Kind.INVITATION, "Ongoing dialogue is encouraged, in support of future innovation."),
        promises=(Promised("Keep up the dialogue on gene editing", None),),
    ),
)

TAKEAWAYS = (
    "Closer work between EMA and ARM can speed up the approval of ATMPs.",
    "Alignment with the US may give patients access sooner.",
    "Patient-centred systems can improve the outcomes of treatment.",
    "Standard terminology is crucial for international harmonization.",
)

AGREEMENT = Came(
    _Kind.AGREEMENT,
    "Both organizations continue to collaborate, take part in EMA initiatives and contribute to established industry "
    "groups.",
)
AGREEMENT_PROMISES = (Promised("Take part in EMA initiatives and contribute to established industry groups", None),)
