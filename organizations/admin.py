"""Admin of organizations and people."""

import re
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.admin.actions import Verb
from engagement.core.admin.forms import RecordForm
from engagement.core.admin.inlines import LineInline
from engagement.core.admin.noun_admin import ArchivedFilter, NounAdmin, archived_on, archiving
from engagement.core.lookups.fields import LookupField
from engagement.core.readers import WHOEVER_SEES_NAME, read_by

from .merging.compare import MOST_AT_ONCE
from .models import Assessment, Criterion, Identifier, Organization, OtherName, Person, Post, Representative
from .models.merging import PERMISSION, may_merge

_NUMBER = re.compile(r"identifiers-\d+-value")


class OrganizationForm(RecordForm):
    is_another = forms.BooleanField(
        required=False,
        label=_("This is a different organization"),
        help_text=_("Select this only if it is none of the organizations shown."),
    )

    class Meta:
        model = Organization
        fields = (
            "name", "acronym", "kind", "country", "legal_form", "sector", "website", "description", "parent", "lead",
            "is_host",
        )  # fmt: skip

    def __init__(self, *args: object, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_another" in self.fields and not self.data.get("is_another"):
            self.fields["is_another"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or self.cleaned_data
        is_new_name = self.instance._state.adding or {"name", "acronym"} & set(self.changed_data)
        if is_new_name and not cleaned.get("is_another"):
            self._show_lookalikes(cleaned)
        return cleaned

    def _show_lookalikes(self, cleaned: dict[str, Any]) -> None:
        numbers = [value for name, value in self.data.items() if _NUMBER.fullmatch(name)]
        alike = Organization.objects.resembling(cleaned.get("name", ""), cleaned.get("acronym", ""), numbers)
        found = list(alike.exclude(pk=self.instance.pk)[:5])
        if not found:
            return
        self.fields["is_another"].widget = forms.CheckboxInput()
        rows = format_html_join(
            "; ",
            '<a href="{}" target="_blank" data-use-existing="{}">{}</a> ({})',
            ((self._address(one), one.pk, one, one.lookup_detail) for one in found),
        )
        text = _("This may already be recorded: {}. Use that one, or select “This is a different organization”.")
        self.add_error("name", ValidationError(format_html(str(text), rows), code="lookalike"))

    @staticmethod
    def _address(organization: Organization) -> str:
        return reverse("admin:organizations_organization_change", args=[organization.pk])


class OtherNameInline(LineInline):
    model = OtherName
    fields = [("name",)]


class IdentifierInline(LineInline):
    model = Identifier
    fields = [("scheme", "value", "status", "checked_on", "valid_from", "valid_to")]


class AssessmentInline(LineInline):
    """Newest first within each criterion; who recorded it is whoever adds the row."""

    model = Assessment
    fields = [("criterion", "result", "assessed_on", "next_review_on", "note")]
    row_title = _("Assessment")
    add_label = _("Assessment")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The criteria are read once for all rows."""
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "criterion" and field is not None:
            field.choices = [("", "---------"), *((one.pk, one.name) for one in Criterion.objects.all())]
        return field


class RepresentativeInline(LineInline):
    model = Representative
    fields = [("user", "starts_on", "ends_on")]
    lookups = {"user": {}}


@admin.register(Organization)
class OrganizationAdmin(NounAdmin):
    form = OrganizationForm
    list_display = ("name", "in_short", "kind", "country", "looks_after", "is_host", archived_on)
    list_filter = ("kind", "is_host", ("archived_at", ArchivedFilter), "country")
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [
        (
            _("Organization"),
            {
                "fields": [
                    ("name", "acronym"),
                    "is_another",
                    ("kind", "country", "website"),
                    "description",
                    ("parent", "lead"),
                    "is_host",
                ]
            },
        ),
        (_("Legal form and sector"), {"fields": [("legal_form", "sector")], "classes": ["collapse", "more"]}),
    ]
    lookups = {"parent": {}, "lead": {"queryset": User.objects.with_roles}}
    inlines = [IdentifierInline, OtherNameInline, AssessmentInline, RepresentativeInline]
    verbs = archiving("organizations.change_organization")
    actions = ["merge_ticked"]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        return super().get_queryset(request).prefetch_related(Prefetch("lead", queryset=User.objects.with_roles()))

    @admin.display(description=_("acronym"), ordering="acronym_key")
    def in_short(self, organization: Organization) -> str:
        return organization.acronym

    @admin.display(description=_("our lead"))
    def looks_after(self, organization: Organization) -> object:
        return organization.lead and organization.lead.name_and_state

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return may_merge(request.user)

    @admin.action(description=_("Merge the selected organizations"), permissions=["merge"])
    def merge_ticked(self, request: HttpRequest, queryset: "QuerySet[Model]") -> HttpResponse:
        """The page that compares them; nothing is done yet."""
        keys = list(queryset.order_by("pk").values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
        query = urlencode([("organization", key) for key in keys])
        return HttpResponseRedirect(f"{reverse('organizations:merge')}?{query}")


class PostInline(LineInline):
    model = Post
    fields = [("organization", "function", "rank", "starts_on", "ends_on")]
    lookups = {"organization": {}}


class RightNameForm(forms.Form):
    name = forms.CharField(
        label=_("Correct name"),
        max_length=200,
        help_text=read_by(WHOEVER_SEES_NAME, _("All meetings will show this name.")),
        error_messages={"required": _("Enter the correct name.")},
    )


class SamePersonForm(forms.Form):
    kept = LookupField(Person, label=_("Person to keep"), adds=False)


def _is_there(person: Person) -> bool:
    return person.erased_on is None


def _may_be_merged(person: Person) -> bool:
    return person.erased_on is None and not person.is_archived


def _was_merged(person: Person) -> bool:
    return person.erased_on is None and person.merges.filter(undone_at=None).exists()


def _moving(person: Person) -> list[str]:
    words = {"meetings": person.participations.count(), "posts": person.posts.count()}
    return [_("Participations: %(meetings)s. Posts: %(posts)s. They will move to the person to keep.") % words]


def _may_withdraw(person: Person) -> bool:
    return person.name_consent_on is not None and person.name_consent_withdrawn_on is None


@admin.register(Person)
class PersonAdmin(NounAdmin):
    list_display = ("named", "email", "post_names", "contact_permission", archived_on)
    list_filter = ("contact_permission", ("archived_at", ArchivedFilter))
    search_fields = ("search_text",)
    ordering = ("sort_key", "pk")
    fieldsets = [
        (_("Person"), {"fields": [("name", "email"), ("contact_permission", "permission_on")]}),
        (
            _("Consent to publish the name"),
            {"fields": [("name_consent_on", "name_consent_ends_on", "name_consent_withdrawn_on")]},
        ),
    ]
    inlines = [PostInline]
    verbs = [
        Verb(
            "correct_name",
            _("Correct the name"),
            "organizations.change_person",
            RightNameForm,
            _is_there,
            done=_("Name corrected."),
        ),
        Verb(
            "merge_into",
            _("Merge into another person"),
            PERMISSION,
            SamePersonForm,
            _may_be_merged,
            _moving,
            done=_("Merged into the other person."),
        ),
        Verb("undo_merge", _("Undo the last merge"), PERMISSION, applies=_was_merged, done=_("Merge undone.")),
        Verb(
            "withdraw_consent",
            _("Withdraw consent"),
            "organizations.change_person",
            applies=_may_withdraw,
            done=_("Consent withdrawn."),
        ),
        *archiving("organizations.change_person"),
    ]

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Model]":
        return super().get_queryset(request).prefetch_related("posts__organization")

    @admin.display(description=_("name"), ordering="sort_key")
    def named(self, person: Person) -> str:
        """Somebody whose name was erased has a number."""
        return str(person)

    @admin.display(description=_("posts"))
    def post_names(self, person: Person) -> str:
        return person.lookup_detail


@admin.register(Criterion)
class CriterionAdmin(NounAdmin):
    list_display = ("name", "valid_from", "valid_to", "is_public")
    search_fields = ("name",)
    ordering = ("order", "pk")
    fieldsets = [
        (
            _("Eligibility criterion"),
            {"fields": ["name", "text", "source_url", ("valid_from", "valid_to"), "is_public"]},
        )
    ]
