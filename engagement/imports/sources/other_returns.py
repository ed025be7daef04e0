"""Document type detection: tables of gifts, hospitality or travel, which are published beside lists of meetings."""

import re
from collections.abc import Sequence

from engagement.core.folding import fold_key

_WORDS = re.compile(r"\b(?:gifts?|hospitality|accompanied|trip|travel|destination|mode of transport)\b")


def is_other_return(headers: Sequence[str]) -> bool:
    """Whether the headings are of such a return and of no meetings."""
    folded = [fold_key(header) for header in headers]
    return any(map(_WORDS.search, folded)) and not any("meeting" in header.split() for header in folded)
