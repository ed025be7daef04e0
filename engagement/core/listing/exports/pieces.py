"""Files that leave while they are still being written."""

import io


def taken(buffer: io.StringIO) -> str:
    """What was written since the last time; the buffer is empty again."""
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written
