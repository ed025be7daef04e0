"""Reassignment when somebody leaves: the work in a person's hands, and handing it over in the form of the user."""

from functools import cached_property
from typing import Any, cast

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.accounts.models import User
from engagement.core.types import Reader, SignedIn
from organizations.models import Organization

from .actions import ASSIGN
from .bulk_actions import MOST
from .forms import one_of_us
from .models import FollowUp

SHOWN = 10


class Duties:
    """The follow-ups and organizations in one person's hands, as far as this reader may know."""

    def __init__(self, person: SignedIn, reader: Reader) -> None:
        self.person, self.reader = person, reader
        held = Q(assignee=person.pk) | Q(chaser=person.pk)
        self.followups = FollowUp.objects.visible_to(reader).is_open().filter(held).by_due_date()
        led = Organization.objects.visible_to(reader).filter(lead=person.pk, archived_at=None)
        self.organizations = led.order_by("sort_key", "pk")

    @cached_property
    def number_of_followups(self) -> int:
        return self.followups.count()

    @cached_property
    def number_of_organizations(self) -> int:
        return self.organizations.count()

    def __bool__(self) -> bool:
        return bool(self.number_of_followups or self.number_of_organizations)

    @cached_property
    def words(self) -> str:
        """How many, and the first of them as links."""
        followups, organizations = self.followups[:SHOWN], self.organizations[:SHOWN]
        more = self.number_of_followups - SHOWN, self.number_of_organizations - SHOWN
        context = {"duties": self, "followups": followups, "organizations": organizations}
        return render_to_string("followups/_duties.html", {**context, "more": more[0], "more_organizations": more[1]})

    def may_hand_over(self) -> bool:
        """Only whoever may give each of them to somebody gives them away all at once."""
        needed = [ASSIGN] * bool(self.number_of_followups)
        needed += ["organizations.change_organization"] * bool(self.number_of_organizations)
        return bool(self.reader.has_perms(needed))

    def hand_over(self, *, to: SignedIn) -> None:
        """Hand over each follow-up under lock; those that went to somebody else meanwhile stay there."""
        for followup in self.followups:
            self._one(followup, self._reassign, to)
        for organization in self.organizations:
            self._one(organization, self._give_lead, to)

    def _one(self, record: Any, give: Any, to: SignedIn) -> None:
        try:
            with record.locked(by=self.reader):
                give(record, to)
        except ValidationError as error:
            raise NotHandedOver(record, error) from error

    def _reassign(self, followup: FollowUp, to: SignedIn) -> None:
        does, chases = followup.assignee_id == self.person.pk, followup.chaser_id == self.person.pk
        if not followup.is_closed and (does or chases):
            followup.assign(by=cast("SignedIn", self.reader), to=to if does else None, chaser=to if chases else None)

    def _give_lead(self, organization: Organization, to: SignedIn) -> None:
        if organization.lead_id == self.person.pk:
            organization.lead = to
            organization.save()


class NotHandedOver(ValidationError):
    """One of them could not be given on, and why; then none was."""

    def __init__(self, record: Model, why: ValidationError) -> None:
        text = gettext("“%(record)s” could not be handed over: %(why)s")
        super().__init__(text % {"record": record, "why": " ".join(why.messages)}, code="not_handed_over")


MARKS = ("is_active", "is_staff", "is_superuser")


class LeavingForm(UserChangeForm):
    """A user form that makes nobody inactive, and takes no role away, before the work in their hands is decided on."""

    duties: Duties
    refused: ValidationError | None = None

    hand_over_to = one_of_us(label=_("Hand over to"), help_text=_("A colleague who takes over all of it."))
    leave = forms.BooleanField(
        label=_("Leave it with this person"), required=False, help_text=_("Lists will show that this person left.")
    )

    def __init__(self, *args: Any, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if not self.duties:
            del self.fields["leave"]
        if not (self.duties and self.duties.may_hand_over()):
            del self.fields["hand_over_to"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.duties and not self.errors:
            error = self.refused or self._unsaid(cleaned)
            if error is not None:
                self.add_error("hand_over_to" if "hand_over_to" in self.fields else "leave", error)
        return cleaned

    def _unsaid(self, cleaned: dict[str, Any]) -> ValidationError | None:
        heir, stays = cleaned.get("hand_over_to"), cleaned["leave"]
        if heir is not None and stays:
            return ValidationError(_("Either hand it over or leave it with this person."), code="both")
        if heir == self.instance:
            return ValidationError(_("Choose someone else: this person already has it."), code="same")
        if heir is not None and self.duties.number_of_followups > MOST:
            text = _("Too many to hand over at once. Assign some of them in the list of follow-ups first.")
            return ValidationError(text, code="too_many")
        if heir is None and not stays and self.leaves(cleaned):
            return ValidationError(self._question(), code="in_hand")
        return None

    def _question(self) -> Any:
        if "hand_over_to" in self.fields:
            return _("This person still has follow-ups or organizations. Choose who takes over, or leave them.")
        return _("This person still has follow-ups or organizations. Leave them, or ask a manager to assign them.")

    def leaves(self, cleaned: dict[str, Any]) -> bool:
        """Whether this save makes the person inactive, or takes the last role to act."""
        before = self.instance
        after = User(**{name: cleaned.get(name, getattr(before, name)) for name in MARKS})
        if before.is_active and not after.is_active:
            return True
        after.has_role = before.has_role_in(cleaned.get("groups", before.groups.all()))
        return before.is_ours and not after.is_ours
