"""Views of saved views (CRUD): naming one, sharing it, choosing it as default, renaming and deleting it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.core.once import once
from engagement.core.types import AuthenticatedRequest

from .default_view import known_lists
from .forms import SavedViewForm
from .models import DefaultView, SavedView
from .models.saved_views import NAME_TAKEN

MOST_VIEWS = 100
LONGEST = 4000
TOO_MANY = gettext_lazy("You have too many views. Delete one you no longer use.")


@never_cache
@login_required
@require_safe
def saved_views(request: AuthenticatedRequest) -> HttpResponse:
    """All the views somebody has, list by list."""
    views = [view for view in SavedView.objects.visible_to(request.user).for_list(request.user) if _address(view)]
    lists = known_lists()
    titles = {name: lists[name].title for name in {view.list_name for view in views}}
    rows = [{"view": view, "title": titles[view.list_name], "url": _address(view)} for view in views]
    return render(request, "accounts/saved_views.html", {"rows": rows})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_view(request: AuthenticatedRequest) -> HttpResponse:
    """Name the question that a list was asked. The list and the question come along in the address."""
    asked = request.POST if request.method == "POST" else request.GET
    page = known_lists().get(asked.get("list", ""))
    if page is None:
        raise Http404
    owner: Any = request.user
    view = SavedView(owner=owner, list_name=page.url_name, query=_question(asked.get("query", ""), page))
    if request.method != "POST":
        return _form_page(request, SavedViewForm(None, instance=view, user=request.user), view)
    with once(request) as sent:
        view = _sent_before(view, request.POST.get("name", "")) or view
        form = SavedViewForm(request.POST, instance=view, user=request.user)
        if form.is_valid():
            if SavedView.objects.filter(owner=request.user.pk).count() >= MOST_VIEWS:
                form.add_error(None, TOO_MANY)
            elif answer := _save(request, form, _("View “%(name)s” saved.")):
                return sent.led_to(answer)
    return _form_page(request, form, view)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Rename a view of one's own, share it or no longer."""
    view = get_object_or_404(SavedView.objects.filter(owner=request.user.pk), pk=pk)
    if not _address(view):
        raise Http404
    first = {"is_default": DefaultView.objects.filter(user=request.user.pk, view=view).exists()}
    if request.method != "POST":
        return _form_page(request, SavedViewForm(None, instance=view, user=request.user, initial=first), view)
    with once(request) as sent:
        form = SavedViewForm(request.POST, instance=view, user=request.user, initial=first)
        if form.is_valid() and (answer := _save(request, form, _("View “%(name)s” changed."))):
            return sent.led_to(answer)
    return _form_page(request, form, view)


@login_required
@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    with once(request) as sent:
        view = get_object_or_404(SavedView.objects.filter(owner=request.user.pk), pk=pk)
        view.delete()
        messages.success(request, _("View “%(name)s” deleted.") % {"name": view})
        return sent.led_to(redirect("accounts:saved_views"))


@login_required
@require_POST
def copy_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A view that somebody shares becomes one's own, to change as one likes; theirs stays as it is."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    with once(request) as sent:
        if SavedView.objects.filter(owner=request.user.pk).count() >= MOST_VIEWS:
            messages.error(request, TOO_MANY)
            return sent.led_to(redirect("accounts:saved_views"))
        try:
            copy = view.copy_for(request.user)
        except ValidationError as error:
            messages.error(request, error.message)
            return redirect("accounts:saved_views")
        messages.success(request, _("“%(name)s” was copied to your views. Change it as you like.") % {"name": copy})
        return sent.led_to(redirect("accounts:change_view", copy.pk))


@login_required
@require_POST
def choose_default(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The list opens with it; or no longer, when ``on`` is 0. One's own views and shared ones alike."""
    view = get_object_or_404(SavedView.objects.visible_to(request.user), pk=pk)
    with once(request) as sent:
        if request.POST.get("on") == "0":
            DefaultView.drop(request.user, view)
            messages.success(request, _("The list no longer has a default view."))
        else:
            DefaultView.choose(request.user, view)
            messages.success(request, _("“%(name)s” is now your default view.") % {"name": view})
        return sent.led_to(redirect("accounts:saved_views"))


def _sent_before(view: SavedView, name: str) -> SavedView | None:
    """The same question under the same name: the form came twice, by a double click."""
    same = SavedView.objects.filter(owner=view.owner_id, list_name=view.list_name, query=view.query)
    return same.filter(name__iexact=" ".join(name.replace("\x00", "").split())).first()


def _save(request: AuthenticatedRequest, form: SavedViewForm, sentence: str) -> HttpResponse | None:
    """Nothing, and the form says so, where the name was taken since the form looked."""
    try:
        with transaction.atomic():
            view = form.save()
    except IntegrityError:
        form.add_error("name", NAME_TAKEN)
        return None
    if form.cleaned_data["is_default"]:
        DefaultView.choose(request.user, view)
    else:
        DefaultView.drop(request.user, view)
    messages.success(request, sentence % {"name": view})
    return redirect(_address(view))


def _form_page(request: HttpRequest, form: SavedViewForm, view: SavedView) -> HttpResponse:
    page: Any = known_lists()[view.list_name]
    context = {"form": form, "view": view, "title": page.title, "back": _address(view)}
    return render(request, "accounts/saved_view_form.html", context)


def _address(view: SavedView) -> str:
    """Where the view is looked at; nothing if its list is gone."""
    return f"{reverse(view.list_name)}?{view.query}" if view.list_name in known_lists() else ""


def _question(text: str, page: Any) -> str:
    """The query of the address without the page; an empty one means the usual order."""
    try:
        query = QueryDict(text[:LONGEST], mutable=True)
    except ValueError:
        query = QueryDict(mutable=True)
    query.pop("page", None)
    encoded = query.urlencode()
    return encoded if encoded and len(encoded) <= LONGEST else f"sort={page.default_sort}"
