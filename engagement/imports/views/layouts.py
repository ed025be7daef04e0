"""Layout list and layout editor, for a file or on its own."""

from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from engagement.core.models.files import local_path
from engagement.core.once import once
from engagement.core.types import Actor, AuthenticatedRequest
from engagement.imports.actions import use_layout
from engagement.imports.layouts.guess import guess_all
from engagement.imports.layouts.guessed import Guess
from engagement.imports.layouts.spec import LayoutData
from engagement.imports.layouts.validation import parse_spec
from engagement.imports.layouts.vocabulary import NAMES_SEEN_BY, NOUNS, SCHEMES
from engagement.imports.models import Import, Layout
from engagement.imports.planning.host_guess import propose_host
from engagement.imports.sources.bundle import Files, open_files
from engagement.imports.sources.errors import Unreadable
from engagement.imports.sources.table import Table
from engagement.imports.tasks import start
from engagement.imports.views.layout_form import Errors, blocks_of, constants_of, data_from, forms_chosen
from engagement.imports.views.permission import import_at, importers_only, layout_at
from organizations.models import Organization


@dataclass
class Draft:
    """A layout as it stands in the form."""

    layout: Layout
    name: str
    data: LayoutData
    batch: Import | None = None
    table: Table | None = None
    files: Files | None = None
    guess: Guess | None = None
    problem: str = ""
    host_reason: str = ""
    errors: Errors = field(default_factory=dict)

    def check(self) -> None:
        self.errors = {**parse_spec(self.data)[1], **self.errors}

    def save(self, by: Actor, *, as_new: bool, version: str) -> Layout | None:
        """The saved layout, or none where something is to be put right."""
        self.check()
        layout = Layout(made_by=by) if as_new else self.layout
        if layout.pk and version.isascii() and version.isdigit():
            layout.version = int(version)
        layout.name, layout.noun, layout.spec = self.name, self.data["noun"], self.data
        try:
            layout.full_clean(exclude=["spec", "slug"])
        except ValidationError as error:
            found = error.message_dict
            names = found.get("name", []) + found.get(NON_FIELD_ERRORS, [])
            self.errors |= {"name": names} if names else {}
        if self.errors:
            return None
        try:
            layout.save()
        except ValidationError as error:  # somebody else saved it meanwhile
            self.errors["name"] = [*error.messages, _("Save it under another name, or open it again.")]
            return None
        return layout


@importers_only
@require_safe
def layout_list(request: AuthenticatedRequest) -> HttpResponse:
    """Every layout, and how often it was used."""
    layouts = Layout.objects.visible_to(request.user).for_list().annotate(uses=Count("imports"))
    rows = [(layout, parse_spec({**layout.spec, "noun": layout.noun})[0] is not None) for layout in layouts]
    return render(request, "imports/layouts.html", {"rows": rows})


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def layout(request: AuthenticatedRequest, slug: str) -> HttpResponse:
    """Change a layout, or begin another one from it."""
    found = layout_at(request, slug)
    draft = Draft(found, found.name, {**found.spec, "noun": found.noun})
    if request.method == "POST":
        if "check" in request.GET:
            return _checked(request)
        with once(request) as sent:
            if saved := _sent(request, draft):
                messages.success(request, _("Layout “%(name)s” saved.") % {"name": saved})
                return sent.led_to(redirect("imports:layouts"))
        return _form_page(request, draft)
    if request.GET.get("copy") == "1":
        draft.name = _("Copy of %(name)s") % {"name": found.name}
    return _form_page(request, draft, is_copy=request.GET.get("copy") == "1")


