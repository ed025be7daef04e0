"""Idempotent POST: a form that comes twice, by a double click or the back button, is carried out once.

Each form carries a token (``{% once_field %}``). A view does what was asked inside ``with once(request) as sent`` and
says where that led with ``sent.led_to(response)``; the token is kept in the same transaction. The same form again gets
that answer and a sentence. A form that led nowhere, because something in it was wrong, may be sent again. What is done
in several transactions claims its token before, with ``claim``. See docs/decisions/sent-twice.md.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from .models import SentForm
from .unavailable import SECRET, by_the_way, refusal

FIELD = "_once"
TOKEN = re.compile(r"[A-Za-z0-9_-]{8,40}")
_BESIDE = {FIELD, "csrfmiddlewaretoken", "_base", "_save", "_addanother", "_continue", "_viewpage"}
Response = TypeVar("Response", bound=HttpResponseBase)


class SentBefore(Exception):
    """The form was carried out before. Unless a view knows better, ``SentOnce`` answers."""

    def __init__(self, sent: SentForm, is_same: bool) -> None:
        super().__init__(sent.answer)
        self.answer, self.is_same = sent.answer, is_same


class Sent:
    """A form being carried out."""

    def __init__(self, form: SentForm | None) -> None:
        self.form, self.is_done = form, False

    def led_to(self, response: Response, address: str = "") -> Response:
        """It was carried out; this is where whoever sends it again is led."""
        self.is_done = True
        answer = (address or getattr(response, "url", ""))[:2000]
        if self.form is not None and self.form.answer != answer:
            SentForm.objects.filter(pk=self.form.pk).update(answer=answer)
        return response


def new_token() -> str:
    return secrets.token_hex(16)


def token_of(request: HttpRequest) -> str:
    """The token that was posted, if it is one."""
    token: Any = request.POST.get(FIELD, "")
    return token if TOKEN.fullmatch(token) else ""


@contextmanager
def once(request: HttpRequest, *, claims: bool = True) -> Iterator[Sent]:
    """One transaction for what a form does. Unless that led somewhere, nothing of it remains, the claim included."""
    with transaction.atomic():
        sent = Sent(_claimed(request, "") if claims else None)
        yield sent
        if not sent.is_done:
            transaction.set_rollback(True)


@contextmanager
def claim(request: HttpRequest, answer: str) -> Iterator[Sent]:
    """For what is done in several transactions: the token is taken first, and given back unless something was done."""
    sent = Sent(_claimed(request, answer))
    try:
        yield sent
    finally:
        if not sent.is_done and sent.form is not None:
            SentForm.objects.filter(pk=sent.form.pk).delete()


def _claimed(request: HttpRequest, answer: str) -> SentForm | None:
    token = token_of(request)
    if not token or not request.user.is_authenticated or refusal():
        return None
    digest = digest_of(request)
    with by_the_way():
        form, is_first = SentForm.objects.claim(request.user, token, digest, answer[:2000])
    if not is_first:
        raise SentBefore(form, is_same=form.digest == digest)
    return form


def digest_of(request: HttpRequest) -> str:
    """What a form says, whichever button sent it; of passwords nothing, and of the rest nothing without the key."""
    posted = [(name, values) for name, values in request.POST.lists() if not SECRET.search(name)]
    told: list[Any] = [(name, values) for name, values in posted if name not in _BESIDE]
    told += [(name, [(file.name, file.size) for file in files]) for name, files in request.FILES.lists()]
    content = repr(sorted(told)).encode("utf-8", "surrogatepass")
    return salted_hmac("sent form", content, algorithm="sha256").hexdigest()[:32]


def say_so(request: HttpRequest, before: SentBefore) -> None:
    """What happened, in a sentence on the next page."""
    if before.is_same:
        messages.info(request, _("This was sent twice; it was done once."))
    else:
        text = _("This form was sent before and was done then. What you sent now is different; nothing was done again.")
        messages.warning(request, text)


class SentOnce:
    """Middleware: leads whoever sends a form again to what the first one made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not isinstance(exception, SentBefore):
            return None
        say_so(request, exception)
        return HttpResponseRedirect(exception.answer or reverse("home"))
