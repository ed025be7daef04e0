"""Diff of two public contents of a meeting, in words: the place, the text before, the text now."""

from collections.abc import Iterator
from typing import cast

from django.apps import apps
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .models import Meeting
from .public_content import LINK, PART, Content

Difference = list[str]
"""What, how it was, how it is: three texts, as JSON keeps them."""
NOT_TOLD = {"format", "number", PART, LINK}
CALLED_BY = ("title", "name", "organization", "topic", "reference", "stance", "kind", "text")
"""By which of its values a part is called, the first that it has."""


def differences(before: Content, after: Content) -> list[Difference]:
    """The order of the parts alone is told as such."""
    if not before or not after:
        public, hidden = _("public"), _("not public")
        return [[_("Who can see it"), public if before else hidden, public if after else hidden]]
    found = list(_compared(Meeting, "", before, after))
    return found or [[_("Order"), "", _("changed")]]


def _compared(model: type[Model], where: str, old: Content, new: Content) -> Iterator[Difference]:
    for name in dict.fromkeys([*old, *new]):
        was, now = old.get(name), new.get(name)
        if was == now or name in NOT_TOLD:
            continue
        if _are_parts(was) or _are_parts(now):
            yield from _parts(where, cast(list[Content], was or []), cast(list[Content], now or []))
        else:
            yield [where + _label(model, name), _text(model, name, was), _text(model, name, now)]


def _are_parts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict) and PART in value[0]


def _parts(where: str, old: list[Content], new: list[Content]) -> Iterator[Difference]:
    was, now = ({str(one[PART]): one for one in some} for some in (old, new))
    for key in dict.fromkeys([*was, *now]):
        some = was.get(key) or now[key]
        model = apps.get_model(cast(list[str], some[PART])[0])
        noun = f"{where}{capfirst(model._meta.verbose_name)}"
        if key in was and key in now:
            yield from _compared(model, f"{noun} “{_called(model, some)}”: ", was[key], now[key])
        else:
            yield [noun, _all(model, was.get(key)), _all(model, now.get(key))]


def _called(model: type[Model], part: Content) -> str:
    return next((text for name in CALLED_BY if (text := _text(model, name, part.get(name)))), "")[:80]


def _all(model: type[Model], part: Content | None) -> str:
    """A part that is there only once, as one text."""
    if part is None:
        return ""
    texts = [_text(model, name, value) for name, value in part.items() if name not in NOT_TOLD]
    return ", ".join(dict.fromkeys(text for text in texts if text))


def _label(model: type[Model], name: str) -> str:
    names = {field.name: field for field in model._meta.get_fields() if hasattr(field, "verbose_name")}
    return str(capfirst(getattr(names.get(name), "verbose_name", name.replace("_", " "))))


def _text(model: type[Model], name: str, value: object) -> str:
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, list):
        return ", ".join(_text(model, name, one) for one in value)
    if isinstance(value, dict):
        parts = (_text(model, inner, one) for inner, one in value.items() if inner not in NOT_TOLD)
        return " ".join(part for part in parts if part)
    choices = next((dict(one.flatchoices) for one in model._meta.concrete_fields if one.name == name), {})
    return str(choices.get(value, value))
