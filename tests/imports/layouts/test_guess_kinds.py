"""Guesses on files in the shape of several registers: what a column is, and what it is not."""

from pathlib import Path

import pytest

from engagement.imports.layouts.guess import guess
from tests.imports.sources.files import table_of

FILES = {
    "months beside days": (
        "Month,Portfolio,Minister,Date of event,Location,Name of Organisation/ Individual,Subject/Purpose",
        ["May,Health,Jo Doe MSP,21/05/2024,Edinburgh,Aaa,Pay", "May,Health,Al Roe MSP,22/05/2024,Glasgow,Bbb,Pay"],
        "ignored portfolio our_people date place counterparts purpose",
    ),
    "Dutch agendas": (
        "Datum,Bewindspersoon,Type,Met wie,Onderwerp,Locatie",
        ['2024-02-01,Minister Jo van Doe,Gesprek,"Aaa, Bbb",Werk,Den Haag'],
        "date our_people ignored counterparts purpose place",
    ),
    "months alone": (
        "Month,Minister,Name of organisation,Purpose of meeting",
        ["May 2024,Jo Doe MP,Aaa,Pay", "June 2024,Al Roe MP,Bbb,Pay"],
        "date our_people counterparts purpose",
    ),
    "media figures": (
        "Special Adviser,Date,Name of senior media figure,Purpose of meeting",
        ['Jo Doe,24/04/2024,"Tom Roe (Editor, The Clarion)",Talk', "Al Roe,25/04/2024,Daily Post,Talk"],
        "our_people date counterparts purpose",
    ),
    "uk officials": (
        "Senior official's name,Meeting date,Person or organisation that meeting was with,Purpose of meeting",
        ["Jo Doe,03/07/2023,Aaa Ltd,Growth", "Al Roe,14/07/2023,Bbb plc,Work"],
        "our_people date counterparts purpose",
    ),
    "numbers are no dates": (
        "Row,Minister,Date,Organisation",
        ["1,Jo,03/07/2023,Aaa", "2,Al,14/07/2023,Bbb", "3,Al,15/07/2023,Ccc"],
        "ignored host date counterparts",
    ),
    "small numbers without a date": (
        "Count,Minister,Organisation,Subject",
        ["1,Jo,Aaa,Growth", "2,Al,Bbb,Work", "31,Al,Ccc,Work"],
        "ignored host counterparts purpose",
    ),
    "five digits are no days": (
        "File,Minister,Date,Organisation",
        ["44588,Jo,2023-07-03,Aaa", "44589,Al,2023-07-14,Bbb"],
        "ignored host date counterparts",
    ),
    "names beside their sort": (
        "id,date,institution,org_name,lobbyist_type,purpose,purpose_details",
        [
            f"K{at},2023-07-{at:02},Ministry,Deltaa {at} d.o.o.,Employed,Influence,About {at} {'things ' * 9}"
            for at in range(1, 29)
        ]
        * 2,
        "source_id date host counterparts ignored ignored purpose",
    ),
    "posts with names in Spanish": (
        "Cargo;Fecha;Lugar;Asistentes;Asunto",
        [
            "Ministra de Trabajo y Economía, Yolanda Roe;12 de enero de 2021;Madrid;CEOE, CEPYME, CCOO y UGT;Mesa",
            "Secretario de Estado de Empleo, Joaquín Doe;14/01/2021;Sede;ATA;Reforma",
        ],
        "our_people date place counterparts purpose",
    ),
    "names under a heading that is nearly known": (
        "Senior official\xa0name;Date of meeting;Organisation(s)/individual(s) met;Purpose of the meeting",
        ["Sir Chris Roe KCB;14/10/2023;Aaa; Talk", "Shona Doe;15/10/2023;Bbb;Talk"],
        "our_people date counterparts purpose",
    ),
    "a diary": (
        "Date,Scheduled Time,Meeting,Location,With,Portfolio",
        ["1 February 2023,09:00 - 09:30,Officials,Beehive,Deltaa,Energy"] * 2,
        "date time title place counterparts portfolio",
    ),
    "who came from outside in German": (
        "Datum;Teilnehmende BMWK;Externe Teilnehmende;Thema",
        ["16.04.2022;BM Dr. Roe;Deltaa AG;Gas", "17.04.2022;StS Dr. Doe;Zeta e.V.;Kohle"],
        "date our_people counterparts purpose",
    ),
    "an id": (
        "Id,Minister,Date,Organisation",
        ["44588,Jo,2023-07-03,Aaa", "44589,Al,2023-07-14,Bbb"],
        "source_id host date counterparts",
    ),
    "days of a month where the heading says so": (
        "Day,Minister,Organisation",
        ["3,Jo,Aaa", "14,Al,Bbb", "30,Al,Ccc"],
        "date host counterparts",
    ),
    "the country of a registrant": (
        "Date,Minister,Registrant name,Registrant country",
        ["2023-07-03,Jo,Aaa,France", "2023-07-14,Al,Bbb,Germany"],
        "date host counterparts ignored",
    ),
    "the country of a member": (
        "mep,country,date,lobbyists,title,epid",
        ["A,France,03-07-2023,Aaa,Growth,1", "B,Spain,14-07-2023,Bbb,Work,2"],
        "host ignored date counterparts title ignored",
    ),
    "the country of the meeting": (
        "Date,Minister,Organisation,Country",
        ["2023-07-03,Jo,Aaa,France", "2023-07-14,Al,Bbb,Germany"],
        "date host counterparts country",
    ),
    "German": (
        "Nr.;Datum;Ministerium;Gesprächspartner;Thema",
        ["1;03.07.2023;BMF;Verband A e.V.;Steuern", "2;14.07.2023;BMF;Bank AG;Kredit"],
        "ignored date host counterparts purpose",
    ),
    "Spanish, with posts": (
        "Fecha;Hora;Cargo;Reunión con;Asunto;Lugar",
        ["8 de enero de 2024;10:00;Ministra de Sanidad;Aaa;Plan;Madrid", "9/2/2024;9:30;Ministra;Bbb;Plan;Bruselas"],
        "date time representatives counterparts purpose place",
    ),
    "Polish": (
        "Lp.;Data;Minister;Podmiot;Temat spotkania;Miejsce",
        ["1;5 stycznia 2024 r.;Iza Doe;Aaa;Klauzula;Warszawa", "2;12.01.2024 r.;Iza Doe;Bbb;Refundacja;on-line"],
        "ignored date our_people counterparts purpose place",
    ),
    "Italian": (
        "Data;Ora;Ministro;Soggetto incontrato;Oggetto;Luogo",
        ["8 gennaio 2024;10:00;On. Adolfo Roe;Aaa;Industria;Roma"],
        "date time our_people counterparts purpose place",
    ),
    "Dutch": (
        "Datum;Tijd;Afspraak met;Onderwerp;Locatie",
        ["maandag 8 januari 2024;10:00 - 11:00;Aaa;Groningen;Den Haag"],
        "date time counterparts purpose place",
    ),
    "Canadian, joined": (
        "Communication ID,Communication Date,Client Name,Designated Public Office Holder,Government Institution",
        ['5120,2024-03-05,Aaa Inc.,"Jo Roe, Minister",Finance', '5121,2024-03-06,Bbb,"Al Doe, Minister",Energy'],
        "source_id date counterparts our_people host",
    ),
    "Canadian, as published": (
        "COMLOG_ID,EN_CLIENT_ORG_CORP_NM_AN,COMM_DATE,SUBMISSION_DATE_SOUMISSION,POSTED_DATE_PUBLICATION",
        ["500001,Aaa,2024-02-11,2024-07-01,2024-07-02", "500002,Bbb,2024-03-12,2024-07-01,2024-07-02"],
        "source_id counterparts date ignored published_on",
    ),
    "Scottish": (
        "Portfolio,Ministerial title,Name of Minister,Date,Organisation/Individual,Location,Purpose/Subject",
        [
            "Health,Cabinet Secretary,Jo Roe,2024-01-10,Aaa,Dundee,Pay",
            "Health,Minister,Al Doe,2024-01-11,Bbb,Leith,Pay",
        ],
        "portfolio representatives our_people date counterparts place purpose",
    ),
    "the Commission's pages of a host": (
        "Date\tLocation\tSubject(s)\tEntity/ies met\tParticipants",
        ["12/03/2024\tBrussels\tMaterials\tAaa (12345678901-23)\tJo Roe (Director-General)"],
        "date place purpose counterparts our_people",
    ),
    "whole dates before their parts": (
        "date,name,reason,minister,year,month,day",
        ["2014-07-01,Aaa,General,Al,2014,7,1", "2014-07-09,Bbb,General,Al,2014,7,9"],
        "date counterparts purpose host ignored ignored ignored",
    ),
    "people under a heading of the publisher's": (
        "Datum;Teilnehmer BMWK;Organisation;Thema;Format",
        ["03.04.2024;BM Dr. Robert Roe;Aaa;Klima;Präsenz", "04.04.2024;PSt Al Doe;Bbb;Klima;virtuell"],
        "date our_people counterparts purpose mode",
    ),
    "posts below the names": (
        "Minister;Date;Organisation",
        ['"Rt Hon Jo Roe MP\nSecretary of State";2024-04-03;Aaa', "Al Doe MP;2024-04-04;Bbb"],
        "our_people date counterparts",
    ),
}


