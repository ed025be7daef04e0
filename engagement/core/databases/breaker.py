"""Circuit breaker: after a failure everybody is refused at once, except one caller every so often, who tries again."""

import threading
from time import monotonic

TRY_EVERY = 0.5
STUCK_AFTER = 5.0


class CircuitBreaker:
    """Circuit breaker: open while the server behind it does not answer. One for each process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_open = False
        self._next_try = 0.0

    @property
    def is_open(self) -> bool:
        return self._is_open

    def admits(self) -> bool:
        """Whether this caller may try; while open, only one at a time, and not at once."""
        with self._lock:
            if not self._is_open:
                return True
            now = monotonic()
            if now < self._next_try:
                return False
            self._next_try = now + STUCK_AFTER
            return True

    def open(self) -> None:
        with self._lock:
            self._is_open, self._next_try = True, monotonic() + TRY_EVERY

    def close(self) -> None:
        with self._lock:
            self._is_open = False
