"""Who finds a record by which of its texts. A field of a noun that is not named here fails a test."""

OUTSIDE = {
    "organization.name",
    "organization.acronym",
    "organization.description",
    "topic.title",
    "topic.description",
    "series.title",
    "series.purpose",
    "theme.name",
    "theme.description",
    "reference.title",
    "reference.identifier",
    "meeting.reference",
    "meeting.title",
    "meeting.purpose",
    "meeting.summary",
    "meeting.source_note",
    "meeting.venue",
    "meeting.city",
    "meeting.cancellation_reason",
    "meeting.postponement_reason",
    "followup.reference",
    "followup.title",
    "followup.details",
    "followup.result",
    "discussion.title",
    "discussion.said",
    "position.statement",
    "outcome.text",
    "document.title",
    "document.number",
}
"""Found by everybody who sees the record. The reasons of a meeting only as long as it is cancelled or postponed."""

INSIDE = {
    "organization.archive_reason",
    "theme.archive_reason",
    "meeting.internal_notes",
    "meeting.withdrawal_reason",
    "meeting.cancellation_note",
    "meeting.postponement_note",
    "discussion.internal_notes",
}
"""Found by the secretariat alone."""

_ADDRESS = "an address on the web, of which no word is remembered"
_OWN_ADDRESS = "the address of its page here, made of the title"
_FOLDED = "made of other fields, for looking up by name"
_SORT_KEY = "made of other fields, for putting names in order"
_CODE = "a code or a word of a list, asked for by filters"

EXEMPT = {
    "organization.slug": _OWN_ADDRESS,
    "organization.search_text": _FOLDED,
    "organization.sort_key": _SORT_KEY,
    "organization.short_sort_key": _SORT_KEY,
    "organization.match_key": _FOLDED,
    "organization.acronym_key": _FOLDED,
    "organization.website": _ADDRESS,
    "topic.slug": _OWN_ADDRESS,
    "topic.search_text": _FOLDED,
    "topic.sort_key": _SORT_KEY,
    "series.slug": _OWN_ADDRESS,
    "series.search_text": _FOLDED,
    "series.sort_key": _SORT_KEY,
    "theme.slug": _OWN_ADDRESS,
    "theme.search_text": _FOLDED,
    "theme.sort_key": _SORT_KEY,
    "reference.slug": _OWN_ADDRESS,
    "reference.search_text": _FOLDED,
    "reference.sort_key": _SORT_KEY,
    "reference.url": _ADDRESS,
    "meeting.slug": _OWN_ADDRESS,
    "meeting.search_text": _FOLDED,
    "meeting.sort_key": _SORT_KEY,
    "meeting.reference_key": _SORT_KEY,
    "meeting.time_zone": _CODE,
    "meeting.source_url": _ADDRESS,
    "followup.search_text": _FOLDED,
    "followup.sort_key": _SORT_KEY,
    "followup.reference_key": _SORT_KEY,
    "followup.evidence": _ADDRESS,
    "discussion.number": "its place on one agenda, which says nothing outside it",
    "document.language": _CODE,
    "document.url": _ADDRESS,
    "document.sha256": "a checksum, compared and not remembered",
}