@pytest.mark.parametrize("head,lines,targets", FILES.values(), ids=FILES)
def test_what_each_column_is(tmp_path: Path, head: str, lines: list[str], targets: str) -> None:
    guessed = guess(table_of(tmp_path, "\n".join([head, *lines])), "meetings")
    assert [one.target for one in guessed.columns] == targets.split()


@pytest.mark.parametrize(
    ("head", "cells", "forms"),
    [
        ("Datum", ["10-01-2024", "09-02-2024"], ["dmy"]),
        ("Fecha", ["10/01/2024"], ["dmy"]),
        ("Date", ["10.01.2024", "09.02.2024"], ["dmy"]),
        ("Date", ["10/01/2024", "09/02/2024"], ["dmy", "mdy"]),
        ("Date", ["10/13/2024", "09/02/2024"], ["mdy"]),
    ],
)
def test_nobody_but_english_writes_the_month_first(
    tmp_path: Path, head: str, cells: list[str], forms: list[str]
) -> None:
    lines = [f"{head};Minister;Organisation", *(f"{cell};Al;Aaa" for cell in cells)]
    guessed = guess(table_of(tmp_path, "\n".join(lines)), "meetings")
    assert guessed.data["columns"][0]["date_forms"] == forms


@pytest.mark.parametrize(
    "cells",
    [
        ["Minister Adriaansens", "Staatssecretaris Vijlbrief"],
        ["Attorney-General", "Minister for Transport"],
        ["Secretary of State for Education", "Jo Roe MP"],
        ["The Rt Hon Jo Roe MP", "Lord Doe of Deltaa"],
    ],
)
def test_people_and_posts_are_no_hosts(tmp_path: Path, cells: list[str]) -> None:
    lines = ["Minister;Date;Organisation", *(f"{cell};2024-04-03;Aaa" for cell in cells)]
    assert guess(table_of(tmp_path, "\n".join(lines)), "meetings").columns[0].target == "our_people"


