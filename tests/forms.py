"""The forms of a page as a browser reads them: where each is sent, its fields with what they hold, its buttons."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

Data = dict[str, list[str]]
Attributes = dict[str, str | None]


@dataclass
class Form:
    """One that is posted."""

    action: str
    has_files: bool = False
    id: str = ""
    data: Data = field(default_factory=dict)
    """What it would post if it were sent untouched."""
    kinds: dict[str, str] = field(default_factory=dict)
    """By name: the type of the input, ``select`` or ``textarea``."""
    choices: Data = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value, and where it sends the form."""

    def add(self, name: str, kind: str, value: str | None) -> None:
        self.kinds.setdefault(name, kind)
        if value is not None:
            self.data.setdefault(name, []).append(value)


class FormReader(HTMLParser):
    """Fields stand in a form, or name it with ``form=``. What stands in a template is no part of the page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, []
        self.inside: Form | None = None
        self.blank = 0
        self.name, self.options = "", []

    forms: list[Form]
    options: list[tuple[str, bool]]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.blank += tag == "template"
        if tag == "form" and not self.blank:
            self._open(given)
        form = self._form_of(given)
        if form is None or self.blank or "disabled" in given:
            return
        name = given.get("name") or ""
        if tag == "button" or (tag == "input" and given.get("type") in ("submit", "image")):
            form.buttons.append((name, given.get("value") or "", given.get("formaction") or ""))
        elif tag == "input" and name:
            self._input(form, name, given)
        elif tag == "select" and name:
            self.name, self.options = name, []
        elif tag == "option" and self.name:
            self.options.append((given.get("value") or "", "selected" in given))
        elif tag == "textarea" and name:
            self.name = name
            form.add(name, "textarea", "")

    def _open(self, given: Attributes) -> None:
        is_posted = (given.get("method") or "get").lower() == "post"
        action = given.get("action") or self.address
        self.inside = Form(action, "multipart" in (given.get("enctype") or ""), given.get("id") or "")
        if is_posted:
            self.forms.append(self.inside)

    def _form_of(self, given: Attributes) -> Form | None:
        if named := given.get("form"):
            return next((form for form in self.forms if form.id == named), None)
        return self.inside

    def _input(self, form: Form, name: str, given: Attributes) -> None:
        kind = given.get("type") or "text"
        if kind in ("checkbox", "radio"):
            value = (given["value"] or "") if "value" in given else "on"
            form.choices.setdefault(name, []).append(value)
            form.add(name, kind, value if "checked" in given else None)
        else:
            form.add(name, kind, None if kind == "file" else given.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.name and self.inside.kinds.get(self.name) == "textarea":
            self.inside.data[self.name][-1] += data

    def handle_endtag(self, tag: str) -> None:
        self.blank -= tag == "template"
        if tag == "form":
            self.inside = None
        if tag == "select" and self.name and self.inside:
            values = [value for value, _selected in self.options]
            chosen = [value for value, selected in self.options if selected] or values[:1]
            self.inside.add(self.name, "select", None)
            self.inside.data[self.name], self.inside.choices[self.name] = chosen, values
        if tag == "textarea" and self.inside and self.name:
            self.inside.data[self.name][-1] = self.inside.data[self.name][-1].removeprefix("\n")
        if tag in ("select", "textarea"):
            self.name = ""


def forms_of(html: str, address: str) -> list[Form]:
    reader = FormReader(address)
    reader.feed(html)
    return reader.forms
