"""How much is tried of what is drawn at random or takes minutes: a part in every run, all of it with ALL=1."""

import os

ALL = os.environ.get("ALL") == "1"


def drawn(examples: int) -> int:
    """A fifth of them."""
    return examples if ALL else max(3, examples // 5)
