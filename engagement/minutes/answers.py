"""Handler of a counterpart's answer, signed in or by a link: a comment or an agreement, or its errors."""

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.core.folding import whole_number
from engagement.core.types import Actor
from engagement.followups.report_views import done

from .forms import CommentForm
from .models import How, Minutes, MinutesLink
from .pages import Answering

AGREED = gettext_lazy("Thank you. Your organization agrees to these minutes.")


def agrees(request: HttpRequest) -> bool:
    return request.POST.get("verb") == "agree"


def answer_for(
    request: HttpRequest, minutes: Minutes, answering: Answering, *, by: Actor = None, link: MinutesLink | None = None
) -> str:
    """Carry out an answer; a sentence that says it, or nothing where the form has errors to show."""
    number = whole_number(request.POST.get("number", "")) or 0
    organization = answering.organization
    if agrees(request):
        form = answering.form = CommentForm({"part": ""}, auto_id="whole-%s")
        form.errors.clear()
        how = How.LINK if link else How.SIGNED_IN
        agreed = done(form, lambda: minutes.agree(number, organization, how=how, by=by, link=link))
        return str(AGREED) if agreed else ""
    part = request.POST.get("part", "")
    form = answering.form = CommentForm(request.POST, auto_id=f"{part or 'whole'}-%s")
    if not form.is_valid():
        return ""
    said = form.cleaned_data
    about = said["about"]
    if not done(form, lambda: minutes.comment(number, organization, said["text"], about=about, by=by, link=link)):
        return ""
    return _("Thank you. Your comment was sent.")
