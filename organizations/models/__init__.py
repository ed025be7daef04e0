"""Models of organizations: identifiers, people, representatives, links, merges, eligibility."""

from .eligibility import Assessment, Criterion
from .identifiers import Identifier, OtherName
from .merging import Merge, NotSame, PersonMerge
from .organization import Organization, OrganizationQuerySet
from .people import Person, Post
from .representatives import Representative

__all__ = [
    "Assessment",
    "Criterion",
    "Identifier",
    "Merge",
    "NotSame",
    "Organization",
    "OrganizationQuerySet",
    "OtherName",
    "Person",
    "PersonMerge",
    "Post",
    "Representative",
]
