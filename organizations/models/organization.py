"""Model of organizations: the host bodies and everybody they meet."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from engagement.accounts.models.user import must_be_ours
from engagement.core.addresses import address_of
from engagement.core.change_signals import notify
from engagement.core.folding import bare_key, fold_key, match_key, with_acronym
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
from engagement.core.models.visibility import opens
from engagement.core.types import Actor, Reader

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from .identifiers import Identifier

LEGAL_FORMS = [
    *("company", "partnership", "self_employed", "association", "foundation", "cooperative", "trade_union"),
    *("public_body", "treaty_body", "other"),
]
SECTORS = list("ABCDEFGHIJKLMNOPQRSTUV")
TAKEN_ADDRESSES = frozenset({"duplicates"})


class OrganizationQuerySet(FindableQuerySet, ArchivableQuerySet, SluggedQuerySet, SeenThroughQuerySet):
    def lookup(self, text: str) -> "OrganizationQuerySet":
        """By name, acronym, other name or register number; by our own number only where it is typed in full."""
        ours = self.filter(identifiers__scheme="internal", identifiers__value=text.strip())
        is_ours = any(letter.isdigit() for letter in text) and ours.exists()
        found = ours.order_by("pk") if is_ours else super().lookup(text)
        return found.current().prefetch_related("identifiers")

    def visible_to(self, user: Reader) -> Self:
        """Without those that were merged into another one: their addresses lead there."""
        return super().visible_to(user).filter(merged_into=None)

    def represented_by(self, user: Reader) -> "OrganizationQuerySet":
        """The organizations this person may act for today."""
        from .representatives import Representative  # which names this model

        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.stands_for is not None:
            return self.filter(pk__in=user.stands_for)
        return self.filter(pk__in=Representative.objects.current().filter(user=user).values("organization"))

    def resembling(self, name: str, acronym: str = "", numbers: Iterable[str] = ()) -> "OrganizationQuerySet":
        """Organizations that may be the one so described: same name, acronym or number, whatever the spelling."""
        key, short = match_key(name), bare_key(acronym)
        alike = Q(pk__in=[])
        for words, initials in with_acronym(name):
            alike |= Q(match_key=words, acronym_key=initials)
        if key:
            alike |= Q(match_key=key) | Q(other_names__match_key=key) | Q(acronym_key=key)
        if short:
            alike |= Q(acronym_key=short) | Q(match_key=short) | Q(other_names__match_key=short)
        if numbers := [number.strip() for number in numbers if number.strip()]:
            alike |= Q(identifiers__value__in=numbers)
        rows = self.filter(pk__in=self.model._base_manager.filter(alike).values("pk"), merged_into=None)
        return rows.prefetch_related("identifiers").order_by("sort_key", "pk")

    def for_list(self) -> "OrganizationQuerySet":
        return self.prefetch_related("identifiers")

    def for_page(self, user: Reader) -> "OrganizationQuerySet":
        """With its numbers and names and, for the secretariat, the posts held there, the latest first."""
        # They name this model.
        from .eligibility import Assessment
        from .identifiers import Identifier
        from .people import Post

        numbers = Prefetch("identifiers", queryset=Identifier.objects.visible_to(user))
        held = Post.objects.visible_to(user).select_related("person")
        held = held.order_by(F("ends_on").desc(nulls_first=True), "rank", "person__sort_key", "pk")
        assessed = Assessment.objects.visible_to(user).holding_on(timezone.localdate()).for_page()
        assessments = Prefetch("assessments", queryset=assessed, to_attr="eligibility")
        people = Prefetch("posts", queryset=held)
        return self.select_related("lead").prefetch_related(numbers, "other_names", people, assessments)


class Organization(Lineaged, Slugged, Archivable, Findable, Record):
    """A body, association, company or institution: the host, or one with a stake in the host's work."""

    class Kind(models.TextChoices):
        INDUSTRY = "industry_association", _("Industry association")
        COMPANY = "company", _("Company")
        PATIENT = "patient", _("Patient organization")
        CONSUMER = "consumer", _("Consumer organization")
        HEALTHCARE = "healthcare_professional", _("Healthcare professional organization")
        ACADEMIA = "academia", _("Academia")
        NGO = "ngo", _("Non-governmental organization")
        REGULATOR = "regulator", _("Regulator")
        PUBLIC_AUTHORITY = "public_authority", _("Public authority")
        INTERNATIONAL = "international", _("International organization")
        OTHER = "other", _("Other")

    class LegalForm(models.TextChoices):
        COMPANY = "company", _("Company")
        PARTNERSHIP = "partnership", _("Partnership")
        SELF_EMPLOYED = "self_employed", _("Self-employed person")
        ASSOCIATION = "association", _("Association")
        FOUNDATION = "foundation", _("Foundation")
        COOPERATIVE = "cooperative", _("Cooperative")
        TRADE_UNION = "trade_union", _("Trade union")
        PUBLIC_BODY = "public_body", _("Body under public law")
        TREATY_BODY = "treaty_body", _("Body under a treaty")
        OTHER = "other", _("Other")

    class Sector(models.TextChoices):
        """The sections of NACE, the European classification of economic activities (revision 2.1)."""

        AGRICULTURE = "A", _("Agriculture, forestry and fishing")
        MINING = "B", _("Mining and quarrying")
        MANUFACTURING = "C", _("Manufacturing")
        ENERGY = "D", _("Electricity, gas and steam")
        WATER = "E", _("Water, waste and remediation")
        CONSTRUCTION = "F", _("Construction")
        TRADE = "G", _("Wholesale and retail trade")
        TRANSPORT = "H", _("Transport and storage")
        HOSPITALITY = "I", _("Accommodation and food")
        MEDIA = "J", _("Publishing, broadcasting and content")
        TECHNOLOGY = "K", _("Telecommunication and computing")
        FINANCE = "L", _("Finance and insurance")
        REAL_ESTATE = "M", _("Real estate")
        PROFESSIONAL = "N", _("Professional, scientific and technical services")
        ADMINISTRATIVE = "O", _("Administrative and support services")
        GOVERNMENT = "P", _("Public administration and defence")
        EDUCATION = "Q", _("Education")
        HEALTH = "R", _("Health and social work")
        ARTS = "S", _("Arts, sports and recreation")
        OTHER_SERVICES = "T", _("Other services")
        HOUSEHOLDS = "U", _("Households as employers")
        EXTRATERRITORIAL = "V", _("Extraterritorial organizations")

    # One may know of an organization without knowing of its umbrella.
    asked_for = {"name": _("Enter the name of the organization."), "kind": _("Choose what kind of organization it is.")}
    inside_fields = ("lead", "parent", "merged_into", "archived_at", "archived_by", "archive_reason")

    name = models.CharField(_("name"), max_length=250)
    acronym = models.CharField(_("acronym"), max_length=30, blank=True)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind.choices)
    country = CountryField(_("country"), blank=True)
    legal_form = models.CharField(_("legal form"), max_length=20, choices=LegalForm.choices, blank=True)
    sector = models.CharField(_("sector"), max_length=1, choices=Sector.choices, blank=True)
    website = models.URLField(_("website"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members", verbose_name=_("member of")
    )
    is_host = models.BooleanField(_("host"), default=False, help_text=_("This organization hosts meetings."))
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="organizations_led",
        verbose_name=_("our lead"),
        help_text=_("Colleague responsible for this organization."),
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )
    match_key = models.CharField(max_length=250, editable=False, db_index=True, default="")
    acronym_key = models.CharField(max_length=60, editable=False, db_index=True, default="")
    sort_key = SortKeyField("name")
    short_sort_key = SortKeyField("acronym", "name")

    history = History(excluded_fields=["search_text", "sort_key", "short_sort_key", "match_key", "acronym_key"])
    objects = OrganizationQuerySet.as_manager()

    if TYPE_CHECKING:
        identifiers: RelatedManager[Identifier]

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = ["sort_key", "pk"]
        permissions = [("merge_organization", "Can merge organizations and undo it")]
        indexes = [
            models.Index(fields=["sort_key", "id"], name="organization_by_name"),
            models.Index(fields=["short_sort_key", "id"], name="organization_by_short_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="organization_has_a_name",
                violation_error_message=_("An organization needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(legal_form="") | Q(legal_form__in=LEGAL_FORMS),
                name="organization_legal_form_known",
                violation_error_message=_("Choose the legal form from the list."),
            ),
            models.CheckConstraint(
                condition=Q(sector="") | Q(sector__in=SECTORS),
                name="organization_sector_known",
                violation_error_message=_("Choose the sector from the list."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="organization_not_its_own_umbrella",
                violation_error_message=_("An organization cannot be a member of itself."),
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(archived_at__isnull=False) & ~Q(merged_into=F("id")),
                name="organization_merged_is_archived",
                violation_error_message=_("An organization that was merged into another one is archived."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def short_name(self) -> str:
        """The acronym where there is one."""
        return self.acronym or self.name

    def get_absolute_url(self) -> str:
        return address_of("organizations:detail", self.slug)

    def family(self, user: Reader) -> "tuple[Organization | None, list[Organization]]":
        """The umbrella, and the members by name, as far as this reader may know them; one query."""
        near = Organization.objects.visible_to(user).filter(Q(pk=self.parent_id) | Q(parent=self, archived_at=None))
        found = list(near.order_by("sort_key", "pk"))
        above = next((other for other in found if other.pk == self.parent_id), None)
        return above, [other for other in found if other.pk != self.parent_id]

    def slug_source(self) -> str:
        """An organization called "Duplicates" does not take the address of the page of that name."""
        return f"{self.name} organization" if fold_key(self.name) in TAKEN_ADDRESSES else self.name

    def search_terms(self) -> Iterable[str]:
        yield from (self.name, self.acronym)
        if self.pk:
            yield from self.other_names.values_list("name", flat=True)
            # Our own numbers stay out: whoever sees the organization may search this text, word by word.
            yield from self.identifiers.exclude(scheme="internal").values_list("value", flat=True)

    def refresh_search(self) -> None:
        """Update the search text after a change of another name or a number."""
        type(self)._base_manager.filter(pk=self.pk).update(search_text=self.folded_terms())
        notify(type(self), [self.pk])

    @property
    def lookup_names(self) -> Iterable[str]:
        return [self.name, self.acronym, str(self)]

    @property
    def lookup_detail(self) -> str:
        numbers = [identifier.value for identifier in self.identifiers.all()]
        parts = [str(self.get_kind_display()), self.get_country_display() if self.country else "", *numbers]
        return ", ".join(part for part in parts if part)

    def restore(self, *, by: Actor) -> None:
        if self.merged_into_id is not None:
            raise ValidationError(
                _("This was merged into another organization. Undo the merge instead."), code="merged"
            )
        super().restore(by=by)

    def clean(self) -> None:
        super().clean()
        seen, umbrella = {self.pk}, self.parent
        while umbrella is not None and self.pk:
            if umbrella.pk in seen:
                raise ValidationError(
                    {"parent": _("An organization cannot be a member of itself, directly or through others.")},
                    code="loop",
                )
            seen.add(umbrella.pk)
            umbrella = umbrella.parent
        must_be_ours(self, "lead")

    def save(self, *args: object, **kwargs: object) -> None:
        self.match_key, self.acronym_key = match_key(self.name)[:250], bare_key(self.acronym)[:60]
        super().save(*args, **kwargs)


@opens("organizations.organization")
def _hosts_and_own(user: Reader) -> Q:
    """Everybody knows the host; representatives know the organizations they act for."""
    return Q(is_host=True) | Q(pk__in=Organization.objects.represented_by(user).values("pk"))
