"""Four-eyes principle after publication: visitors read a change of a meeting only once a publisher accepted it.

Whatever writes a published meeting or a part of it is compared before and after, inside its transaction. Where a
visitor would read something else, and whoever writes may not decide that alone, all of it is undone and
``WaitsForPublisher`` is raised. The form of a meeting keeps it as a proposed change; everything else says what to do.
See docs/decisions/four-eyes.md.
"""

from collections.abc import Iterator
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import at_the_end, found_at_the_end, is_merging
from engagement.core.types import Actor

from .content_differences import Difference, differences
from .models import Meeting
from .public_content import PUBLIC_CONTENT, Content, contents, own_form
from .write_signals import Written, around

PUBLISH = "meetings.publish_meeting"
WAITS = _(
    "%(meeting)s is published, so readers would see this change at once. Nothing was saved. "
    "Make the change in the form of the meeting, where a publisher accepts it, or ask a publisher."
)


class WaitsForPublisher(ValidationError):
    """The change would alter what the public reads, so somebody else has to accept it."""

    def __init__(self, meeting: Meeting, found: list[Difference]) -> None:
        self.meeting, self.differences = meeting, found
        super().__init__(WAITS, code="waits_for_publisher", params={"meeting": meeting})


def may_publish(person: Actor) -> bool:
    return person is not None and person.has_perm(PUBLISH)


def allow(key: int) -> None:
    """Let this transaction change what readers see of this meeting: a proposed change is accepted."""
    written = at_the_end(("meeting", key), partial(Written, key))
    if isinstance(written, Written):
        written.is_taken_over = True


@around
def keep_what_is_public(written: Written) -> Iterator[None]:
    meeting = written.before
    if meeting is None or not meeting.is_published or _may_at_once(written, meeting):
        yield
        return
    before = _content(written.key)
    yield
    after = before if written.is_taken_over else _content(written.key)
    if not written.is_taken_over:
        found_at_the_end()[PUBLIC_CONTENT, written.key] = after
    if _words(before) != _words(after):
        raise WaitsForPublisher(meeting, differences(before, after))


def _words(content: Content) -> Content:
    """Without the number in its series, which follows the days of its other meetings."""
    return own_form({name: value for name, value in content.items() if name != "ordinal"})


def _content(key: int) -> Content:
    return contents([key]).get(key, {})


def _may_at_once(written: Written, meeting: Meeting) -> bool:
    """The system; whoever merges two records of one organization, as whoever renames it; and whoever may publish, by a
    verb, or where no rule asks for a second person."""
    if written.actor is None or is_merging():
        return True
    return may_publish(written.actor) and (written.is_by_verb or not meeting.asks_second_person())
