"""Places as free text: city, country and mode where they are plain, nothing where they are not."""

import csv
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.imports.parsing.gazetteer import cities, country_code
from engagement.imports.parsing.places import near_place, read_place
from tests.published import BOTH, Published


@pytest.mark.parametrize(
    ("text", "city", "country", "mode"),
    [
        ("Brussels", "Brussels", "BE", "in_person"),
        (" BRUXELLES ", "Brussels", "BE", "in_person"),
        ("Brussels - Belgium", "Brussels", "BE", "in_person"),
        ("Belgium, Brussels", "Brussels", "BE", "in_person"),
        ("Berlaymont", "Brussels", "BE", "in_person"),
        ("Madrid, Spain", "Madrid", "ES", "in_person"),
        ("Athens (EL)", "Athens", "GR", "in_person"),
        ("Davos (CH)", "Davos", "CH", "in_person"),
        ("Frankfurt-Germany ", "Frankfurt", "DE", "in_person"),
        ("München", "Munich", "DE", "in_person"),
        ("Varsovie, Pologne", "Warsaw", "PL", "in_person"),
        ("Puurs, Belgium", "Puurs", "BE", "in_person"),
        ("Sharm el-Sheikh, Egypt", "Sharm el-Sheikh", "EG", "in_person"),
        ("Goma, Democratic Republic of the Congo", "Goma", "CD", "in_person"),
        ("Luxembourg", "Luxembourg", "LU", "in_person"),
        ("Sweden", "", "SE", "in_person"),
        ("Online meeting", "", "", "online"),
        ("Conference call ", "", "", "online"),
        ("VTC", "", "", "online"),
        ("visioconférence", "", "", "online"),
        ("viedo-call", "", "", "online"),
        ("Brussels (Teams)", "Brussels", "BE", "online"),
        ("Brussels-video conference ", "Brussels", "BE", "online"),
        ("Brussels (hybrid)", "Brussels", "BE", "hybrid"),
        ("Brussels/online", "Brussels", "BE", ""),
        ("Cabinet meeting room", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_places(text: str, city: str, country: str, mode: str) -> None:
    place = read_place(text)
    assert (place.city, place.country, place.mode) == (city, country, mode)


def test_a_venue_is_what_is_left_of_a_place_in_a_city() -> None:
    assert read_place("Brussels (Stanhope Hotel)").venue == "Stanhope Hotel"
    assert read_place("Rond point Schuman, Brussels").venue == "Rond point Schuman"
    assert read_place("Virtual participation in a conference").venue == ""


def test_countries_in_three_languages_and_by_code() -> None:
    assert {country_code(text) for text in ("Germany", "Allemagne", "Deutschland", "DE", "DEU", "germany")} == {"DE"}
    assert country_code("be") == country_code("Atlantis") == country_code("") == ""


def test_every_city_is_in_a_country() -> None:
    assert all(country_code(code) == code for _name, code in cities().values())


@pytest.mark.parametrize("published_file", BOTH)
def test_published_places(published_file: Published) -> None:
    with published_file.csv.open(encoding="utf-8", newline="") as file:
        next(file)
        published = Counter(row["Location"] for row in csv.DictReader(file))
    understood = {
        text: count for text, count in published.items() if (near_place(text) or read_place(text)).is_understood
    }
    assert len(published) == published_file.places
    assert len(understood) >= 0.97 * len(published) - 1 and sum(understood.values()) >= published_file.understood


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    place = read_place(text)
    assert len(place.city) <= 100 and len(place.venue) <= 200 and place.country == country_code(place.country)


@pytest.mark.parametrize(
    ("text", "city", "mode"),
    [
        ("Rue de Paris 12", "", ""),
        ("Avenue de Lisbonne", "", ""),
        ("12 London Road", "", ""),
        ("Pariser Platz 1, Berlin", "Berlin", "in_person"),
        ("Restaurant Roma", "", ""),
        ("Brasserie Bruxelles, Strasbourg", "Strasbourg", "in_person"),
        ("Place Luxembourg", "", ""),
        ("Hotel in Brussels", "Brussels", "in_person"),
        ("Room Vienna", "", ""),
        ("Berlaymont building", "Brussels", "in_person"),
    ],
)
def test_no_city_from_a_street_a_square_or_a_restaurant(text: str, city: str, mode: str) -> None:
    found = read_place(text)
    assert (found.city, found.mode) == (city, mode)


@pytest.mark.parametrize(
    "text",
    [
        "Online", "en ligne", "En línea", "videoconferencia", "in linea", "videoconferenza", "por telefone",
        "Videogesprek", "digitaal", "Wideokonferencja", "zdalnie", "videokonference", "Videokonferencia", "Digitalt",
        "videomöte", "etänä", "verkossa", "virtuaalselt", "tiešsaistē", "nuotoliniu būdu", "távoli", "videoconferință",
        "онлайн", "διαδικτυακά", "na daljinu", "na daljavo", "onlajn", "ar líne", "virtuell", "Telefonmøde",
    ],
)  # fmt: skip
def test_online_in_the_languages_of_the_union(text: str) -> None:
    assert read_place(text).mode == "online"


@pytest.mark.parametrize(
    ("text", "city", "country"),
    [
        ("Bruselas", "Brussels", "BE"),
        ("Bruksela", "Brussels", "BE"),
        ("Bryssel, Belgium", "Brussels", "BE"),
        ("Londyn", "London", "GB"),
        ("Parigi", "Paris", "FR"),
        ("Paryż", "Paris", "FR"),
        ("Straatsburg", "Strasbourg", "FR"),
        ("Wiedeń", "Vienna", "AT"),
        ("Varsovie", "Warsaw", "PL"),
        ("Lissabon", "Lisbon", "PT"),
        ("Rzym", "Rome", "IT"),
        ("Monaco di Baviera", "Munich", "DE"),
        ("La Haya", "The Hague", "NL"),
    ],
)
def test_cities_in_other_languages(text: str, city: str, country: str) -> None:
    assert (read_place(text).city, read_place(text).country) == (city, country)


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("Brusssels", "Brussels"),
        ("Brussles (online)", "Brussels"),
        ("Vilinius, Lithuania", "Vilnius"),
        ("Strasbourgh", "Strasbourg"),
        ("Viennna, Austria", "Vienna"),
        ("Kopenhagenn", "Copenhagen"),
        ("Luxemburgg", "Luxembourg"),
        ("Brussels", ""),
        ("Bruxelles", ""),
        ("Brusssels, Brussels", ""),
        ("Brest", ""),
        ("Londo Hall", ""),
        ("Online", ""),
        ("viedo-call", ""),
        ("", ""),
    ],
)
def test_a_near_match_is_not_taken(text: str, city: str) -> None:
    near = near_place(text)
    assert (near.city if near else "") == city
    assert not city or read_place(text).city != city
