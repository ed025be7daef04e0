"""Cities that meetings of European public bodies take place in, as they are written in several languages."""

import gettext
from functools import cache
from pathlib import Path

import django_countries
from django_countries import countries

from engagement.core.text import fold_key

# Country: city=other spelling=other spelling, city, ... Capitals, seats of the Union and its agencies, usual venues.
_CITIES = """
AE: Abu Dhabi, Dubai
AL: Tirana=Tirane
AM: Yerevan=Erevan
AR: Buenos Aires
AT: Vienna=Wien=Vienne, Linz, Salzburg=Salzbourg, Graz, Innsbruck, Alpbach=Alpach
AU: Canberra, Sydney
AZ: Baku=Bakou
BA: Sarajevo
BE: Brussels=Bruxelles=Brussel=Brüssel=BXL=BRU, Antwerp=Antwerpen=Anvers, Ghent=Gent=Gand, Leuven=Louvain,
    Bruges=Brugge, Liège=Luik=Lüttich, Namur, Charleroi, Mechelen, Ostend=Oostende, Louvain-la-Neuve, Seneffe, Jodoigne
BG: Sofia, Plovdiv, Varna
BR: Brasilia=Brasília, São Paulo, Rio de Janeiro
CA: Ottawa, Toronto, Montreal=Montréal, Vancouver
CH: Bern=Berne, Geneva=Genève=Genf, Zurich=Zürich, Basel=Bâle=Basle, Lausanne, Davos=Davos Klosters=Davos Kloster
CN: Beijing=Pékin=Peking, Shanghai
CY: Nicosia=Nicosie=Lefkosia, Limassol
CZ: Prague=Praha=Prag, Brno, Ostrava
DE: Berlin, Munich=München=Muenchen, Bonn, Cologne=Köln=Koeln, Frankfurt=Frankfurt am Main=Francfort, Hamburg=Hambourg,
    Düsseldorf=Duesseldorf=Dusseldorf, Stuttgart, Dresden=Dresde, Leipzig, Nuremberg=Nürnberg=Nuernberg, Bremen=Brême,
    Hanover=Hannover, Karlsruhe, Marburg, Langen, Tübingen, Heidelberg, Mainz, Aachen, Papenburg
DK: Copenhagen=København=Kobenhavn=Copenhague=Kopenhagen, Aarhus=Århus, Odense
EE: Tallinn, Tartu, Narva
EG: Cairo=Le Caire=Kairo, Sharm el-Sheikh
ES: Madrid, Barcelona=Barcelone, Valencia=Valence, Bilbao, Seville=Sevilla, Malaga=Málaga, Sitges, Vigo, Zaragoza
FI: Helsinki=Helsingfors, Turku, Tampere, Espoo, Oulu
FR: Paris, Strasbourg=Straßburg=Strassburg, Lyon, Marseille, Lille, Toulouse, Nice, Bordeaux, Grenoble, Nantes,
    Saint-Denis, Evian, Angers, Montpellier, Rennes, Cannes
GB: London=Londres, Edinburgh=Édimbourg, Glasgow, Cardiff, Belfast, Manchester, Cambridge, Oxford
GE: Tbilisi=Tbilissi
GR: Athens=Athènes=Athen=Athina, Thessaloniki=Thessalonique, Heraklion, Chania, Delphi
HR: Zagreb, Split, Dubrovnik
HU: Budapest
IE: Dublin, Cork, Galway
IL: Jerusalem, Tel Aviv
IN: New Delhi, Mumbai
IS: Reykjavik=Reykjavík
IT: Rome=Roma=Rom, Milan=Milano=Mailand, Turin=Torino, Florence=Firenze=Florenz, Venice=Venezia=Venise, Naples=Napoli,
    Bologna=Bologne, Parma=Parme, Ispra, Cernobbio, Genoa=Genova, Trieste, Olbia
JP: Tokyo, Osaka, Hiroshima
KE: Nairobi
KR: Seoul=Séoul
LT: Vilnius, Kaunas
LU: Luxembourg=Luxemburg=Luxembourg City
LV: Riga
MC: Monaco
MD: Chisinau=Chișinău
ME: Podgorica
MK: Skopje
MT: Valletta=Valetta=La Valette, St Julian's
NL: Amsterdam, The Hague=Den Haag=La Haye=Hague, Rotterdam, Utrecht, Eindhoven, Delft, Leiden=Leyde,
    Maastricht, Haarlem, Veldhoven, Alkmaar, Breda, IJmuiden, Helmond, Tilburg, Bilthoven, Groningen, Nijmegen
NO: Oslo, Bergen, Trondheim
PL: Warsaw=Warszawa=Varsovie=Warschau, Krakow=Kraków=Cracovie=Krakau, Gdansk=Gdańsk, Katowice,
    Wroclaw=Wrocław, Poznan=Poznań
PT: Lisbon=Lisboa=Lisbonne=Lissabon, Porto, Cascais, Braga
QA: Doha
RO: Bucharest=București=Bucuresti=Bucarest=Bukarest, Cluj-Napoca
RS: Belgrade=Beograd=Belgrad
SE: Stockholm, Gothenburg=Göteborg, Malmö=Malmo, Solna, Uppsala, Lund
SG: Singapore=Singapour=Singapur
SI: Ljubljana
SK: Bratislava=Bratislave, Kosice=Košice
TN: Tunis
TR: Ankara, Istanbul
UA: Kyiv=Kiev=Kyjiw
US: New York=New York City, Washington=Washington DC=Washington D.C., Boston, San Francisco, Chicago, Philadelphia
"""
_COUNTRIES = {
    "usa": "US", "us": "US", "u s a": "US", "united states": "US", "etats unis": "US", "vereinigte staaten": "US",
    "uk": "GB", "great britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "royaume uni": "GB",
    "uae": "AE", "korea": "KR", "south korea": "KR", "coree": "KR", "coree du sud": "KR", "sudkorea": "KR",
    "the netherlands": "NL", "holland": "NL", "pays bas": "NL", "niederlande": "NL", "czech republic": "CZ",
    "republique tcheque": "CZ", "tschechien": "CZ", "turkey": "TR", "turquie": "TR", "turkei": "TR", "russia": "RU",
    "el": "GR", "moldova": "MD", "north macedonia": "MK", "vatican": "VA", "taiwan": "TW", "vietnam": "VN",
}  # fmt: skip


@cache
def cities() -> dict[str, tuple[str, str]]:
    """Folded spelling to the city's name and country."""
    found = {}
    for line in _CITIES.replace(",\n   ", ",").strip().splitlines():
        country, _, names = line.partition(": ")
        for city in names.split(","):
            spellings = [spelling.strip() for spelling in city.split("=")]
            found.update({fold_key(spelling): (spellings[0], country) for spelling in spellings})
    return found


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
    return found | _COUNTRIES


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
        return _COUNTRIES.get(stripped.lower()) or (stripped if stripped in countries.countries else "")
    return country_names().get(fold_key(stripped), "")
