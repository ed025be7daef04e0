"""Idempotent POST: a form that comes twice, by a double click or the back button, is carried out once.

Each form carries a token (``{% once_field %}``). A view does what was asked inside ``with once(request) as sent`` and
says where that led with ``sent.led_to(response)``; the token is kept in the same transaction. The same form again gets
that answer and a sentence. A form that led nowhere, because something in it was wrong, may be sent again. What is done
in several transactions claims its token before, with ``claim``: begun, and done at the end. A claim whose worker died
was begun and is never done; it is taken again by whoever sends the form again. See docs/decisions/sent-twice.md.
"""

import logging
import re
import secrets
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.contrib import messages
from django.db import Error, transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from engagement.core.types import Reader

from .leases import Lease, lease
from .models import SentForm
from .unavailable import SECRET, by_the_way, refusal

logger = logging.getLogger(__name__)

FIELD = "_once"
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,40}")
_BESIDE = {FIELD, "csrfmiddlewaretoken", "_base", "_save", "_addanother", "_continue"}
Response = TypeVar("Response", bound=HttpResponseBase)


class SentBefore(Exception):
    """The form was carried out before, or is just being. Unless a view knows better, ``SentOnce`` answers."""

    def __init__(self, answer: str, *, is_same: bool = True, is_done: bool = True) -> None:
        super().__init__(answer)
        self.answer, self.is_same, self.is_done = answer, is_same, is_done


class Sent:
    """A form being carried out."""

    def __init__(self, form: SentForm | None) -> None:
        self.form, self.is_done = form, False

    def led_to(self, response: Response, address: str = "") -> Response:
        """Note that the form was carried out, and the address for whoever sends it again."""
        self.is_done = True
        answer = (address or getattr(response, "url", ""))[:2000]
        if self.form is not None and self.form.answer != answer:
            SentForm.objects.filter(pk=self.form.pk).update(answer=answer)
        return response


def new_token() -> str:
    return secrets.token_hex(16)


def token_of(request: HttpRequest) -> str:
    """The token that was posted, if it is one."""
    token = request.POST.get(FIELD, "")
    return token if TOKEN.fullmatch(token) else ""


@contextmanager
def once(request: HttpRequest, answer: str = "", *, claims: bool = True) -> Iterator[Sent]:
    """Run a form in one transaction. Unless it led somewhere, everything is rolled back, the claim included."""
    with transaction.atomic():
        sent = Sent(_claimed(request, SentForm.objects.claim, answer) if claims and _can_claim(request) else None)
        yield sent
        if not sent.is_done:
            transaction.set_rollback(True)


@contextmanager
def claim(request: HttpRequest, answer: str) -> Iterator[Sent]:
    """Run a form in several transactions: the token is taken first, and given back unless something was done.

    While it is being done its lease is held, which ends with the process, so two that live never do it both.
    """
    if not _can_claim(request):
        yield Sent(None)
        return
    with lease(Lease.SENT_FORM, lease_key(request.user, token_of(request))) as is_ours:
        if not is_ours:
            raise SentBefore(answer, is_done=False)
        sent = Sent(_claimed(request, SentForm.objects.begin, answer))
        try:
            yield sent
        finally:
            _end(sent)


def _end(sent: Sent) -> None:
    """A database that has gone meanwhile leaves the claim begun: it is taken again."""
    assert sent.form is not None
    form = SentForm.objects.filter(pk=sent.form.pk)
    try:
        with by_the_way():
            if sent.is_done:
                form.update(done_at=timezone.now())
            else:
                form.delete()
    except Error:
        logger.exception("The claim of a form could not be ended")


def _can_claim(request: HttpRequest) -> bool:
    return bool(token_of(request)) and request.user.is_authenticated and not refusal()


def lease_key(user: Reader, token: str) -> int:
    """The same number for the same form; for two forms of one number one is told to wait for the other."""
    return zlib.crc32(f"{user.pk}:{token}".encode()) & 0x7FFF_FFFF


def _claimed(request: HttpRequest, how: Callable[..., tuple[SentForm, bool]], answer: str) -> SentForm:
    digest = digest_of(request)
    with by_the_way():
        form, is_first = how(request.user, token_of(request), digest, answer[:2000])
    if not is_first:
        raise SentBefore(form.answer, is_same=form.digest == digest)
    return form


def digest_of(request: HttpRequest) -> str:
    """A digest of the form's data, whichever button sent it; without passwords, and useless without the key."""
    posted = [(name, values) for name, values in request.POST.lists() if not SECRET.search(name)]
    told: list[tuple[str, object]] = [(name, values) for name, values in posted if name not in _BESIDE]
    told += [(name, [(file.name, file.size) for file in files]) for name, files in request.FILES.lists()]
    content = repr(sorted(told)).encode("utf-8", "surrogatepass")
    return salted_hmac("sent form", content, algorithm="sha256").hexdigest()[:32]


def say_so(request: HttpRequest, before: SentBefore) -> None:
    """Say on the next page that this form came before."""
    if not before.is_done:
        messages.info(
            request, _("You sent this form twice. The first time is still being carried out. Check again in a moment.")
        )
    elif before.is_same:
        messages.info(request, _("You sent this form twice. It was carried out once."))
    else:
        text = _("This form was already sent and carried out. What you entered now is different and was not saved.")
        messages.warning(request, text)


class SentOnce:
    """Middleware: a form that is sent again leads to the result of the first one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, SentBefore):
            return None
        say_so(request, exception)
        return HttpResponseRedirect(exception.answer or reverse("home"))
