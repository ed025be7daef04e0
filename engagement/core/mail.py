"""E-mail switch: whether mail leaves this site at all (Django's dummy back end takes everything and sends nothing)."""

from django.conf import settings

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def can_send() -> bool:
    return bool(settings.EMAIL_BACKEND != NOWHERE)
