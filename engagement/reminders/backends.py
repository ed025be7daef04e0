"""E-mail backend of a demonstration: keeps the e-mails instead of sending them, for the administrator to read."""

from collections.abc import Sequence

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from .models import KeptMail


class KeptMailBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        KeptMail.objects.bulk_create(map(_kept, email_messages))
        return len(email_messages)


def _kept(message: EmailMessage) -> KeptMail:
    sent = message.message()
    others = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    html = [str(content) for content, kind in others if kind == "text/html"]
    files = [part.get_filename() for part in sent.walk() if part.get_filename()]
    read = [f"{one[0]}:\n{one[1]}" for one in message.attachments if str(one[2]).startswith("text/")]
    headers = [f"{name}: {value}" for name, value in sent.items() if name.lower() not in ("subject", "to")]
    return KeptMail(
        to=", ".join(message.recipients()),
        subject=str(message.subject),
        headers="\n".join([*headers, *(f"Attached: {name}" for name in files)]),
        text="\n\n".join([str(message.body), *read]),
        html="".join(html),
    )
