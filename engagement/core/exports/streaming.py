"""Streaming buffers: files that leave while they are still being written."""

import io


def taken(buffer: io.StringIO) -> str:
    """The bytes written since the last time; the buffer is empty again."""
    written = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return written


class BytesTaken(io.RawIOBase):
    """A file-like buffer that is emptied when its bytes are taken; there is no going back in it."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, piece: "bytes | bytearray | memoryview") -> int:  # type: ignore[override]
        self.pieces.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        """The bytes written since the last time."""
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)
