"""What users are to the pages kept for the secretariat: names."""

from engagement.core.stamps import stamped

from .models import User

stamped(User)
