"""Actions on returns: made under the lock of its form, from the records as they are, and only as previewed."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.core.types import SignedIn
from engagement.returns.drafts import Draft, draft
from engagement.returns.files import file_bytes, file_name
from engagement.returns.models import Return, ReturnForm, may_send
from engagement.returns.periods import Period
from organizations.models import Organization


def latest(form: ReturnForm, host: Organization, period: Period) -> Return | None:
    """The return of this period that counts: the last correction, or the first."""
    sent = Return.objects.filter(form=form, host=host, starts_on=period.first).defer("content")
    found: Return | None = sent.order_by("-number").first()
    return found


def preview(form: ReturnForm, host: Organization, period: Period, *, by: SignedIn) -> Draft:
    before = latest(form, host, period)
    return draft(form, host, period, before=before, today=timezone.localdate(), by=by)


@transaction.atomic
def make(form: ReturnForm, host: Organization, period: Period, *, by: SignedIn, digest: str = "") -> Return:
    """Keep the file as it is sent. With ``digest``, only if it equals the previewed one."""
    if not may_send(by):
        raise ValidationError(_("You do not have permission to make returns. Ask a publisher."), code="forbidden")
    form = ReturnForm.objects.select_for_update().get(pk=form.pk)
    made = preview(form, host, period, by=by)
    if made.is_same:
        raise ValidationError(_("Nothing has changed since the last return of this period."), code="same")
    if made.is_false_nil:
        raise ValidationError(
            _("A nil return would be wrong: meetings of this period are not published. Publish or exempt them first."),
            code="false_nil",
        )
    if made.cannot_say_it:
        raise ValidationError(
            _("Meetings were only withdrawn. This form has no row for that. Tell the authority directly."), code="empty"
        )
    if digest and digest != made.digest:
        raise ValidationError(_("The records have changed since this preview. Check the return again."), code="changed")
    content = file_bytes(made)
    sent = Return(form=form, host=host, starts_on=period.first, ends_on=period.last, number=made.number)
    sent.replaces, sent.title, sent.file_name = made.before, made.title[:400], file_name(made)
    sent.content, sent.size, sent.sha256 = content, len(content), hashlib.sha256(content).hexdigest()
    sent.meeting_count, sent.row_count, sent.missing_count = made.meeting_count, made.row_count, made.missing_count
    sent.is_nil, sent.entries, sent.changes = made.is_nil, made.entries, made.changes
    sent.made_at, sent.made_by = timezone.now(), by
    sent.save()
    return sent
