"""Ready to publish, kept true: an edit after which something is missing takes the mark back."""

from collections.abc import Iterator

from engagement.core.bulk_history import write_changes
from engagement.core.change_signals import notify

from .models import Meeting
from .models.preflight import shortfalls_of_many
from .write_signals import Written, around


@around
def look_again(written: Written) -> Iterator[None]:
    yield
    if written.before is None or written.before.ready_at is None:
        return
    is_ready = Meeting._base_manager.filter(pk=written.key, ready_at__isnull=False)
    if is_ready.exists() and shortfalls_of_many([written.key])[written.key]:
        is_ready.update(ready_at=None, ready_by=None)
        write_changes(Meeting, [written.key])
        notify(Meeting, [written.key])
