"""Reports on a follow-up, for one reader of its page: those that wait, earlier ones, and the reader's actions."""

from dataclasses import dataclass
from functools import cached_property

from engagement.core.models import sees_all
from engagement.core.types import Reader

from .actions import BY_SLUG
from .forms import ConfirmForm, ReportForm, ReportLinkForm, ReturnForm
from .models import FollowUp, Report, ReportLink
from .models.report import reporting_organization, reporting_organizations
from .models.report_link import may_be_linked
from .next_step import NextStep


def may_confirm(user: Reader, followup: FollowUp) -> bool:
    """Whether a user may confirm or return reports: those who may complete the promise."""
    return bool(BY_SLUG["complete"].permitted(user, [followup]))


@dataclass
class Reporting:
    """Made from the reports that ``for_page`` read for this reader."""

    followup: FollowUp
    user: Reader

    @cached_property
    def reports(self) -> list[Report]:
        return list(self.followup.reports.all())

    @cached_property
    def pending(self) -> Report | None:
        return next((report for report in self.reports if report.is_pending), None)

    @cached_property
    def returned(self) -> Report | None:
        """The returned report, for the people who are to report again, as long as the next step is theirs."""
        if not self.may_report or NextStep(self.followup, self.user).returned_at is None:
            return None
        returned = (report for report in self.reports if report.state == Report.State.RETURNED)
        return max(returned, key=lambda report: report.decided_at or report.reported_at, default=None)

    @property
    def others(self) -> list[Report]:
        """The earlier reports."""
        return [report for report in self.reports if report not in (self.pending, self.returned)]

    @property
    def staff(self) -> bool:
        return sees_all(self.user)

    @cached_property
    def may_report(self) -> bool:
        return not self.followup.is_closed and reporting_organization(self.followup, self.user) is not None

    @cached_property
    def may_withdraw(self) -> bool:
        """Whether this reader acts for the organization whose report waits."""
        if self.pending is None or self.followup.is_closed:
            return False
        return reporting_organizations(self.followup, self.user).filter(pk=self.pending.organization_id).exists()

    @cached_property
    def may_confirm(self) -> bool:
        return self.pending is not None and may_confirm(self.user, self.followup)

    @cached_property
    def links(self) -> list[ReportLink]:
        """The report links of this promise, for the secretariat."""
        return list(self.followup.report_links.all())

    @cached_property
    def may_link(self) -> bool:
        """Whether this reader may give somebody a link to report on it."""
        return self.staff and may_be_linked(self.followup) and may_confirm(self.user, self.followup)

    @property
    def link_form(self) -> ReportLinkForm | None:
        return ReportLinkForm(followup=self.followup, auto_id="link-%s") if self.may_link else None

    @property
    def form(self) -> ReportForm:
        return ReportForm()

    @property
    def confirm_form(self) -> ConfirmForm | None:
        return ConfirmForm() if self.may_confirm else None

    @property
    def return_form(self) -> ReturnForm | None:
        return ReturnForm() if self.may_confirm else None
