"""Models of themes, topics and references: the subjects of discussions."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.core.addresses import address_of
from engagement.core.models import (
    Archivable,
    ArchivableQuerySet,
    Findable,
    FindableQuerySet,
    Lineaged,
    Record,
    SeenThroughQuerySet,
    Slugged,
    SluggedQuerySet,
    SortKeyField,
)
from engagement.core.models.history import History
from engagement.core.types import Reader


class ThemeQuerySet(ArchivableQuerySet, FindableQuerySet, SluggedQuerySet):
    def lookup(self, text: str) -> "ThemeQuerySet":
        return super().lookup(text).current().select_related("parent")

    def visible_to(self, user: Reader) -> "ThemeQuerySet":
        """The vocabulary, which is public; retired themes still name former discussions."""
        return self

    def for_page(self) -> "ThemeQuerySet":
        """With the broader themes above it."""
        return self.select_related("parent__parent")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Themes are retired, never deleted."), code="never_deleted")


class Theme(Lineaged, Slugged, Archivable, Findable, Record):
    """A term of the controlled vocabulary, at most three levels deep; retired but never deleted."""

    MAX_DEPTH = 3

    asked_for = {"name": _("Enter the name of the theme.")}

    name = models.CharField(_("name"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent theme")
    )
    depth = models.PositiveSmallIntegerField(_("level"), default=1, editable=False)
    description = models.TextField(_("description"), blank=True)
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["search_text", "sort_key"])
    objects = ThemeQuerySet.as_manager()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="theme_by_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(depth__gte=1, depth__lte=3),
                name="theme_at_most_three_levels",
                violation_error_message=_("Themes have at most three levels."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="theme_not_its_own_parent",
                violation_error_message=_("A theme cannot be its own parent."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address_of("topics:theme", self.slug)

    @property
    def lookup_detail(self) -> str:
        return str(self.parent) if self.parent else ""

    def clean(self) -> None:
        super().clean()
        if self.parent is None:
            return
        if self.pk and self.pk in self.parent.ancestors():
            raise ValidationError({"parent": _("A theme cannot be below itself.")}, code="loop")
        if self.parent.depth + self.height() > self.MAX_DEPTH:
            raise ValidationError({"parent": _("Themes have at most three levels.")}, code="too_deep")

    def ancestors(self) -> list[int]:
        """Keys of this theme and of the broader ones, narrowest first; at most three."""
        keys: list[int] = []
        theme: Theme | None = self
        while theme is not None and theme.pk not in keys:
            keys.append(theme.pk)
            theme = theme.parent
        return keys

    def broader(self) -> "list[Theme]":
        """The themes above this one, the broadest first."""
        above = [theme for theme in (self.parent, self.parent and self.parent.parent) if theme]
        return above[::-1]

    def below(self) -> "list[Theme]":
        """Every narrower theme, by name, each followed by those below it; one query."""
        narrower = Theme.objects.filter(Q(parent=self) | Q(parent__parent=self)).select_related("parent")

        def place(theme: Theme) -> tuple[str, int, str]:
            above = theme if theme.parent_id == self.pk else theme.parent
            return (above.sort_key if above else "", theme.depth, theme.sort_key)

        return sorted(narrower, key=place)

    def height(self) -> int:
        """How many levels this theme and those below it take up."""
        if not self.pk:
            return 1
        below = Theme.objects.filter(parent=self)
        return 1 + max((child.height() for child in below), default=0)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.depth = self.parent.depth + 1 if self.parent else 1
        super().save(*args, **kwargs)

    def after_save(self, *, is_new: bool) -> None:
        below = Theme.objects.none() if is_new else Theme.objects.filter(parent=self)
        for child in below.exclude(depth=self.depth + 1):
            child.save()

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise ValidationError(_("Themes are retired, never deleted."), code="never_deleted")


class TopicQuerySet(FindableQuerySet, SluggedQuerySet, SeenThroughQuerySet):
    def for_list(self) -> "TopicQuerySet":
        return self.prefetch_related("themes")

    def for_page(self) -> "TopicQuerySet":
        return self.prefetch_related("themes")


class Topic(Slugged, Findable, Record):
    """A long-lived subject that comes back in meeting after meeting."""

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DORMANT = "dormant", _("Dormant")
        CLOSED = "closed", _("Closed")

    asked_for = {"title": _("Enter the title of the topic.")}

    title = models.CharField(_("title"), max_length=200, unique=True)
    themes = models.ManyToManyField(Theme, blank=True, related_name="topics", verbose_name=_("themes"))
    description = models.TextField(_("description"), blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.OPEN)
    sort_key = SortKeyField("title")

    history = History(m2m_fields=[themes], excluded_fields=["search_text", "sort_key"])
    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="topic_by_title")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("topics:detail", self.slug)

    @classmethod
    def from_text(cls, text: str) -> "Topic":
        """A new topic of this title, as typed into a form."""
        topic = cls(title=" ".join(text.split()))
        topic.full_clean(exclude=["slug"])
        topic.save()
        return topic

    @property
    def lookup_detail(self) -> str:
        return "" if self.status == self.Status.OPEN else self.get_status_display()


class ReferenceQuerySet(FindableQuerySet, SluggedQuerySet, SeenThroughQuerySet):
    pass


class Reference(Slugged, Findable, Record):
    """Something discussions refer to: a law, an agreement, a guideline, an initiative, a publication."""

    class Kind(models.TextChoices):
        LEGISLATION = "legislation", _("Legislation")
        AGREEMENT = "agreement", _("Mutual recognition agreement")
        GUIDELINE = "guideline", _("Guideline")
        INITIATIVE = "initiative", _("Initiative")
        EXPERT_GROUP = "expert_group", _("Expert group")
        PUBLICATION = "publication", _("Publication")
        OTHER = "other", _("Other")

    asked_for = {"title": _("Enter the title of the reference."), "kind": _("Choose what kind of reference it is.")}

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    title = models.CharField(_("title"), max_length=300)
    identifier = models.CharField(
        _("identifier"), max_length=120, blank=True, help_text=_("CELEX, ELI, DOI or the publisher's own number.")
    )
    url = models.URLField(_("web address"), max_length=500, blank=True)
    sort_key = SortKeyField("title")

    history = History(excluded_fields=["search_text", "sort_key"])
    objects = ReferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"], name="reference_by_title")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "identifier"],
                condition=~Q(identifier=""),
                name="reference_identifier_once",
                violation_error_message=_("A reference with this identifier is already recorded."),
            ),
            models.UniqueConstraint(
                fields=["kind", "title"],
                condition=Q(identifier=""),
                name="reference_title_once",
                violation_error_message=_("A reference with this title is already recorded. Add its identifier there."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("topics:reference", self.slug)

    def search_terms(self) -> Iterable[str]:
        return [self.title, self.identifier]

    @classmethod
    def from_text(cls, text: str) -> "Reference":
        """A new reference of this title, as typed into a form; its kind and identifier can be added later."""
        reference = cls(title=" ".join(text.split()))
        reference.full_clean()
        reference.save()
        return reference

    @property
    def lookup_detail(self) -> str:
        return ", ".join(str(part) for part in (self.get_kind_display(), self.identifier) if part)
