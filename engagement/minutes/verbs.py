"""Verbs of minutes as pages: each names its consequences, asks its questions, and does it once."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.core.types import Label, Reader, SignedIn
from meetings.four_eyes import may_publish

from .forms import NothingToAskForm, ReopenForm, ReturnForm, ToldForm, VersionForm
from .models import How, Minutes, Status
from .models.status import LOCKED, OPEN
from .workflow import may_edit

Do = Callable[[Minutes, SignedIn, dict[str, object]], object]


def _may_publish(user: Reader) -> bool:
    return user.is_authenticated and may_publish(user)


@dataclass(frozen=True)
class Verb:
    """One step of minutes, from which states it leads, who may do it."""

    slug: str
    label: Label
    happens: Label
    """What will happen, in a sentence."""
    done: Label
    states: tuple[Status, ...]
    do: Do
    form: type[forms.Form] = NothingToAskForm
    may: Callable[[Reader], bool] = may_edit
    is_main: bool = False


def _version(minutes: Minutes, by: SignedIn, said: dict[str, object]) -> object:
    audience, reason = said["audience"], said["reason"]
    assert isinstance(audience, int)
    return minutes.add_version(by=by, audience=audience, reason=str(reason))


def _told(minutes: Minutes, by: SignedIn, said: dict[str, object]) -> None:
    number = minutes.sent_version.number if minutes.sent_version else 0
    minutes.agree(number, said["organization"], how=How.TOLD, by=by, word=str(said["word"]))  # type: ignore[arg-type]


VERBS = (
    Verb(
        "review",
        _("Send for internal review"),
        _("A colleague reads them before they are sent. Nobody outside the secretariat sees them. No e-mail is sent."),
        _("Minutes are in internal review."),
        (Status.DRAFT,),
        lambda minutes, by, said: minutes.send_for_review(by=by),
    ),
    Verb(
        "version",
        _("Make a new version"),
        _("It is made from the record as it is now. Nobody outside the secretariat sees it before you send it."),
        _("New version made."),
        OPEN,
        _version,
        VersionForm,
    ),
    Verb(
        "back",
        _("Back to draft"),
        _("Comments are no longer possible until you send the minutes again. No e-mail is sent."),
        _("Minutes are a draft again."),
        (Status.REVIEW, Status.SENT),
        lambda minutes, by, said: minutes.return_to_draft(by=by, reason=str(said["reason"])),
        ReturnForm,
    ),
    Verb(
        "told",
        _("Note an agreement"),
        _("For an organization that agreed by letter or telephone. The minutes are agreed once every counterpart has."),
        _("Agreement noted."),
        (Status.SENT,),
        _told,
        ToldForm,
    ),
    Verb(
        "final",
        _("Make final"),
        _("The text is locked. To change it later, reopen the minutes with a reason."),
        _("Minutes are final and locked."),
        (Status.AGREED,),
        lambda minutes, by, said: minutes.finalize(by=by),
        is_main=True,
    ),
    Verb(
        "publish",
        _("Publish the minutes"),
        _("Everyone can read what was agreed, without the parts that are not public."),
        _("Minutes published."),
        LOCKED,
        lambda minutes, by, said: minutes.publish(by=by),
        may=_may_publish,
        is_main=True,
    ),
    Verb(
        "reopen",
        _("Reopen with a reason"),
        _("A new version is made from the record as it is now. Every counterpart is asked again."),
        _("Minutes reopened. A new version was made."),
        (Status.AGREED, *LOCKED),
        lambda minutes, by, said: minutes.reopen(by=by, reason=str(said["reason"])),
        ReopenForm,
    ),
)
BEGIN = Verb(
    "begin",
    _("Begin the minutes"),
    _("The first draft is made from the record as it is now. Nobody outside the secretariat sees it."),
    _("First draft made from the record."),
    (),
    lambda minutes, by, said: None,
)
BY_SLUG = {verb.slug: verb for verb in VERBS}


def verbs_for(minutes: Minutes, user: Reader) -> list[Verb]:
    """The verbs that this reader may do with the minutes in their state."""
    return [verb for verb in VERBS if minutes.status in verb.states and verb.may(user) and _makes_sense(verb, minutes)]


def _makes_sense(verb: Verb, minutes: Minutes) -> bool:
    return verb.slug != "publish" or not (minutes.status == Status.PUBLISHED and minutes.is_public)


def form_of(verb: Verb, minutes: Minutes, data: object = None) -> forms.Form:
    if verb.form is ToldForm:
        return ToldForm(minutes, data)
    return verb.form(data, use_required_attribute=False)  # type: ignore[arg-type]
