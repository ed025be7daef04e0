"""Erased names in a form that was opened before (a refusal): a draft does not bring back who was erased meanwhile."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from engagement.core.admin.refusals import refuses
from engagement.core.types import Label

from .models import DAYS_KNOWN, ErasedName, digest_of
from .spellings import words_of

_TEXT = _(
    "This form contains the name of an erased person. Nothing was saved. Remove the name. "
    "If you mean someone else of that name, enter the function for now: "
    "the name is refused for %(days)d days after it was erased."
)


@refuses
def names_somebody_erased(texts: Collection[str]) -> Label | None:
    known = dict(ErasedName.objects.in_force().values_list("digest", "length"))
    if not known:
        return None
    lengths = set(known.values())
    for text in texts:
        words = words_of(text)
        for length in lengths:
            for at in range(len(words) - length + 1):
                if digest_of(words[at : at + length]) in known:
                    return _TEXT % {"days": DAYS_KNOWN}
    return None
