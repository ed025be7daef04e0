"""Models of privacy: traces of erasures and merges, none of which holds a name, and digests of names, for a while."""

import datetime as dt
from collections.abc import Iterable

from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from engagement.core.models import AppendOnly, AppendOnlyQuerySet, SecretariatQuerySet
from engagement.core.models.fields import who
from engagement.core.types import Reader
from organizations.models import Person

from .spellings import Words

PERMISSION = "privacy.handle_personal_data"
DAYS_KNOWN = 30
"""As long as a browser keeps a draft in which the name may stand."""


def may_handle(user: Reader) -> bool:
    """Whether this person may erase people and give out the data held on one."""
    return bool(user.is_active and user.has_perm(PERMISSION))


class TraceQuerySet(SecretariatQuerySet, AppendOnlyQuerySet):
    """Traces, for the secretariat; none is changed or deleted."""


class Erasure(AppendOnly):
    """One erasure: when, by whom, why, in how many places; and the text in the name's place."""

    at = models.DateTimeField(_("at"), default=timezone.now, db_index=True, editable=False)
    by = who(_("by"))
    reason = models.TextField(_("reason"), editable=False)
    person = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="erasures",
        verbose_name=_("person"),
    )
    stand_in = models.CharField(_("in place of the name"), max_length=200, editable=False)
    counts = models.JSONField(_("places"), default=dict, editable=False)
    left = models.JSONField(_("texts left as they are"), default=list, editable=False)

    objects = TraceQuerySet.as_manager()

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        permissions = [("handle_personal_data", "Can erase people and give out what is held on one")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%Y-%m-%d %H:%M}, {self.stand_in}"

    @property
    def places(self) -> int:
        return sum(self.counts.values())


def digest_of(words: Words) -> str:
    return salted_hmac("erased name", " ".join(words), algorithm="sha256").hexdigest()


class ErasedNameQuerySet(models.QuerySet["ErasedName"]):
    def in_force(self) -> "ErasedNameQuerySet":
        return self.filter(forgotten_on__gte=timezone.localdate())

    def keep(self, spellings: Iterable[Words]) -> None:
        until = timezone.localdate() + dt.timedelta(days=DAYS_KNOWN)
        rows = [ErasedName(digest=digest_of(words), length=len(words), forgotten_on=until) for words in spellings]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["digest"], update_fields=["forgotten_on"])


class ErasedName(models.Model):
    """A keyed digest of a name that was erased, so that a form opened before does not bring it back. It goes."""

    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    length = models.PositiveSmallIntegerField(_("words"), editable=False)
    forgotten_on = models.DateField(_("forgotten on"), db_index=True, editable=False)

    objects = ErasedNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("erased name")
        verbose_name_plural = _("erased names")
        default_permissions = ()

    def __str__(self) -> str:
        return self.digest[:8]
