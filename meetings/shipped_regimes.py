"""Seed data: publication rules of several bodies, as starting points. A body checks and edits them as its own."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_noop as _

from .models import Ground, Regime
from .models.regimes import Required

BASICS = [Required.DATE, Required.PLACE, Required.REPRESENTATIVES, Required.FUNCTIONS, Required.ORGANIZATIONS]


@dataclass(frozen=True)
class Shipped:
    """A rule, and its grounds of exemption with their text."""

    code: str
    fields: dict[str, object]
    grounds: dict[str, str] = field(default_factory=dict)


COMMISSION_GROUNDS = {
    _("EU bodies"): _("Meetings with institutions, bodies, offices and agencies of the European Union."),
    _("Member States"): _("Meetings with public authorities of the Member States, national, regional or local."),
    _("Third countries"): _(
        "Meetings with public authorities of third countries, their embassies, and international organizations."
    ),
    _("Social dialogue"): _("Meetings with the social partners in the social dialogue."),
    _("Political parties"): _("Meetings with political parties."),
    _("Private capacity"): _("Meetings with persons who act strictly in a private capacity."),
    _("Spontaneous meetings"): _("Meetings that nobody had arranged."),
    _("Procedures and contracts"): _(
        "Meetings that belong to a legal or administrative procedure, a contract or a grant."
    ),
}

SHIPPED = [
    Shipped(
        "european-commission",
        {
            "name": _("European Commission"),
            "covers": _(
                "Members of the Commission, their cabinets, and managers down to heads of unit; meetings with "
                "interest representatives, whoever asked for them. The organization is in the Transparency Register "
                "before the meeting."
            ),
            "days": 14,
            "is_with_minutes": True,
            "required_fields": [*BASICS, Required.REGISTER_NUMBERS, Required.SUBJECT],
            "source_url": "https://eur-lex.europa.eu/eli/dec/2024/3081/oj",
        },
        COMMISSION_GROUNDS,
    ),
    Shipped(
        "european-parliament",
        {
            "name": _("European Parliament, managers"),
            "covers": _(
                "From the Secretary-General to heads of unit; meetings with interest representatives and with "
                "authorities of countries outside the European Union."
            ),
            "days": 30,
            "required_fields": [*BASICS, Required.SUBJECT],
        },
    ),
    Shipped(
        "united-kingdom",
        {
            "name": _("United Kingdom, each quarter"),
            "covers": _("Ministers, special advisers, permanent secretaries and other senior officials."),
            "counts_from": Regime.Clock.PERIOD,
            "period": Regime.Period.QUARTER,
            "days": 0,
            "required_fields": [Required.DATE, Required.REPRESENTATIVES, Required.ORGANIZATIONS, Required.PURPOSE],
        },
    ),
    Shipped(
        "ireland",
        {
            "name": _("Ireland, every four months"),
            "covers": _("Designated public officials. Whoever lobbied them reports."),
            "counts_from": Regime.Clock.PERIOD,
            "period": Regime.Period.FOUR_MONTHS,
            "days": 21,
            "required_fields": [
                *(Required.DATE, Required.REPRESENTATIVES, Required.FUNCTIONS, Required.ORGANIZATIONS),
                *(Required.SUBJECT, Required.PURPOSE, Required.FORM),
            ],
            "source_url": "https://www.lobbying.ie/",
        },
    ),
    Shipped(
        "canada",
        {
            "name": _("Canada, each month"),
            "covers": _("Designated public office holders; oral communication that was arranged beforehand."),
            "counts_from": Regime.Clock.PERIOD,
            "period": Regime.Period.MONTH,
            "days": 15,
            "required_fields": [
                *(Required.DATE, Required.REPRESENTATIVES, Required.FUNCTIONS, Required.ORGANIZATIONS),
                Required.SUBJECT,
            ],
            "source_url": "https://lobbycanada.gc.ca/",
        },
    ),
    Shipped(
        "own",
        {
            "name": _("Our own policy"),
            "covers": _("Meetings that no law asks for and that we publish all the same."),
            "required_fields": [Required.DATE, Required.ORGANIZATIONS, Required.SUBJECT],
        },
    ),
]
"""None is in use until somebody says so."""


@transaction.atomic
def load() -> list[Regime]:
    """Add those that are missing, by code or name; nothing that is there is written."""
    codes, names = (
        set(Regime.objects.values_list("code", flat=True)),
        set(Regime.objects.values_list("name", flat=True)),
    )
    missing = [one for one in SHIPPED if one.code not in codes and one.fields["name"] not in names]
    return [_add(one) for one in missing]


def _add(shipped: Shipped) -> Regime:
    regime = Regime(code=shipped.code, **shipped.fields)
    regime.full_clean()
    regime.save()
    for name, text in shipped.grounds.items():
        Ground.objects.create(regime=regime, name=name, text=text)
    return regime
