"""Views of an erasure: whom, a look at where the name stands, and then once. For whoever may handle personal data."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.accounts.models import ExportLog, User
from engagement.core.folding import whole_number
from engagement.core.once import claim
from engagement.core.types import AuthenticatedRequest
from engagement.core.views import only_for
from organizations.models import Person

from .erasing import Target, check, erase
from .forms import ErasureForm, WhoForm
from .models import may_handle
from .own_data import as_json, as_text, held_on
from .preview import Preview, preview
from .sealed import Left

handlers_only = only_for(may_handle)
WAYS = {"json": (as_json, "application/json"), "txt": (as_text, "text/plain")}


@require_http_methods(["GET", "HEAD", "POST"])
@handlers_only
def erase_name(request: AuthenticatedRequest) -> HttpResponseBase:
    """By name; the name is posted, so that no log of addresses keeps it."""
    if request.method != "POST":
        return render(request, "privacy/who.html", {"form": WhoForm()})
    form = WhoForm(request.POST)
    if not form.is_valid():
        return render(request, "privacy/who.html", {"form": form})
    return _look_or_erase(request, Target(name=form.cleaned_data["name"]))


@require_http_methods(["GET", "HEAD", "POST"])
@handlers_only
def erase_person(request: AuthenticatedRequest, pk: int) -> HttpResponseBase:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return _look_or_erase(request, Target(person))


@require_safe
@handlers_only
def held(request: AuthenticatedRequest, pk: int, extension: str) -> HttpResponseBase:
    """The data held on a person, as a file; the log of exports notes that it was taken."""
    if extension not in WAYS:
        raise Http404
    target = Target(get_object_or_404(Person.objects.visible_to(request.user), pk=pk))
    target.accounts = [user for user in target.likely_accounts() if user.email and user.email == target.person.email]  # type: ignore[union-attr]
    found = held_on(target)
    rows = sum(map(len, found.values()))
    ExportLog.objects.create(user=request.user, what="personal data", format=extension, query=f"person={pk}", rows=rows)
    write, kind = WAYS[extension]
    response = HttpResponse(write(found), content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="person-{pk}.{extension}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _look_or_erase(request: AuthenticatedRequest, target: Target) -> HttpResponseBase:
    asked = request.POST if "step" in request.POST else None
    form = ErasureForm(asked)
    target.also = form.spellings if asked is not None else []
    likely = target.likely_accounts()
    chosen = {key for text in request.POST.getlist("account") if (key := whole_number(text)) is not None}
    if asked is not None:
        target.accounts = [user for user in likely if user.pk in chosen]
    else:
        target.accounts = [
            user for user in likely if target.person and user.email and user.email == target.person.email
        ]
    seen = preview(target)
    if asked is None:
        form = ErasureForm(initial={"stand_in": seen.stand_in})
    elif asked["step"] == "erase" and form.is_valid():
        return _erase(request, target, form, seen, likely)
    elif asked["step"] != "erase":
        form = ErasureForm(initial={name: asked.get(name, "") for name in form.fields})
    return _page(request, target, form, seen, likely)


def _erase(
    request: AuthenticatedRequest, target: Target, form: ErasureForm, seen: Preview, likely: list[User]
) -> HttpResponseBase:
    shown, ticked = set(request.POST.getlist("shown")), set(request.POST.getlist("text"))
    if any(text.key not in shown for text in seen.texts):
        form.add_error(None, _("The name now appears in more texts. Check them: nothing has been erased yet."))
        return _page(request, target, form, seen, likely)
    left: Left = frozenset(_row(text.key) for text in seen.texts if text.key not in ticked)
    words = {name: form.cleaned_data[name] for name in ("reason", "stand_in")}
    back = reverse("admin:privacy_erasure_changelist")
    try:
        with claim(request, back) as sent:
            trace = erase(target, by=request.user, left=left, **words)
            sent.is_done = True
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, target, form, seen, likely)
    told = {"places": trace.places, "stand_in": trace.stand_in}
    messages.success(request, _("Name erased. Places where “%(stand_in)s” replaces it: %(places)d.") % told)
    return HttpResponseRedirect(back)


def _row(key: str) -> tuple[str, int]:
    label, _colon, number = key.partition(":")
    return label, int(number)


def _page(request: HttpRequest, target: Target, form: ErasureForm, seen: Preview, likely: list[User]) -> HttpResponse:
    try:
        check(target, by=request.user)  # type: ignore[arg-type]
        first: list[str] = []
    except ValidationError as error:
        first = error.messages
    is_posted, ticked = "step" in request.POST, set(request.POST.getlist("text"))
    shown = set(request.POST.getlist("shown"))
    context = {
        "target": target,
        "form": form,
        "seen": seen,
        "first": first,
        "accounts": [(user, user in target.accounts) for user in likely],
        "texts": [
            (text, text.key in ticked if is_posted and text.key in shown else text.is_chosen) for text in seen.texts
        ],
        "copies": sorted(seen.copies.items()),
    }
    return render(request, "privacy/erase.html", context)
