"""What topics, themes and references are to the pages kept for visitors."""

from engagement.core.stamps import stamped

from .models import Reference, Theme, Topic

stamped(Reference)
stamped(Theme)
stamped(Topic)
