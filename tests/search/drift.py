"""Whether the index is what it should be."""

from engagement.search.rebuild import check


def drift() -> list[str]:
    """Every entry that differs from its record."""
    return [str(one) for portion in check() for one in portion.drifts]
