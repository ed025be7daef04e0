"""Seed data: return forms of several authorities, with their headings as published. A body checks and edits them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from engagement.returns.models import ReturnColumn, ReturnForm, ReturnTable
from engagement.returns.vocabulary import Correction, DateFormat, FileFormat, Nil, RowsOf, Source
from meetings.models import Regime

PERIOD = Regime.Period
NIL = "Nil Return"


@dataclass(frozen=True)
class Col:
    heading: str
    source: str = Source.TEXT
    date_format: str = DateFormat.ISO
    nil_text: str = ""
    is_required: bool = False


@dataclass(frozen=True)
class Tab:
    name: str
    columns: Sequence[Col]
    rows_of: str = RowsOf.ORGANIZATION
    nil: str = Nil.HEADINGS


@dataclass(frozen=True)
class Shipped:
    code: str
    name: str
    regime: str
    period: str
    tables: Sequence[Tab]
    fields: Mapping[str, object] = field(default_factory=dict)


def need(heading: str, source: str, date_format: str = DateFormat.ISO, nil_text: str = "") -> Col:
    return Col(heading, source, date_format, nil_text, is_required=True)


OWN_ID = Col("Meeting reference", Source.REFERENCE)
"""Stands to the right of a form's own columns, so that rows of one meeting are known as such; Ireland's has the
reference as its own, and there it is the day that its form does not ask for."""

COMMISSION = [
    need("Date of meeting", Source.DATE),
    need("Location", Source.PLACE),
    need("Name of interest representative", Source.ORGANIZATION),
    need("Transparency register ID", Source.REGISTER_NUMBER),
    need("Subject of the meeting", Source.PURPOSE),
    OWN_ID,
]
COMMISSION_FILE = {"file_format": FileFormat.XLSX, "first_line": "File generated on: [today]", "list_separator": ", "}


def british(
    code: str, name: str, title: str, person: str, date: str, organization: str, rank: str = "", who: str = ""
) -> Shipped:
    """A form of UK departments: one of the spellings met, which the body may change."""
    columns = [
        need(person, Source.PEOPLE, nil_text=NIL),
        need(date, Source.DATE, DateFormat.SLASHES, NIL),
        *([need(who, Source.ITS_PEOPLE, nil_text=NIL)] if who else []),
        need(organization, Source.ORGANIZATION, nil_text=NIL),
        need("Purpose of meeting", Source.PURPOSE, nil_text=NIL),
        OWN_ID,
    ]
    nil = Nil.PEOPLE if rank else Nil.ROW
    fields = {"title": f"[host]'s {title}, [from] to [to] [year]", "ranks": [rank] if rank else []}
    return Shipped(code, name, "united-kingdom", PERIOD.QUARTER, [Tab("Meetings", columns, nil=nil)], fields)


IRELAND = [
    need("Id", Source.REFERENCE),
    Col("Url", Source.URL),
    need("Lobbyist Name", Source.ORGANIZATION),
    Col("Date Published", Source.PUBLISHED_ON, DateFormat.SLASHES),
    Col("Period", Source.PERIOD),
    Col("Relevant Matter"),
    Col("Public Policy Area", Source.THEMES),
    need("Specific Details", Source.PURPOSE),
    need("DPOs Lobbied", Source.OFFICIALS),
    Col("Intended Results", Source.SOUGHT),
    Col("Lobbying Activities", Source.FORM),
    Col("Person primarily responsible for lobbying on this activity", Source.ITS_FIRST_PERSON),
    Col("Any DPOs or Former DPOs who carried out lobbying activities"),
    Col("Current or Former DPOs"),
    Col("Was this a grassroots campaign?"),
    Col("Grassroots directive"),
    Col("Was this lobbying done on behalf of a client?", Source.HAS_CLIENT),
    Col("Client(s)", Source.CLIENTS),
    Col("Meeting date", Source.DATE, DateFormat.SLASHES),
]
SCOTLAND = [
    Col("Count", Source.COUNT),
    Col("Return ID", Source.REFERENCE),
    need("Date of lobbying activity", Source.DATE, DateFormat.SLASHES_TIME, NIL),
    Col("Published date", Source.PUBLISHED_ON, DateFormat.SLASHES_TIME),
    need("Registrant name", Source.ORGANIZATION),
    Col("Registrant subject area", Source.SECTOR),
    need("Person lobbied roles", Source.FUNCTIONS),
    need("Persons lobbied", Source.PEOPLE),
    need("Location", Source.PLACE),
    Col("Lobbying activity", Source.FORM),
    Col("Communication type", Source.ATTENDANCE),
    Col("Lobbyist names", Source.ITS_PEOPLE),
    Col("Undertaken on registrants behalf", Source.IS_FOR_ITSELF),
    Col("Client name", Source.CLIENTS),
    need("Purpose of lobbying", Source.PURPOSE),
    Col("Registrant type", Source.LEGAL_FORM),
]
LOG = need("COMLOG_ID", Source.REFERENCE)
CANADA = [
    Tab(
        "Communication_PrimaryExport.csv",
        [
            LOG,
            Col("CLIENT_ORG_CORP_NUM", Source.COMPANY_NUMBER),
            need("EN_CLIENT_ORG_CORP_NM_AN", Source.ORGANIZATION),
            Col("FR_CLIENT_ORG_CORP_NM"),
            Col("REGISTRANT_NUM_DECLARANT"),
            Col("RGSTRNT_LAST_NM_DCLRNT"),
            Col("RGSTRNT_1ST_NM_PRENOM_DCLRNT"),
            need("COMM_DATE", Source.DATE),
            Col("REG_TYPE_ENR"),
            Col("SUBMISSION_DATE_SOUMISSION", Source.MADE_ON),
            Col("POSTED_DATE_PUBLICATION", Source.PUBLISHED_ON),
            Col("PREV_COMLOG_ID_PRECEDNT", Source.REPLACES),
        ],
    ),
    Tab(
        "Communication_DpohExport.csv",
        [
            LOG,
            need("DPOH_LAST_NM_TCPD", Source.PERSON_LAST),
            Col("DPOH_FIRST_NM_PRENOM_TCPD", Source.PERSON_FIRST),
            need("DPOH_TITLE_TITRE_TCPD", Source.PERSON_FUNCTION),
            Col("BRANCH_UNIT_DIRECTION_SERVICE"),
            Col("OTHER_INSTITUTION_AUTRE"),
            Col("INSTITUTION", Source.HOST),
        ],
        RowsOf.PERSON,
    ),
    Tab(
        "Communication_SubjectMattersExport.csv",
        [LOG, need("SUBJ_MATTER_OBJET", Source.TOPIC), Col("OTHER_SUBJ_MATTER_AUTRE_OBJET")],
        RowsOf.TOPIC,
    ),
    Tab("Communication_SubjectMatterDetailsExport.csv", [LOG, need("DESCRIPTION", Source.PURPOSE)], RowsOf.MEETING),
]
PARLIAMENT = [
    Col("committees"),
    Col("country", Source.COUNTRY),
    need("date", Source.DATE, DateFormat.DASHES),
    Col("dossier", Source.REFERENCES),
    Col("epid"),
    Col("group"),
    need("lobbyists", Source.ORGANIZATION),
    need("location", Source.PLACE),
    need("mep", Source.PEOPLE),
    Col("role", Source.FUNCTIONS),
    need("title", Source.TITLE),
]
OFFICIALS = [need("Name", Source.POST_PERSON), need("Position", Source.POST_FUNCTION), Col("Body", Source.HOST)]

SHIPPED = [
    Shipped(
        "commission-cabinets",
        "European Commission, Members and cabinets",
        "european-commission",
        PERIOD.MONTH,
        [
            Tab(
                "Meetings",
                [
                    need("Name of cabinet", Source.HOST),
                    need("Name of EC representative", Source.PEOPLE),
                    need("Title of EC representative", Source.FUNCTIONS),
                    *COMMISSION,
                ],
            )
        ],
        COMMISSION_FILE,
    ),
    Shipped(
        "commission-directorates-general",
        "European Commission, Directors-General",
        "european-commission",
        PERIOD.MONTH,
        [
            Tab(
                "Meetings",
                [
                    need("Name of DG/EA - full name", Source.HOST),
                    need("Name of DG/EA - acronym", Source.HOST_ACRONYM),
                    need("Name of EC/EA representative", Source.PEOPLE),
                    need("Title of EC/EA representative", Source.FUNCTIONS),
                    *COMMISSION,
                ],
            )
        ],
        COMMISSION_FILE,
    ),
    Shipped(
        "parliament-members",
        "European Parliament, Members",
        "european-parliament",
        PERIOD.MONTH,
        [Tab("Meetings", PARLIAMENT, RowsOf.MEETING)],
    ),
    british(
        *("united-kingdom-ministers", "United Kingdom, ministers’ meetings", "ministerial meetings"),
        *("Minister", "Date", "Name of organisation or individual", "head"),
    ),
    british(
        *("united-kingdom-senior-officials", "United Kingdom, senior officials’ meetings"),
        "senior officials' meetings",
        *("Senior official's name", "Date", "Name of organisation or individual", "senior"),
    ),
    british(
        *("united-kingdom-special-advisers", "United Kingdom, special advisers’ meetings"),
        "special advisers' meetings",
        *("Special Adviser", "Date", "Name of organisation or individual"),
    ),
    british(
        *("united-kingdom-media", "United Kingdom, special advisers’ meetings with media"),
        "special advisers' meetings with media",
        *("Special adviser", "Date", "Media organisation represented"),
        who="Name",
    ),
    Shipped(
        "ireland-returns",
        "Ireland, lobbying returns",
        "ireland",
        PERIOD.FOUR_MONTHS,
        [Tab("Returns", IRELAND)],
        {"list_separator": "::", "part_separator": "|"},
    ),
    Shipped(
        "ireland-designated-officials",
        "Ireland, list of designated public officials",
        "ireland",
        PERIOD.FOUR_MONTHS,
        [Tab("Designated public officials", OFFICIALS, RowsOf.POST)],
        {"ranks": ["head", "senior"], "title": "[host], designated public officials, [to] [year]"},
    ),
    Shipped(
        "scotland-returns",
        "Scotland, lobbying returns",
        "",
        PERIOD.HALF_YEAR,
        [Tab("Returns", SCOTLAND, nil=Nil.ROW)],
        {"list_separator": ";"},
    ),
    Shipped(
        "canada-communications",
        "Canada, communication reports",
        "canada",
        PERIOD.MONTH,
        CANADA,
        {"file_format": FileFormat.ZIP, "missing": "null", "correction": Correction.ROWS},
    ),
]


@transaction.atomic
def load() -> list[ReturnForm]:
    """Add those that are missing, by code or name; nothing that is there is written."""
    codes = set(ReturnForm.objects.values_list("code", flat=True))
    names = set(ReturnForm.objects.values_list("name", flat=True))
    return [_add(one) for one in SHIPPED if one.code not in codes and one.name not in names]


def _add(shipped: Shipped) -> ReturnForm:
    regime = Regime.objects.filter(code=shipped.regime).first()
    form = ReturnForm(code=shipped.code, name=shipped.name, regime=regime, period=shipped.period, **shipped.fields)
    form.full_clean()
    form.save()
    for tab in shipped.tables:
        table = ReturnTable.objects.create(form=form, name=tab.name, rows_of=tab.rows_of, nil=tab.nil)
        for column in tab.columns:
            ReturnColumn.objects.create(table=table, **vars(column))
    form.refresh_from_db()
    form.check_whole()
    return form
