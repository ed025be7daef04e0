"""Controlled vocabulary of layouts: the targets of columns, and their words. A test holds it against the models."""

from django.utils.translation import gettext_lazy as _

MEETINGS = "meetings"
ORGANIZATIONS = "organizations"
NOUNS = {MEETINGS: _("Meetings"), ORGANIZATIONS: _("Organizations")}

IGNORED = "ignored"
TARGETS = {
    MEETINGS: {
        "date": _("Date"),
        "end_date": _("Last day"),
        "time": _("Time"),
        "end_time": _("End time"),
        "date_precision": _("How much of the date is known: day, month or year"),
        "time_zone": _("Time zone of the meeting"),
        "side": _("Side of the organization: host or counterpart"),
        "host": _("Host"),
        "representatives": _("Functions of the host’s people"),
        "our_people": _("People of the host, by name"),
        "portfolio": _("Portfolio"),
        "counterparts": _("Organizations met"),
        "counterpart_numbers": _("Register numbers of the organizations met"),
        "counterpart_people": _("Functions of the counterpart’s people"),
        "their_people": _("People of the counterpart, by name"),
        "title": _("Title"),
        "purpose": _("Subject or purpose"),
        "place": _("Place, as free text"),
        "venue": _("Building or room"),
        "city": _("City"),
        "country": _("Country"),
        "mode": _("In person, online or hybrid"),
        "kind": _("Kind of meeting"),
        "themes": _("Themes"),
        "source_id": _("Number in the publisher’s file"),
        "source_url": _("Web address of the source"),
        "published_on": _("Date of publication"),
        IGNORED: _("Not imported"),
    },
    ORGANIZATIONS: {
        "name": _("Name"),
        "acronym": _("Acronym"),
        "other_names": _("Other names"),
        "identifier": _("Register number"),
        "identifier_status": _("Status in the register"),
        "kind": _("Category"),
        "country": _("Country"),
        "website": _("Website"),
        "description": _("Description"),
        "parent": _("Member of"),
        "source_url": _("Web address of the source"),
        IGNORED: _("Not imported"),
    },
}
# One of each group must be given, or no row says anything.
NEEDED: dict[str, list[set[str]]] = {
    MEETINGS: [{"date"}, {"host", "side"}, {"counterparts", "counterpart_numbers"}],
    ORGANIZATIONS: [{"name", "identifier"}],
}
# Several columns may be this: their texts are joined, or all their values taken.
REPEATABLE = {
    *(IGNORED, "counterparts", "representatives", "counterpart_people"),
    *("our_people", "their_people"),
    *("purpose", "themes", "description", "other_names"),
}
# Cells of these may hold several values.
SEVERAL = {
    *("host", "counterparts", "counterpart_numbers", "representatives"),
    *("counterpart_people", "themes", "other_names"),
}
DATES = {"date", "end_date", "published_on"}

ORGANIZATION_KINDS = (
    *("industry_association", "company", "patient", "consumer", "healthcare_professional", "academia", "ngo"),
    *("regulator", "public_authority", "international", "other"),
)
MEETING_KINDS = ("bilateral", "platform", "standing_group", "ad_hoc")
MODES = ("in_person", "online", "hybrid")
# Registers whose numbers organizations keep; numbers of another register only lead back to what was imported.
SCHEMES = ("eu_transparency", "company", "ror", "wikidata", "internal")
# Who can see the names of people, beside the secretariat.
NAMES_SEEN_BY = {
    "": _("The secretariat only"),
    "shared": _("The counterpart as well"),
    "public": _("Everyone, once the meeting is published"),
}
STATUSES = ("unknown", "active", "suspended", "removed")


def allowed(noun: str, target: str) -> tuple[str, ...]:
    """The values a target can take, where they are few."""
    kinds = MEETING_KINDS if noun == MEETINGS else ORGANIZATION_KINDS
    return {"kind": kinds, "mode": MODES, "identifier_status": STATUSES}.get(target, ())