@importers_only
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say how the file of an import is read; then it is read so."""
    batch = import_at(request, pk)
    if not batch.can_be_previewed or batch.is_at_work or batch.layout.is_for_invitations:
        messages.info(request, _("The layout of this file can no longer be changed."))
        return redirect("imports:detail", batch.pk)
    if request.method == "POST" and "check" in request.GET:
        return _checked(request)
    draft = _draft_for(request, batch)
    if request.method != "POST":
        draft.check()
        return _form_page(request, draft, is_first=True)
    with once(request) as sent:
        if saved := _sent(request, draft):
            use_layout(batch, saved)
            sent.led_to(redirect("imports:detail", batch.pk))
    if saved is None:
        return _form_page(request, draft)
    start(batch, "preview", request.user)
    return redirect("imports:detail", batch.pk)


def _checked(request: AuthenticatedRequest) -> HttpResponse:
    """The errors so far, shown while somebody is filling in the form; nothing is saved."""
    errors = parse_spec(data_from(request.POST))[1]
    return render(request, "imports/_layout_check.html", {"faults": _faults(errors)})


def _sent(request: AuthenticatedRequest, draft: Draft) -> Layout | None:
    draft.data, draft.name = data_from(request.POST), request.POST.get("name", "").strip()[:200]
    if not draft.batch:
        draft.data["noun"] = draft.layout.noun
    as_new = "as_new" in request.POST
    return draft.save(request.user, as_new=as_new, version=request.POST.get("version", ""))


def _draft_for(request: AuthenticatedRequest, batch: Import) -> Draft:
    """The layout of the import beside its file; a guess instead, if it is asked for."""
    layout = batch.layout
    draft = Draft(layout, layout.name, {**layout.spec, "noun": layout.noun}, batch)
    try:
        draft.files = _files(batch, draft.data)
        draft.table = draft.files.tables[0]
        noun = request.GET.get("guess", "")
        draft.guess = guess_all(draft.files.tables, noun if noun in NOUNS else draft.data["noun"])
        draft.host_reason = propose_host(draft.guess.data, draft.files.tables)
        if noun in NOUNS and request.method != "POST":
            draft.data = draft.guess.data
        if draft.data.get("constants", {}).get("host") != draft.guess.data.get("constants", {}).get("host"):
            draft.host_reason = ""
    except Unreadable as error:
        draft.problem = error.sentence
    return draft


def _files(batch: Import, data: LayoutData) -> Files:
    if not batch.file.storage.exists(batch.file.name or ""):
        raise Unreadable(_("The file no longer exists. Upload it again."))
    spec, _errors = parse_spec(data)
    options = {key: getattr(spec, key) for key in ("sheet", "encoding", "delimiter", "header_row")} if spec else {}
    return open_files(local_path(batch.file), batch.file_name, **options)


def _form_page(
    request: AuthenticatedRequest, draft: Draft, *, is_copy: bool = False, is_first: bool = False
) -> HttpResponse:
    data, errors = draft.data, draft.errors
    guessed = draft.guess.columns if draft.guess else []
    context = {
        "draft": draft,
        "batch": draft.batch,
        "layout": draft.layout,
        "blocks": sorted(blocks_of(data, errors, guessed), key=lambda block: not block.is_unsure),
        "constants": constants_of(data, errors),
        "has_constants": bool(set(data.get("constants", {})) - {"host"}),
        "hosts": Organization.objects.filter(is_host=True, archived_at=None).order_by("sort_key")[:50],
        "names_seen_by": NAMES_SEEN_BY.items(),
        "date_forms": forms_chosen(data.get("date_forms", ["iso"])),
        "schemes": SCHEMES,
        "nouns": [(noun, label) for noun, label in NOUNS.items() if noun != data["noun"]],
        "noun_label": NOUNS[data["noun"]],
        "faults": [] if is_first else _faults(errors),
        "missing": [*errors.get("columns", []), *errors.get("constants.host", [])] if is_first else [],
        "is_copy": is_copy,
        "others": _others(draft),
    }
    return render(request, "imports/layout_form.html", context)


def _faults(errors: Errors) -> list[tuple[str, str]]:
    """Where each mistake is, and what it is."""
    return [(_anchor(name), text) for name, sentences in errors.items() for text in sentences]


def _anchor(name: str) -> str:
    """The field a mistake belongs to; the first column where it is about all of them."""
    parts = name.split(".")
    if parts[0] == "columns":
        return f"c{parts[1]}-{parts[2]}" if len(parts) > 2 else "the-columns"
    return f"constant-{parts[1]}" if parts[0] == "constants" and len(parts) > 1 else name


def _others(draft: Draft) -> int:
    """How many other imports were read by this layout."""
    rows = draft.layout.imports.all()
    return rows.exclude(pk=draft.batch.pk).count() if draft.batch else rows.count()
