"""Merge rules registered for the parts of an organization; the apps above register theirs."""

from collections.abc import Callable
from datetime import date

from organizations.models import Assessment, Identifier, OtherName, Representative

from .references import stays
from .row_merges import filled, joins

stays("organizations.organization.lineage", "worked out from the umbrellas afterwards")
stays("organizations.merge.kept", "says what was merged into whom, and must go on saying so")
stays("organizations.notsame.first", "pairs are written anew, in their order")
stays("organizations.notsame.second", "pairs are written anew, in their order")


@joins("organizations.othername.organization", "name")
def _other_names(kept: OtherName, gone: OtherName) -> dict[str, object]:
    return {}


@joins("organizations.identifier.organization", "scheme", "value")
def _numbers(kept: Identifier, gone: Identifier) -> dict[str, object]:
    """The same number written twice, which only company registers allow: what is known of either is kept."""
    changes = filled(kept, gone, "checked_on", "valid_from", "valid_to")
    return changes | ({"status": gone.status} if kept.status == "unknown" else {})


@joins("organizations.assessment.organization", "criterion", "assessed_on")
def _assessments(kept: Assessment, gone: Assessment) -> dict[str, object]:
    """Two of one day: the one of the organization that is kept stays."""
    return filled(kept, gone, "next_review_on", "note")


@joins("organizations.representative.organization", "user")
def _representatives(kept: Representative, gone: Representative) -> dict[str, object]:
    """Somebody who may act for both may act from the first day of either to the last."""
    return {
        "starts_on": _outermost(min, kept.starts_on, gone.starts_on),
        "ends_on": _outermost(max, kept.ends_on, gone.ends_on),
    }


def _outermost(outer: Callable[[date, date], date], one: date | None, other: date | None) -> date | None:
    """Without a date it is open."""
    return outer(one, other) if one and other else None
