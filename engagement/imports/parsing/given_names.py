"""Gazetteer of given names: by which two capitalized words are told to be a person and not a firm.

The commonest ones of Europe, folded; and firms that are called like people.
"""

import json
from pathlib import Path

_LISTS: dict[str, list[str]] = json.loads(Path(__file__).with_name("given_names.json").read_text())
GIVEN_NAMES = frozenset(" ".join(_LISTS["given_names"]).split())
FIRMS_LIKE_PEOPLE = frozenset(", ".join(_LISTS["firms_like_people"]).split(", "))
