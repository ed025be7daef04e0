"""Refusals (a registry): texts that an app above does not let into any form of the admin, whatever the record."""

from collections.abc import Callable, Collection

from engagement.core.types import Label

from .form_data import Data

Refusal = Callable[[Collection[str]], Label | None]
_refusals: list[Refusal] = []


def refuses(call: Refusal) -> Refusal:
    """Register a question to the texts of a form; a sentence if it must not be saved."""
    _refusals.append(call)
    return call


def refused(posted: Data, current: Callable[[], Data]) -> Label | None:
    """The reason why these texts may not be saved, or nothing; texts that the record holds already are allowed."""
    texts = {text for values in posted.values() for text in values if len(text) > 2}
    if not any(call(texts) for call in _refusals):
        return None
    new = texts - {text for values in current().values() for text in values}
    return next((sentence for call in _refusals if (sentence := call(new))), None)
