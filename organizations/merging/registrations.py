"""Merge rules registered for the parts of an organization; the apps above register theirs."""

from datetime import date
from typing import Any

from .references import stays
from .row_merges import filled, joins

stays("organizations.organization.lineage", "worked out from the umbrellas afterwards")
stays("organizations.merge.kept", "says what was merged into whom, and must go on saying so")
stays("organizations.notsame.first", "pairs are written anew, in their order")
stays("organizations.notsame.second", "pairs are written anew, in their order")


@joins("organizations.othername.organization", "name")
def _other_names(kept: object, gone: Any) -> dict[str, Any]:
    return {}


@joins("organizations.identifier.organization", "scheme", "value")
def _numbers(kept: Any, gone: Any) -> dict[str, Any]:
    """The same number written twice, which only company registers allow: what is known of either is kept."""
    changes = filled(kept, gone, "checked_on", "valid_from", "valid_to")
    return changes | ({"status": gone.status} if kept.status == "unknown" else {})


@joins("organizations.representative.organization", "user")
def _representatives(kept: Any, gone: Any) -> dict[str, Any]:
    """Somebody who may act for both may act from the first day of either to the last."""
    return {
        "starts_on": _outermost(min, kept.starts_on, gone.starts_on),
        "ends_on": _outermost(max, kept.ends_on, gone.ends_on),
    }


def _outermost(outer: Any, one: date | None, other: date | None) -> Any:
    """Without a date it is open."""
    return outer(one, other) if one and other else None
