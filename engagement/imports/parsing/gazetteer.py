"""Gazetteer: cities that European public bodies meet in, and countries, as several languages write them."""

import gettext
import json
from functools import cache
from pathlib import Path

import django_countries
from django_countries import countries

from engagement.core.folding import fold_key

# Cities by country, with other spellings after "=": capitals, seats of the Union and its agencies, usual venues.
# Countries with names and codes that lists of countries do not have.
_DATA = Path(__file__).with_name("gazetteer.json")


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = json.loads(_DATA.read_text("utf-8"))
    return found


@cache
def cities() -> dict[str, tuple[str, str]]:
    """Folded spelling to the city's name and country."""
    found = {}
    for country, names in _data()["cities"].items():
        for spellings in (city.split("=") for city in names):
            found.update({fold_key(spelling): (spellings[0], country) for spelling in spellings})
    return found


@cache
def _other_names() -> dict[str, str]:
    return {name: code for code, names in _data()["countries"].items() for name in names}


@cache
def country_names() -> dict[str, str]:
    """Folded name of a country in English, French or German, or one of its codes, to its two letters."""
    found = {}
    names = {code: str(name) for code, name in countries.countries.items()}
    for language in ("de", "fr"):  # whatever languages the site itself speaks
        catalogue = gettext.translation("django", Path(django_countries.__file__).parent / "locale", [language])
        for code, name in names.items():
            found.update({key: code for key in _spellings(catalogue.gettext(name))})
    for code, name in names.items():
        found.update({key: code for key in _spellings(name)})
    for code in countries.countries:
        found[countries.alpha3(code).lower()] = code
    return found | _other_names()


def _spellings(name: str) -> set[str]:
    """``Congo (the Democratic Republic of the)`` is also written the other way round."""
    before, bracket, inside = name.partition(" (")
    if not bracket:
        return {fold_key(name)}
    inside = inside.rstrip(")").removeprefix("the ")
    return {fold_key(name), fold_key(f"{inside} {before}")}


def country_code(text: str) -> str:
    """The country a text names, or "". Two letters count only as capitals, for ``be`` is also a word."""
    stripped = text.strip(" .()")
    if len(stripped) == 2:
        return _other_names().get(stripped.lower()) or (stripped if stripped in countries.countries else "")
    return country_names().get(fold_key(stripped), "")
