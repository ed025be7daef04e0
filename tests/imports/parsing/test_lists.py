"""Cells that may be lists: what is cut, what is one name, what is asked. And numbers, legal forms inside names."""

import pytest

from engagement.imports.parsing.legal_forms import differ, legal_form
from engagement.imports.parsing.lists import cut_list
from engagement.imports.parsing.register_numbers import apart

KNOWN = {"alpha", "betatrust"}

SURE = [
    ("Attendees: Aaa, Bbb, Ccc, Ddd", ["Aaa", "Bbb", "Ccc", "Ddd"]),
    ("Housing associations: Aaa, B&B, Ccc and Ddd", ["Aaa", "B&B", "Ccc", "Ddd"]),
    ("Tesco, Next, Asda, Marks & Spencer", ["Tesco", "Next", "Asda", "Marks & Spencer"]),
    ("Aviva, Axa, Zurich, Legal & General", ["Aviva", "Axa", "Zurich", "Legal & General"]),
    ("Aaa, Bbb, Ccc & Ddd, Eee & Fff", ["Aaa", "Bbb", "Ccc & Ddd", "Eee", "Fff"]),
    ("Tata Steel Ltd and British Steel Ltd", ["Tata Steel Ltd", "British Steel Ltd"]),
    ("Institute of Aaa (IOA) & Guild of Bbb (GOB)", ["Institute of Aaa (IOA)", "Guild of Bbb (GOB)"]),
    ("Japanese investors: Aaa, Bbb, Ccc Corporation", ["Aaa", "Bbb", "Ccc Corporation"]),
    ("UK retailers - Aaa, Bbb, Ccc and Ddd", ["Aaa", "Bbb", "Ccc", "Ddd"]),
    ("Vertreter der Industrie (Aaa, Bbb, Ccc, Ddd)", ["Aaa", "Bbb", "Ccc", "Ddd"]),
    ("Aaa Group plc, trading as Total Aaa", ["Aaa Group plc, trading as Total Aaa"]),
    ("Bolt OÜ, Wise AS", ["Bolt OÜ", "Wise AS"]),
    ("Aaa SE, Ludwigshafen", ["Aaa SE, Ludwigshafen"]),
    (
        "Aaa, Bbb, Ccc, Association of Police and Crime Commissioners",
        ["Aaa", "Bbb", "Ccc", "Association of Police and Crime Commissioners"],
    ),
    ("Aaa, Bbb, Ccc, University of Leeds and York", ["Aaa", "Bbb", "Ccc", "University of Leeds", "York"]),
    ("Aaa Ltd, Bbb Ltd, Ccc Ltd", ["Aaa Ltd", "Bbb Ltd", "Ccc Ltd"]),
    ("Acme, Inc., Zeta, GmbH", ["Acme, Inc.", "Zeta, GmbH"]),
    (
        "Seznam, a.s., Nordisk A/S, Telefónica, S.A.",
        ["Seznam, a.s.", "Nordisk A/S", "Telefónica, S.A."],
    ),
    ("Ernst & Young, LLP", ["Ernst & Young, LLP"]),
    ("Imperial College, London", ["Imperial College, London"]),
    ("Confederation of British Industry, CBI", ["Confederation of British Industry, CBI"]),
    ("Council (energy, water, waste)", ["Council (energy, water, waste)"]),
    ("Aaa,Bbb,Ccc", ["Aaa", "Bbb", "Ccc"]),
    ("Aaa, Inc; Bbb, Ccc and Partners", ["Aaa, Inc", "Bbb, Ccc and Partners"]),
    ("Aaa | Bbb, Ccc", ["Aaa", "Bbb, Ccc"]),
    ("Aaa\nBbb, Ccc and Partners\n\nDdd\n", ["Aaa", "Bbb, Ccc and Partners", "Ddd"]),
    ("• Aaa\n• Bbb\n", ["Aaa", "Bbb"]),
    ("1. Aaa\n2. Bbb", ["Aaa", "Bbb"]),
    (" ; Aaa ;; Bbb; ; ", ["Aaa", "Bbb"]),
    ("Aaa,", ["Aaa"]),
    (", ,Aaa, ,", ["Aaa"]),
    ("Alpha, Beta Trust", ["Alpha", "Beta Trust"]),
    ("Marks &amp; Spencer", ["Marks &amp; Spencer"]),
    ("Deltaa Group,123456789012-34", ["Deltaa Group,123456789012-34"]),
    ("The 1,000 Club", ["The 1,000 Club"]),
    ("…", []),
    (" - , -- ", []),
]
SURE += [
    ("Barclays, HSBC, Lloyds Banking Group and NatWest", ["Barclays", "HSBC", "Lloyds Banking Group", "NatWest"]),
    ("Google, Inc. and Apple, Inc.", ["Google, Inc.", "Apple, Inc."]),
    ("Tata Steel Ltd and British Steel Ltd", ["Tata Steel Ltd", "British Steel Ltd"]),
    ("1. Google 2. Meta 3. Apple", ["Google", "Meta", "Apple"]),
    ("UNISON, GMB, NASUWT", ["UNISON", "GMB", "NASUWT"]),
    ("Bangor University, Cardiff University", ["Bangor University", "Cardiff University"]),
    ("Airport Group (MAG), Heathrow (HAL)", ["Airport Group (MAG)", "Heathrow (HAL)"]),
    ("Round table with BBC, ITV, Sky and Channel 4", ["BBC", "ITV", "Sky", "Channel 4"]),
    ("Various stakeholders including BBC and ITV", ["BBC and ITV"]),
    ("CEOs of Aaa Steel, Bbb Steel, Ccc Steel and Ddd Steel", ["Aaa Steel", "Bbb Steel", "Ccc Steel", "Ddd Steel"]),
    ("CC.OO., UGT, CSIF y USO", ["CC.OO.", "UGT", "CSIF", "USO"]),
    ("Wind Farm Association, CLG (trading as Wind)", ["Wind Farm Association, CLG (trading as Wind)"]),
    ("Transport & Environment, T&E", ["Transport & Environment, T&E"]),
    ("Acme Ltd, 5 High Street, London", ["Acme Ltd, 5 High Street, London"]),
    ("Barclays, HSBC and NatWest", ["Barclays", "HSBC", "NatWest"]),
    ("Verband A, Verband B und Verband C", ["Verband A", "Verband B", "Verband C"]),
    ("Deltaa Gas, BP, Shell", ["Deltaa Gas", "BP", "Shell"]),
    ("Policy Exchange, Demos, General Dynamics", ["Policy Exchange", "Demos", "General Dynamics"]),
    ("Cancer Care, Breakthrough Cancer and Cancer Campaign", ["Cancer Care", "Breakthrough Cancer", "Cancer Campaign"]),
    ("ITN, The Times, bskyb, ITV, the LGA", ["ITN", "The Times", "bskyb", "ITV", "the LGA"]),
    ("Aaa, Bbb & Co, Ccc, Ddd LLP", ["Aaa", "Bbb & Co", "Ccc", "Ddd LLP"]),
    ("Aaa,\nBbb,\nCcc", ["Aaa", "Bbb", "Ccc"]),
    ("Cities Forum (IBM, Arup, Siemens (UK), GLA)", ["IBM", "Arup", "Siemens (UK)", "GLA"]),
    ("Association of Groups (A, B, C, D)", ["Association of Groups (A, B, C, D)"]),
    ("Zeta, Mayor of Deltaa, Eta, Theta", ["Zeta", "Mayor of Deltaa", "Eta", "Theta"]),
    ("COTY, Transparency Register: 600289139963-18", ["COTY, Transparency Register: 600289139963-18"]),
]
ASKED = [
    ("Aaa, Federation of Bbb, et al.", ["Aaa", "Federation of Bbb"], False),
    (
        "Aaa’s Council, Association of Police and Crime Commissioners",
        ["Aaa’s Council", "Association of Police and Crime Commissioners"],
        False,
    ),
    ("Calvin Klein, Nike", ["Calvin Klein", "Nike"], False),
    ("Aaa, Bbb en Ccc", ["Aaa", "Bbb", "Ccc"], False),
    ("Aaa Trust, Bbb, and others", ["Aaa Trust", "Bbb"], False),
    ("Verband der Industrie, Industrie- und Handelstag", ["Verband der Industrie", "Industrie- und Handelstag"], False),
    ("Jo Roe, Mayor of Deltaa", ["Jo Roe", "Mayor of Deltaa"], True),
    ("Sir Jo Roe MP, Leader of the Opposition", ["Sir Jo Roe MP", "Leader of the Opposition"], True),
    ("Jo Roe, Chief Executive, Deltaa, Ltd", ["Jo Roe", "Chief Executive", "Deltaa, Ltd"], False),
    ("University of Deltaa, Department of Physics", ["University of Deltaa", "Department of Physics"], True),
    ("Textiles, Clothing and Footwear Union", ["Textiles", "Clothing", "Footwear Union"], True),
    ("Institut für Klima, Umwelt, Energie", ["Institut für Klima", "Umwelt", "Energie"], True),
    ("Smith, Jones, Roe, Doe & Partners", ["Smith", "Jones", "Roe", "Doe & Partners"], False),
    ("Aaa, Bbb, and Ccc", ["Aaa", "Bbb", "Ccc"], False),
    ("National Oil, Gas and Biofuel Regulatory Agency", ["National Oil", "Gas", "Biofuel Regulatory Agency"], False),
    ("Country, Land and Business Association", ["Country", "Land", "Business Association"], True),
    ("Trust for Arts, Crafts, Design", ["Trust for Arts", "Crafts", "Design"], True),
    ("Deltaa, helpful people, a club", ["Deltaa", "helpful people", "a club"], True),
    ("Barratt Homes, Home Builders", ["Barratt Homes", "Home Builders"], False),
    ("Federation of Small Businesses, Make UK", ["Federation of Small Businesses", "Make UK"], False),
    ("Department for Culture, Media and Sport", ["Department for Culture", "Media", "Sport"], True),
    ("Faculty of Law, University of Leeds", ["Faculty of Law", "University of Leeds"], True),
    ("University of California, Berkeley", ["University of California", "Berkeley"], True),
    ("Friends of the valley, hills and rivers", ["Friends of the valley", "hills", "rivers"], True),
    ("x" * 251, ["x" * 251], False),
]


