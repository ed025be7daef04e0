"""Configuration that a server cannot run with: said in one sentence each, since a server runs no system checks."""

import sys

from .branding.current import branding
from .storage.checks import storage_faults


def stop_if_unfit() -> None:
    """Stop a server as Django's checks stop a command. Gunicorn takes 3 for a worker that cannot begin, and ends."""
    if faults := [*branding().faults, *storage_faults()]:
        print("\n".join(faults), file=sys.stderr)
        sys.exit(3)
