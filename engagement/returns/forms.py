"""Form that asks of which host and period a return is made."""

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.returns.models import ReturnForm
from engagement.returns.periods import Period, last_over, recent
from organizations.models import Organization

MOST_HOSTS = 300


class PrepareForm(forms.Form):
    """Form of a return to make; it begins with the first host, and the last period that is over."""

    use_required_attribute = False
    host = forms.ModelChoiceField(
        Organization.objects.none(),
        to_field_name="slug",
        label=_("Host"),
        error_messages={"invalid_choice": _("There is no such host. Choose one from the list.")},
    )
    period = forms.ChoiceField(
        label=_("Period"), error_messages={"invalid_choice": _("There is no such period. Choose one from the list.")}
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: QueryDict, *, record: ReturnForm) -> None:
        today = timezone.localdate()
        hosts = Organization.objects.filter(is_host=True, merged_into=None).order_by("archived_at", "sort_key", "pk")
        offered = list(hosts[:MOST_HOSTS])
        asked = data.copy()
        if "host" not in asked and offered:
            asked["host"] = offered[0].slug
        for now in hosts.formerly_at(asked.getlist("host")[-1:]).values():
            asked["host"] = now.slug
        if "period" not in asked:
            asked["period"] = last_over(record.period, today).key
        super().__init__(asked, auto_id="return-%s")
        host, period = self.fields["host"], self.fields["period"]
        assert isinstance(host, forms.ModelChoiceField) and isinstance(period, forms.ChoiceField)
        host.queryset = hosts
        host.choices = [(one.slug, one.name) for one in offered]
        self.periods = recent(record.period, today)
        choices = [(one.key, str(one)) for one in self.periods]
        if (named := Period.read(record.period, str(asked["period"]))) and named not in self.periods:
            choices.append((named.key, str(named)))
            self.periods.append(named)
        period.choices = choices

    @property
    def chosen(self) -> tuple[Organization, Period]:
        """The chosen host and period of a valid form."""
        found = self.cleaned_data
        return found["host"], next(one for one in self.periods if one.key == found["period"])
