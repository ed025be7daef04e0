"""Layout form: from posted data to the layout's data, and from the data to the form."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.core.folding import whole_number
from engagement.imports.layouts.guessed import GuessedColumn
from engagement.imports.layouts.spec import Column, LayoutData
from engagement.imports.layouts.validation import CONSTANT, parse_spec
from engagement.imports.layouts.vocabulary import TARGETS, allowed
from engagement.imports.parsing.dates import FORMS

SEPARATORS = {
    "comma": (",", _("a comma")),
    "semicolon": (";", _("a semicolon")),
    "bar": ("|", _("a vertical bar |")),
    "slash": ("/", _("a slash /")),
    "wide-slash": (" / ", _("a slash between spaces")),
    "line": ("\n", _("a new line")),
    "and": (" and ", _("the word “and”")),
    "space": (" ", _("a space")),
}
_BY_SIGN = {sign: name for name, (sign, _label) in SEPARATORS.items()}
_TEXTS = ("time_zone", "scheme", "sheet", "encoding", "credit", "names")
MOST_COLUMNS = 250
_UNSURE, _SURE = 0.6, 0.85

Errors = dict[str, list[str]]


@dataclass
class Option:
    value: str
    label: str | Promise
    is_chosen: bool


@dataclass
class Block:
    """One column of the layout in the form."""

    at: int
    data: LayoutData
    noun: str
    errors: dict[str, list[str]] = field(default_factory=dict)
    guessed: GuessedColumn | None = None

    @property
    def heading(self) -> str:
        return str((self.data.get("headers") or [""])[0])

    @property
    def targets(self) -> list[Option]:
        chosen = self.data.get("target", "")
        return [Option(name, label, name == chosen) for name, label in TARGETS[self.noun].items()]

    @property
    def headers(self) -> str:
        return "\n".join(self.data.get("headers", []))

    @property
    def separators(self) -> list[Option]:
        chosen = self.data.get("separators", [])
        return [Option(name, label, sign in chosen) for name, (sign, label) in SEPARATORS.items()]

    @property
    def other_separators(self) -> str:
        return "\n".join(sign for sign in self.data.get("separators", []) if sign not in _BY_SIGN)

    @property
    def date_forms(self) -> list[Option]:
        return forms_chosen(self.data.get("date_forms", []))

    @property
    def values(self) -> str:
        pairs = dict.fromkeys(self.guessed.distinct if self.guessed and self.words else [], "")
        return "\n".join(f"{text} = {value}" for text, value in {**pairs, **self.data.get("values", {})}.items())

    @property
    def words(self) -> str:
        """Our own words for this, where they are few."""
        return ", ".join(allowed(self.noun, self.data.get("target", "")))

    @property
    def errors_of_values(self) -> list[str]:
        """A template that reads ``errors.values`` gets the method of the dictionary, and shows the errors of others."""
        return self.errors.get("values", [])

    @property
    def is_ignored(self) -> bool:
        return self.data.get("target") == "ignored"

    @property
    def is_unsure(self) -> bool:
        """A guess to be checked first."""
        return bool(self.guessed and not self.is_ignored and self.guessed.confidence < _UNSURE)

    @property
    def sureness(self) -> str | Promise:
        """How sure the guess is, in a word; none for a column that somebody set."""
        if not self.guessed or self.is_ignored or self.guessed.target != self.data.get("target"):
            return ""
        return (
            _("not sure, check it") if self.is_unsure else _("sure") if self.guessed.confidence > _SURE else _("likely")
        )

    @property
    def is_open(self) -> bool:
        """Whether its details are unfolded: something in them is wrong, or is to be filled in."""
        return bool(set(self.errors) - {"target"}) or bool(self.words and self.guessed and self.guessed.distinct)


@dataclass
class Constant:
    name: str
    label: str | Promise
    value: str
    choices: list[Option]
    errors: list[str]


def forms_chosen(chosen: Iterable[str]) -> list[Option]:
    return [Option(name, label, name in chosen) for name, label in FORMS.items()]


def blocks_of(data: LayoutData, errors: Errors, guessed: Iterable[GuessedColumn] = ()) -> list[Block]:
    """The columns of a layout beside the file's values; columns of the file that it does not name come last."""
    columns = [column for column in data.get("columns", []) if isinstance(column, dict)]
    found = [Block(at, column, data["noun"], _errors_of(at, errors)) for at, column in enumerate(columns)]
    for one in guessed:
        mine = next((block for block in found if _goes_by(block.data, one.header)), None)
        if mine is None:
            mine = Block(len(found), {"target": "ignored", "headers": [one.header]}, data["noun"])
            found.append(mine)
        mine.guessed = mine.guessed or one
    return found


