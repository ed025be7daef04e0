"""Confirmation views of the verbs of minutes: a page that says the consequences, then the verb, once."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from engagement.core.mail import can_send
from engagement.core.models import Visibility, sees_all
from engagement.core.once import once, token_of
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import only_for
from engagement.followups.report_views import done
from meetings.agenda_mail import deliver, recipients_of
from meetings.views import meeting_at

from .forms import LinkForm, SendForm
from .lookup import minutes_of
from .mails import mail_for
from .models import Minutes, MinutesLink, MinutesSending, MinutesVersion
from .verbs import BEGIN, BY_SLUG, form_of
from .workflow import may_edit


@only_for(may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """The first draft, from the record."""
    meeting = meeting_at(request, slug)
    form = BEGIN.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with once(request, meeting.get_absolute_url()) as sent:
            if done(form, lambda: Minutes.objects.begin(meeting, by=request.user)):
                messages.success(request, BEGIN.done)
                return sent.led_to(redirect("minutes:detail", meeting.slug))
    return render(request, "minutes/act.html", {"meeting": meeting, "verb": BEGIN, "form": form})


@only_for(sees_all)
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: AuthenticatedRequest, slug: str, verb: str) -> HttpResponseBase:
    """Ask, then do it; obstacles are told on the page."""
    meeting, chosen = meeting_at(request, slug), BY_SLUG.get(verb)
    minutes = minutes_of(meeting, request.user)
    if chosen is None or not chosen.may(request.user):
        raise Http404
    form = form_of(chosen, minutes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with once(request, minutes.get_absolute_url()) as sent:
            if done(form, lambda: chosen.do(minutes, request.user, form.cleaned_data)):
                messages.success(request, chosen.done)
                return sent.led_to(redirect(minutes))
    context = {"meeting": meeting, "minutes": minutes, "verb": chosen, "form": form}
    return render(request, "minutes/act.html", context)


@only_for(may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """Lists who would get an e-mail; recorded and committed before the first one leaves."""
    meeting = meeting_at(request, slug)
    minutes = minutes_of(meeting, request.user)
    version: MinutesVersion | None = minutes.versions.filter(audience=Visibility.SHARED).order_by("-number").first()
    if version is None or not minutes.is_open:
        text = _("No version was made for the counterpart. Make one first.") if minutes.is_open else _("It is locked.")
        messages.error(request, text)
        return redirect(minutes)
    offered = recipients_of(meeting) if can_send() else []
    form = SendForm(offered, request.POST if request.method == "POST" else None)
    sending = None
    if request.method == "POST" and form.is_valid():
        with once(request, minutes.get_absolute_url()) as sent:
            sending = _recorded(request, minutes, form)
            if sending is not None:
                response = sent.led_to(redirect(minutes))
        if sending is not None:
            _deliver(request, sending, form)
            return response
    context = {"meeting": meeting, "minutes": minutes, "version": version, "form": form, "can_send": can_send()}
    context["has_changed"] = minutes.reads_otherwise(version)
    context["sendings"] = MinutesSending.objects.filter(version_sent__minutes=minutes).select_related(
        "by", "version_sent"
    )
    return render(request, "minutes/send.html", context)


def _recorded(request: AuthenticatedRequest, minutes: Minutes, form: SendForm) -> MinutesSending | None:
    said = form.cleaned_data
    lines = "\n".join(one.line for one in form.chosen())
    number = request.POST.get("number", "")
    kept: list[int] = []

    def verb() -> None:
        announced = {"deadline_on": said["deadline_on"], "is_silence_agreement": said["is_silence_agreement"]}
        key = minutes.send(
            int(number) if number.isascii() and number.isdigit() else 0, by=request.user, recipients=lines, **announced
        )
        kept.append(key)

    return MinutesSending.objects.get(pk=kept[0]) if done(form, verb) else None


def _deliver(request: AuthenticatedRequest, sending: MinutesSending, form: SendForm) -> None:
    chosen, word = form.chosen(), form.cleaned_data["word"]
    failed = deliver(sending, ((one, mail_for(request, sending, one, word)) for one in chosen))
    if number := len(chosen) - len(failed):
        told = ngettext("Minutes sent to %(count)d person.", "Minutes sent to %(count)d people.", number)
        messages.success(request, told % {"count": number})
    if not chosen:
        messages.success(request, _("The minutes are with the counterpart. Nobody got an e-mail."))
    if failed:
        names = ", ".join(one.line for one in failed)
        messages.error(request, _("The minutes could not be sent to: %(names)s") % {"names": names})


@only_for(may_edit)
@require_http_methods(["GET", "HEAD", "POST"])
def make_link(request: AuthenticatedRequest, slug: str) -> HttpResponseBase:
    """The address of a new link is in the answer to the form, and nowhere else."""
    meeting = meeting_at(request, slug)
    minutes = minutes_of(meeting, request.user)
    form = LinkForm(minutes, request.POST if request.method == "POST" else None)
    context = {"meeting": meeting, "minutes": minutes, "form": form, "title": meeting.title}
    if request.method == "POST" and form.is_valid():
        made: list[tuple[MinutesLink, str]] = []
        said = form.cleaned_data
        if done(form, lambda: made.append(_made(minutes, request, said))):
            link, token = made[0]
            address = request.build_absolute_uri(link.path_of(token))
            return render(request, "minutes/link_made.html", {**context, "link": link, "address": address})
    return render(request, "minutes/make_link.html", context)


def _made(minutes: Minutes, request: AuthenticatedRequest, said: dict[str, object]) -> tuple[MinutesLink, str]:
    return MinutesLink.objects.make(minutes, by=request.user, form=token_of(request), **said)  # type: ignore[arg-type]


@only_for(may_edit)
@require_POST
def revoke_link(request: AuthenticatedRequest, slug: str, pk: int) -> HttpResponseBase:
    minutes = minutes_of(meeting_at(request, slug), request.user)
    with once(request, minutes.get_absolute_url()) as sent:
        link = get_object_or_404(MinutesLink.objects.visible_to(request.user), minutes=minutes, pk=pk)
        link.revoke(by=request.user)
        messages.success(request, _("The link given to %(name)s was revoked.") % {"name": link.name})
        return sent.led_to(redirect(f"{reverse('minutes:detail', args=[slug])}#links"))