@pytest.mark.parametrize(("second", "separators"), [("1", []), ("2", [","])])
def test_a_row_for_each_organization_has_one_name_in_a_cell(tmp_path: Path, second: str, separators: list[str]) -> None:
    head = "No,Date,Minister,Organisation"
    rows = ['1,2023-07-03,Jo,"Muzej, Trate"', f'{second},2023-07-03,Jo,"Zeta, Eta, Theta"', '3,2023-07-03,Jo,"Aa, Bb"']
    data = guess(table_of(tmp_path, "\n".join([head, *rows]))).data
    assert next(one for one in data["columns"] if one["target"] == "counterparts").get("separators", []) == separators


def test_a_french_heading_has_the_day_first(tmp_path: Path) -> None:
    text = "Ministre;Date du rendez-vous;Organisme\nA;03/02/2021;Aaa\nB;04/02/2021;Bbb"
    date = next(one for one in guess(table_of(tmp_path, text)).data["columns"] if one["target"] == "date")
    assert date["date_forms"] == ["dmy"]


@pytest.mark.parametrize(
    ("others", "form"),
    [("3 January 2023", "dmy"), ("jeudi 5 janvier 2023", "dmy"), ("January 3, 2023", "mdy"), ("9. Januar 2023", "dmy")],
)
def test_a_month_in_words_shows_the_order_of_the_figures(tmp_path: Path, others: str, form: str) -> None:
    table = table_of(tmp_path, f'Date,Minister,Organisation\n"{others}",Jo,Aaa\n10/01/2023,Jo,Bbb\n', "a.csv")
    forms = next(one["date_forms"] for one in guess(table).data["columns"] if one["target"] == "date")
    assert set(forms) & {"dmy", "mdy"} == {form}
