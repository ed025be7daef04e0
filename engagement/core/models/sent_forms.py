"""Idempotency keys: which forms were carried out, by the token each carries, and where that led."""

from secrets import randbits

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.types import SignedIn

from .expiring import Expiring, ExpiringQuerySet


def random_mark() -> int:
    return randbits(62)


class SentFormQuerySet(ExpiringQuerySet):
    days_kept = 30
    """As long as a draft is kept in a browser, which may send the same form again."""

    def claim(self, user: SignedIn, token: str, digest: str, answer: str = "") -> "tuple[SentForm, bool]":
        """The form of this token, and whether it is sent for the first time. Whoever comes second waits for the first.

        The database decides who is first: one row for each token, written in the transaction of what the form does.
        """
        return self._claimed(SentForm(user=user, token=token, digest=digest, answer=answer, done_at=timezone.now()))

    def begin(self, user: SignedIn, token: str, digest: str, answer: str = "") -> "tuple[SentForm, bool]":
        """Like ``claim``, but committed before the work. A claim that was begun and never done is taken again.

        Whoever calls this holds the lease of the token, so that nobody else is at it.
        """
        mine = SentForm(user=user, token=token, digest=digest, answer=answer)
        kept, is_first = self._claimed(mine)
        if not is_first and kept.done_at is None:
            mine.pk, is_first = kept.pk, True
            mine.save(force_update=True)
            kept = mine
        return kept, is_first

    def _claimed(self, mine: "SentForm") -> "tuple[SentForm, bool]":
        self.bulk_create([mine], ignore_conflicts=True)
        kept = self.get(user=mine.user, token=mine.token)
        is_first = kept.mark == mine.mark
        if is_first:
            self.clean_up_after([kept])
        return kept, is_first


class SentForm(Expiring):
    """The claim of a form's token by one person, who alone learns where it led."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    token = models.CharField(_("token"), max_length=40)
    digest = models.CharField(_("digest of what was sent"), max_length=32)
    mark = models.BigIntegerField(_("mark"), default=random_mark)
    answer = models.CharField(_("where it led"), max_length=2000, blank=True)
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)

    objects = SentFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("sent form")
        verbose_name_plural = _("sent forms")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "token"], name="sent_form_once", violation_error_message=_("This form was sent before.")
            )
        ]

    def __str__(self) -> str:
        return self.answer
