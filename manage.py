#!/usr/bin/env python
"""Run Django's management commands for this site."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")
    from engagement.core.command_errors import run

    run(sys.argv)
