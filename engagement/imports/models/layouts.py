"""Model of a layout, the column mapping of a publisher's file. A record, made in the browser, not code."""

import hashlib
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Record, SortKeyField
from engagement.core.models.fields import when, who
from engagement.core.models.history import History
from engagement.core.models.slugs import free_code
from engagement.imports.layouts.spec import LayoutData, Spec
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.models.permissions import ImportersQuerySet

INVITATIONS = "calendar_invitation"
"""The slug of the layout that stands for calendar files."""


class LayoutQuerySet(ImportersQuerySet):
    def for_list(self) -> "LayoutQuerySet":
        return self.select_related("made_by").order_by("sort_key", "pk")


class Noun(models.TextChoices):
    MEETINGS = "meetings", _("Meetings")
    ORGANIZATIONS = "organizations", _("Organizations")


class Layout(Record):
    """The targets of columns, the separators of several organizations in a cell, the forms of dates."""

    Noun = Noun

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("short name"), max_length=60, unique=True, editable=False)
    noun = models.CharField(_("rows are"), max_length=15, choices=Noun.choices)
    spec = models.JSONField(_("columns"), default=dict)
    shipped = models.CharField(
        _("as it was shipped"), max_length=64, blank=True, editable=False, help_text=_("Empty for a layout made here.")
    )
    made_at = when(_("created at"))
    made_by = who(_("created by"))
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["shipped", "sort_key"])
    objects = LayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("layout")
        verbose_name_plural = _("layouts")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], name="layout_name_once", violation_error_message=_("Another layout has this name.")
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.slug or free_code(type(self), "slug", self.name, most=50, otherwise="layout", mark="_")
        self.made_at = self.made_at or timezone.now()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        spec, errors = parse_spec({**self.spec, "noun": self.noun})
        if spec is None or errors:
            sentences = [f"{field}: {text}" if field else text for field, texts in errors.items() for text in texts]
            raise ValidationError({"spec": sentences or [str(_("This is not a layout."))]}, code="spec")

    @property
    def is_for_invitations(self) -> bool:
        """Stands for calendar files, whose events are no rows."""
        return self.slug == INVITATIONS

    @property
    def is_as_shipped(self) -> bool:
        """Came with the program and nobody has changed it."""
        return bool(self.shipped) and self.shipped == digest_of(self.spec)


def spec_of(data: LayoutData, noun: str = "") -> Spec:
    """How files are read; raises ValidationError where the layout says nothing sensible."""
    spec, errors = parse_spec({**data, "noun": noun} if noun else data)
    if spec is None:
        raise ValidationError({"spec": [text for texts in errors.values() for text in texts]}, code="spec")
    return spec


def digest_of(data: object) -> str:
    """One short text that two equal values share."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
