"""Whom we meet."""

from .identifiers import Identifier, OtherName
from .merging import Merge, NotSame
from .organization import Organization, OrganizationQuerySet
from .people import Person, Post
from .representatives import Representative

__all__ = [
    "Identifier",
    "Merge",
    "NotSame",
    "Organization",
    "OrganizationQuerySet",
    "OtherName",
    "Person",
    "Post",
    "Representative",
]