def _goes_by(column: LayoutData, header: str) -> bool:
    return bool(Column("", tuple(map(str, column.get("headers", [])))).header_in([header]))


def _errors_of(at: int, errors: Errors) -> dict[str, list[str]]:
    start = f"columns.{at}."
    return {name.removeprefix(start): texts for name, texts in errors.items() if name.startswith(start)}


def constants_of(data: LayoutData, errors: Errors) -> list[Constant]:
    noun, given = data["noun"], data.get("constants", {})
    return [
        Constant(
            name,
            TARGETS[noun][name],
            given.get(name, ""),
            [Option(word, word, word == given.get(name)) for word in allowed(noun, name)],
            errors.get(f"constants.{name}", []),
        )
        for name in TARGETS[noun]
        if name in CONSTANT
    ]


# From the form ------------------------------------------------------------------------------------------


def data_from(post: QueryDict) -> LayoutData:
    """The layout that was sent; whether it makes sense is another question."""
    noun = post.get("noun", "")
    data: LayoutData = {"noun": noun if noun in TARGETS else "meetings"}
    count = post.get("columns", "")
    number = min(int(count), MOST_COLUMNS) if count.isascii() and count.isdigit() and len(count) < 5 else 0
    data["columns"] = [_column(post, f"c{at}-") for at in range(number)]
    data["constants"] = {
        name: value for name in CONSTANT if name in TARGETS[data["noun"]] and (value := _line(post, f"constant-{name}"))
    }
    data["date_forms"] = post.getlist("date_forms") or ["iso"]
    data |= {name: name in post for name in ("file_name_dates", "rows_go_on", "own")}
    data["series"] = whole_number(_line(post, "series")) or 0
    data |= {name: _line(post, name) for name in _TEXTS}
    data["delimiter"] = {"tab": "\t", "\\t": "\t"}.get(_line(post, "delimiter").lower(), _line(post, "delimiter"))
    row = _line(post, "header_row") or "0"
    data["header_row"] = int(row) if row.isascii() and row.isdigit() and len(row) < 6 else -1
    return _tidied(data)


def _tidied(data: LayoutData) -> LayoutData:
    """The data without usual values, where the whole is valid."""
    spec, _errors = parse_spec(data)
    return spec.to_json() if spec else data


def _column(post: QueryDict, prefix: str) -> LayoutData:
    column: LayoutData = {"target": post.get(f"{prefix}target", ""), "headers": _lines(post, f"{prefix}headers")}
    signs = [SEPARATORS[name][0] for name in post.getlist(f"{prefix}separators") if name in SEPARATORS]
    signs += [sign for sign in _raw_lines(post, f"{prefix}other_separators") if sign.strip()]
    column["separators"] = list(dict.fromkeys(signs))
    column["date_forms"] = post.getlist(f"{prefix}date_forms")
    column["values"] = _pairs(_lines(post, f"{prefix}values"))
    column |= {name: f"{prefix}{name}" in post for name in ("carry_down", "is_required")}
    return {name: value for name, value in column.items() if value or name in ("target", "headers")}


def _pairs(lines: Iterable[str]) -> dict[str, str]:
    found = {}
    for line in lines:
        text, _equals, value = line.rpartition("=")
        if text.strip() and value.strip():
            found[text.strip()] = value.strip()
    return found


def _line(post: QueryDict, name: str) -> str:
    return str(post.get(name, "")).strip().replace("\x00", "")


def _raw_lines(post: QueryDict, name: str) -> list[str]:
    return str(post.get(name, "")).replace("\x00", "").replace("\r\n", "\n").split("\n")


def _lines(post: QueryDict, name: str) -> list[str]:
    return [line.strip() for line in _raw_lines(post, name) if line.strip()]
