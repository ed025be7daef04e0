"""Whom we meet."""

from .identifiers import Identifier, OtherName
from .organization import Organization, OrganizationQuerySet
from .people import Person, Post
from .representatives import Representative

__all__ = [
    "Identifier",
    "Organization",
    "OrganizationQuerySet",
    "OtherName",
    "Person",
    "Post",
    "Representative",
]
