"""Template tags of the admin form: its sections, its problems, and the words that scripts say."""

import json
from collections.abc import Iterable

from django import template
from django.contrib.admin.helpers import AdminForm, Fieldset, InlineAdminFormSet
from django.contrib.admin.utils import flatten
from django.utils.translation import gettext as _

from engagement.core.admin.layout import Problem, Rows, Section, rows_of, sections_of

register = template.Library()


@register.simple_tag
def form_sections(
    adminform: AdminForm, inline_admin_formsets: Iterable[InlineAdminFormSet], noun: str
) -> list[Section]:
    return sections_of(adminform, inline_admin_formsets, noun)


@register.filter
def all_problems(sections: list[Section]) -> list[Problem]:
    """Everything to fix, in the order of the screen, nothing twice."""
    found = {(p.target, p.text): p for section in sections for p in section.problems}
    return list(found.values())


@register.simple_tag
def form_rows(inline_admin_formset: InlineAdminFormSet) -> Rows:
    return rows_of(inline_admin_formset)


@register.filter
def has_kit_rows(sections: list[Section]) -> bool:
    return any(section.rows is not None for section in sections)


@register.filter
def has_errors(fieldset: Fieldset) -> bool:
    """Whether a fold hides a mistake. Django asks this of fields alone, and not of those side by side in one line."""
    return any(name in fieldset.form.errors for name in flatten(fieldset.fields))  # type: ignore[attr-defined]


@register.simple_tag
def form_words() -> str:
    """The words that scripts say, in the reader's language, as JSON."""
    return json.dumps(
        {
            "added": _("{row} added."),
            "addedTo": _("{row} added, from {to}."),
            "pasted": _("{count} rows filled in."),
            "movedTo": _("{row} moved to {to}."),
            "removed": _("{row} removed."),
            "isRemoved": _("removed"),
            "willRemove": _("{row} will be removed when you save."),
            "undo": _("Undo"),
            "moved": _("{row}: now number {number} of {count}."),
            "remove": _("Remove {row}"),
            "filledIn": _("Filled in: {fields}."),
            "more": _("More about {row}"),
            "foldAll": _("Fold all"),
            "unfoldAll": _("Unfold all"),
            "up": _("Move {row} up"),
            "down": _("Move {row} down"),
            "found": _("{count} suggestions."),
            "foundOne": _("One suggestion."),
            "nothing": _("Nothing found for “{text}”."),
            "others": _("Type to find others."),
            "unavailable": _("No suggestions available. You can continue typing; it is checked when you save."),
            "addNew": _("Add “{text}” as a new {noun}"),
            "isNew": _("New {noun}, added when you save"),
            "unchosen": _("Not chosen from the list: it is checked when you save."),
            "taken": _("{label} chosen."),
            "dropped": _("{label} removed."),
            "kept": _("Draft saved in this browser {ago}"),
            "now": _("just now"),
            "seconds": _("{n} seconds ago"),
            "minutes": _("{n} minutes ago"),
            "minute": _("a minute ago"),
            "notKept": _("This browser cannot save drafts. Save often."),
            "restored": _("We restored your unsaved draft from {time}."),
            "restoredOn": _("We restored your unsaved draft from {day}, {time}."),
            "older": _("Someone has changed the record since. You will see the changes when you save."),
            "discard": _("Delete draft"),
            "offer": _("Unsaved draft from {time}: “{label}”."),
            "offerOn": _("Unsaved draft from {day}, {time}: “{label}”."),
            "untitled": _("no text entered"),
            "restore": _("Restore"),
            "restoreIt": _("Restore the draft from {time}, “{label}”"),
            "deleteDraft": _("Delete draft"),
            "deleteIt": _("Delete draft from {time}, “{label}”"),
            "draftDeleted": _("Draft “{label}” deleted."),
            "files": _("Files must be chosen again."),
            "toFix": _("{n} to fix"),
        },
        ensure_ascii=False,
    )
