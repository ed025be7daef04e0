"""Phrases around the names in a cell: introductions, words for others, addresses of pages.

``Round table with Google``, ``Representatives of UK Steel``, ``Airlines UK (https://airlinesuk.org)``, ``Oxfam etc.``
"""

import re

from engagement.core.folding import fold_key

_OCCASIONS = (
    r"(?:(?:introductory|virtual|online|joint|regular|bilateral|telephone|video) )?"
    r"(?:meetings?|round ?table(?: (?:discussion|meeting|event))?|round-table|discussion|call|phone call|video call"
    r"|dinner|lunch|breakfast|reception|workshop|conference|summit|seminar|panel|forum|event|visit"
    r"|gespräch|treffen|runder tisch|rencontre|réunion|entretien|table ronde)"
)
_WITH = r"(?:with|hosted by|attended by|mit|avec)"
_WHO = (
    r"(?:representatives?|reps|members|ceos?|chief executives?|leaders|executives|vertreter(?:n|innen)?|vorstand"
    r"|geschäftsführung|représentants?|dirigeants|delegates)"
)
_FROM = r"(?:of|from|der|des|von|vom|de|du|d['’])"
_LED_BY = r"(?:attendees|participants|attended by|present|organi[sz]ations(?: present)?|including|such as|namely)"
_LEAD_INS = [
    re.compile(rf"^(?:a |the )?{_OCCASIONS} {_WITH}[:\s]+(?=\S)", re.IGNORECASE),
    re.compile(rf"^(?:(?:[\w’'-]+ ){{0,6}})?{_LED_BY}(?:: ?| )(?=[A-ZÀ-Ý0-9])"),
    re.compile(rf"^(?i:{_LED_BY}): ?(?=[A-ZÀ-Ý0-9])"),
    re.compile(rf"^(?:a |the )?{_OCCASIONS}: ?(?=[A-ZÀ-Ý0-9])", re.IGNORECASE),
    re.compile(rf"^(?:[Tt]he )?(?i:{_WHO}) (?i:{_FROM}) ?(?:the )?(?=\w*[A-ZÀ-Ý0-9])"),
]
_GROUPED = re.compile(
    r"^(?:[\w’'&.-]+ ){0,8}(?i:round ?table|round-table|forum|panel|group|meeting|event|seminar|dinner|breakfast"
    r"|workshop|brigade|leaders|delegation)\s*(?::|[–-](?=\s))\s*(?=[A-ZÀ-Ý0-9])"
)
"""An occasion before a list: ``Royal Colleges roundtable - RCN, RCGP and BMA``."""
_INVITED = re.compile(
    r"^(?:[\w’'&-]+ ){0,5}(?i:investors|businesses|companies|firms|members|stakeholders|representatives|charities"
    r"|suppliers|manufacturers|retailers|providers|employers|operators|unions|banks|insurers|universities|ngos|developers"
    r"|organi[sz]ations|bodies|groups|experts|unternehmen|verbände|entreprises|empresas"
    r"|associations|colleges|airlines|councils|publishers|broadcasters|hospitals|trusts)"
    r"\s*(?::|[–-](?=\s))\s*(?=[A-ZÀ-Ý0-9])"
)
"""Who they were, before their names: ``Japanese investors: Mitsubishi, Hitachi``."""
_WEB = re.compile(r"\s*[(\[<]?\s*\b(?:https?://|www\.)[^\s)\]>]+\s*[)\]>]?")
_ASIDE = re.compile(
    r"\s*[(\[](?:individual|private individual|in a personal capacity|personal capacity|virtual(?:ly)?|online"
    r"|by (?:phone|telephone|video(?:conference)?)|via (?:teams|zoom)|video ?call|tbc|host|chair)[)\]]\s*$",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"etc|(?:and |various )?others?|among(?:st)? others|et al|(?:and )?more|u a|usw|(?:und )?(?:andere|weitere)"
    r"|other (?:stakeholders|organi[sz]ations|companies|attendees|participants)|(?:et )?autres|(?:y )?otros"
    r"|(?:e )?altri|(?:en )?anderen"
)
_NOBODY = re.compile(
    r"(?:(?:various|several|multiple|numerous|other|private|external|diverse|verschiedene|plusieurs|divers) ?)*"
    r"(?:individuals?|constituents?|stakeholders?|attendees|participants|organi[sz]ations|companies|businesses|guests"
    r"|members of the public|personal staff|ministerial staff|private citizens?|citizens?|people|persons?|redacted"
    r"|withheld|confidential|privatperson(?:en)?|particuliers?|personnes?|teilnehmer(?:innen)?|organisationen|unternehmen"
    r"|entreprises|empresas)"
    r"|various|several|multiple|diverse|divers|verschiedene"
)
_ETCETERA = re.compile(
    r"[\s,]+(?:etc\.?|et al\.?|u\.\s?a\.|usw\.?|among(?:st)? others|and others|and more)$", re.IGNORECASE
)
_AND_MORE = re.compile(
    r"[\s,]+(?:and|&|with|plus|sowie|und|et)\s+"
    r"(?:(?:other|various|several|many|a number of|a range of|senior|local)\s+)*"
    r"(?:representatives|members|others|stakeholders|colleagues|attendees|officials|experts|organi[sz]ations|companies"
    r"|businesses|charities|partners|guests|staff|business leaders|weitere|andere|autres)"
    r"(?:\s+(?:of|from|in|across|including|der|des|de|aus)\b[^A-ZÀ-Ý0-9]*)?$"
)
"""Those who came besides, nobody by name."""


def name_alone(text: str) -> str:
    """A name without introduction and remarks; a text of nothing else stays as it is."""
    name = text
    for form in _LEAD_INS:
        name = form.sub("", name, count=1)
    for form in (_WEB, _ASIDE, _ETCETERA, _AND_MORE):
        name = form.sub("", name)
    name = name.strip(" ,;")
    return name if any(map(str.isalnum, name)) else text


def introduced(text: str) -> str:
    """The cell behind the words that introduce a list."""
    for form in _LEAD_INS:
        text = form.sub("", text, count=1)
    rest = _INVITED.sub("", _GROUPED.sub("", text, count=1), count=1)
    return rest if "," in rest or ";" in rest else text


def is_nobody(text: str) -> bool:
    """Whether a cell says that somebody was met, and not who: ``Various``, ``Private individual``."""
    return bool(_NOBODY.fullmatch(fold_key(text)))


def is_others(text: str) -> bool:
    """Whether a piece of a list only says that there were more."""
    return bool(_OTHERS.fullmatch(fold_key(text)))
