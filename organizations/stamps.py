"""What organizations and their parts are to the pages that are kept."""

from engagement.core.stamps import stamped

from .models import Identifier, Organization, OtherName, Person, Post, Representative

stamped(Organization, wholes={Organization: "parent_id"})
stamped(Person)
for part in (Identifier, OtherName, Post, Representative):
    stamped(part, itself=False, wholes={Organization: "organization_id"})
