"""Row-level visibility for three audiences, decided here and asked through ``visible_to(user)`` only."""

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, Self

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import Exact, IsNull
from django.utils.translation import gettext_lazy as _

from engagement.core.change_signals import notify
from engagement.core.queries import batched
from engagement.core.types import Label, Reader


class Visibility(models.IntegerChoices):
    """The three audiences, each including the ones above it."""

    INTERNAL = 0, _("Internal")
    SHARED = 10, _("Shared with the counterpart")
    PUBLIC = 20, _("Public")


def sees_all(user: Reader) -> bool:
    """Whether this reader belongs to the secretariat and sees every record."""
    if not user.is_active:
        return False
    permissions = getattr(user, "_perm_cache", None)  # read with the person; asking Django takes a way through it all
    if permissions is None or user.is_superuser:
        return bool(user.has_perm("accounts.see_internal"))
    return "accounts.see_internal" in permissions


class VisitorToCome(AnonymousUser):
    """A visitor on the day on which this record is public, with all its parts that are no narrower themselves."""

    def __init__(self, record: "Leveled") -> None:
        super().__init__()
        self.record = record

    def will_read(self, model: type[models.Model]) -> Q:
        """A condition for the record and its parts. Levels are computed from the choices made, as if stored."""
        if isinstance(self.record, model):
            return Q(pk=self.record.pk)
        seen, public = Q(pk__in=[]), Value(int(Visibility.PUBLIC))
        for part, name in _children(type(self.record)):
            if part is model:
                seen |= Q(Exact(part.level_expression(type(self.record)), public), **{name: self.record.pk})
        return seen


class SecretariatQuerySet(models.QuerySet[Any]):
    """Records of which the secretariat knows, and nobody else."""

    def visible_to(self, user: Reader) -> Self:
        return self if sees_all(user) else self.none()


class LeveledQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Reader) -> Self:
        """The records this reader may know of: the public ones, and those shared with organizations they act for."""
        if sees_all(user):
            return self
        seen = Q(effective_visibility=Visibility.PUBLIC)
        if isinstance(user, VisitorToCome):
            seen |= user.will_read(self.model)
        if user.is_authenticated and user.is_active:
            seen |= Q(effective_visibility__gte=Visibility.SHARED) & self.shared_with(user)
        return self.filter(seen)

    def shared_with(self, user: Reader) -> Q:
        """Which records are this signed-in person's business, once they are shared."""
        raise NotImplementedError


class SeenThroughQuerySet(models.QuerySet[Any]):
    """Records that have no audience of their own: a reader sees them where a visible record shows them.

    An organization is known to the public because a public meeting names it. The apps above say which of their
    records show one, with ``opens``.
    """

    def visible_to(self, user: Reader) -> Self:
        if sees_all(user):
            return self
        seen = Q(pk__in=[])
        for rule in _rules.get(self.model._meta.label_lower, ()):
            seen |= rule(user)
        return self.filter(seen)


_rules: dict[str, list[Callable[[Reader], Q]]] = {}


def opens(label: str) -> Callable[[Callable[[Reader], Q]], Callable[[Reader], Q]]:
    """Register a condition under which a reader sees records of the model ``label`` (``"topics.topic"``)."""

    def register(rule: Callable[[Reader], Q]) -> Callable[[Reader], Q]:
        _rules.setdefault(label, []).append(rule)
        return rule

    return register


def shown_by(seen: "models.QuerySet[models.Model]", by: str) -> Q:
    """Records that one of these shows, asked record by record: a single one costs no more in a large register.

    Asked for the first that shows it, since PostgreSQL would rather put all that any EXISTS could find into a table.
    """
    first = seen.order_by().filter(**{by: OuterRef("pk")}).values("pk")[:1]
    return Q(IsNull(Subquery(first), False))


def audience_field(
    label: Label | None = None, default: Visibility = Visibility.PUBLIC
) -> "models.PositiveSmallIntegerField[Any, Any]":
    """The audience chosen for a record. "Public" on a part means: as visible as the whole."""
    return models.PositiveSmallIntegerField(label or _("who can see it"), choices=Visibility.choices, default=default)