@pytest.mark.parametrize(("text", "names"), SURE)
def test_what_is_beyond_doubt(text: str, names: list[str]) -> None:
    found = cut_list(text, (",",), KNOWN)
    assert (list(found.pieces), found.is_sure) == (names, True)


@pytest.mark.parametrize(("text", "names", "likely_one"), ASKED)
def test_what_is_asked_with_the_cut_in_view(text: str, names: list[str], likely_one: bool) -> None:
    found = cut_list(text, (",",), KNOWN)
    assert (list(found.pieces), found.is_sure, found.likely_one) == (names, False, likely_one)


def test_a_text_that_is_too_long_for_a_name_is_a_list_though_no_sign_was_ticked() -> None:
    found = cut_list(", ".join(f"Organization {number}" for number in range(40)), (), set())
    assert len(found.pieces) == 40 and not found.is_sure


def test_without_a_sign_in_the_layout_a_comma_is_part_of_the_name() -> None:
    assert cut_list("Aaa, Bbb; Ccc", (), set()).pieces == ("Aaa, Bbb; Ccc",)


@pytest.mark.parametrize(
    ("text", "name", "number"),
    [
        ("Deltaa Group,123456789012-34", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group (123456789012-34)", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group [123456789012-34]", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group - 123456789012-34", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group 123456789012-34.", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group (TR: 123456789012-34)", "Deltaa Group", "123456789012-34"),
        ("Deltaa Group, Transparency Register No. 6376062181-28", "Deltaa Group", "6376062181-28"),
        ("123456789012-34 Deltaa Group", "Deltaa Group", "123456789012-34"),
        ("(123456789012-34) – Deltaa Group", "Deltaa Group", "123456789012-34"),
        ("123456789012-34", "123456789012-34", ""),
        ("Year 2019-20", "Year 2019-20", ""),
        ("Room 12-34", "Room 12-34", ""),
        ("Deltaa (123456789012-34) Group", "Deltaa (123456789012-34) Group", ""),
    ],
)
def test_numbers_inside_names(text: str, name: str, number: str) -> None:
    assert apart(text) == (name, number)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme Ltd.", "ltd"),
        ("Acme, Limited", "ltd"),
        ("Telefónica, S.A.", "sa"),
        ("Acme S. A.", "sa"),
        ("Acme GmbH & Co. KG", "gmbh co kg"),
        ("Acme Sp. z o.o.", "zoo"),
        ("The Co-op", ""),
        ("SE Controls", ""),
        ("Limited", ""),
        ("Inclusion", ""),
    ],
)
def test_legal_forms(name: str, form: str) -> None:
    assert legal_form(name) == form


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Acme Ltd", "Acme GmbH", True),
        ("Acme Ltd", "Acme Limited", False),
        ("Acme Ltd", "Acme", False),
        ("SE Controls", "Controls", True),
        ("SE Controls", "SE Controls Ltd", False),
        ("Co-operatives UK", "Cooperatives UK", False),
        ("The Co-operative Bank", "The cooperative bank", False),
    ],
)
def test_two_legal_forms_are_two_until_somebody_says_otherwise(one: str, other: str, said: bool) -> None:
    assert differ(one, other) is said