class Leveled(models.Model):
    """A record with an audience of its own, never wider than those of the records it belongs to.

    ``level_parents`` names these records, the outermost first. ``effective_visibility`` is the lowest of all and is
    what queries ask; saving keeps it true here and in everything below, ``manage.py check_visibility`` proves it.
    """

    level_parents: ClassVar[tuple[str, ...]] = ()
    kept_by_queries: ClassVar[tuple[str, ...]] = ("effective_visibility",)

    visibility = audience_field()
    effective_visibility = models.PositiveSmallIntegerField(
        _("who can see it in effect"),
        choices=Visibility.choices,
        default=Visibility.INTERNAL,
        editable=False,
        db_index=True,
    )

    class Meta:
        abstract = True

    @classmethod
    def level_cap(cls) -> Combinable:
        """The widest audience the record itself allows, beyond the choice made in ``visibility``."""
        return Value(int(Visibility.PUBLIC))

    @classmethod
    def level_expression(cls, once_public: "type[Leveled] | None" = None) -> Combinable:
        """The effective visibility as the database computes it. A parent of the model ``once_public`` is no bound."""
        parents = [name for name in cls.level_parents if _parent_model(cls, name) is not once_public]
        levels = [_parent_level(cls, name, once_public) for name in parents]
        return Least(F("visibility"), cls.level_cap(), *levels)

    def keep_level(self, *, is_new: bool) -> None:
        """Store the level if it changed, here and below; below a new record there is nothing yet."""
        own = type(self)._base_manager.filter(pk=self.pk).order_by()
        levels = own.annotate(right_level=self.level_expression()).values_list("effective_visibility", "right_level")
        stored, self.effective_visibility = levels.get()
        if stored != self.effective_visibility:
            own.update(effective_visibility=self.effective_visibility)
            if not is_new:
                _relevel_below(type(self), [self.pk])

    def lock_parents(self) -> None:
        """Wait for anybody who is just narrowing the audience of a record this one belongs to.

        Everybody who locks several records does so from the top down.
        """
        if self._state.adding:
            self.effective_visibility = self.visibility  # as a rule; ``keep_level`` looks
        for name in self.level_parents:
            parent_id = getattr(self, f"{name}_id")
            if parent_id is not None:
                rows = _parent_model(type(self), name)._base_manager.filter(pk=parent_id)
                list(rows.select_for_update().values_list("pk"))

    def get_effective_visibility(self) -> Visibility:
        return Visibility(self.effective_visibility)


def _parent_model(model: type[Leveled], name: str) -> type[Leveled]:
    parent = model._meta.get_field(name).related_model
    assert isinstance(parent, type) and issubclass(parent, Leveled)
    return parent


def _parent_level(model: type[Leveled], name: str, once_public: type[Leveled] | None) -> Coalesce:
    """As it is stored, or as it would be."""
    parent = _parent_model(model, name)
    level = parent.level_expression(once_public) if once_public else F("effective_visibility")
    parents = parent._base_manager.filter(pk=OuterRef(f"{name}_id")).order_by().annotate(level=level)
    return Coalesce(Subquery(parents.values("level")[:1]), Value(int(Visibility.PUBLIC)))


def leveled_models() -> list[type[Leveled]]:
    """Every model with an audience, those that others belong to first."""
    found = [model for model in apps.get_models() if issubclass(model, Leveled)]
    ordered: list[type[Leveled]] = []
    while found:
        ready = [m for m in found if all(_parent_model(m, name) not in found for name in m.level_parents)]
        ordered += ready
        found = [m for m in found if m not in ready]
    return ordered


def _children(model: type[models.Model]) -> Iterator[tuple[type[Leveled], str]]:
    for child in leveled_models():
        for name in child.level_parents:
            if _parent_model(child, name) is model:
                yield child, name


def wrong_levels(model: type[Leveled]) -> models.QuerySet[models.Model]:
    """The rows with a wrong stored visibility: always none, unless something wrote past the models."""
    return model._base_manager.annotate(right_level=model.level_expression()).exclude(
        effective_visibility=F("right_level")
    )


PORTION = 10_000  # rows that one statement names


def relevel(model: type[Leveled], which: Q) -> int:
    """Recompute the effective visibility of some rows and everything below them; returns how many changed."""
    wrong, count = list(wrong_levels(model).filter(which).values_list("pk", flat=True)), 0
    for changed in batched(wrong, PORTION):
        count += model._base_manager.filter(pk__in=changed).update(effective_visibility=model.level_expression())
        notify(model, changed)
        count += _relevel_below(model, changed)
    return count


def _relevel_below(model: type[models.Model], keys: list[int]) -> int:
    return sum(relevel(child, Q(**{f"{name}__in": keys})) for child, name in _children(model))
