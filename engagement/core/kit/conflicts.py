"""Somebody else saved the record meanwhile: say what they changed, merge, and let this person decide."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .merge import Flat, as_new, flatten, merge, parse
from .posted import Data, unpack
from .state import FormState


def posted_version(request: HttpRequest) -> int | None:
    """The version of the record that was on the screen."""
    text = request.POST.get("_version", "")
    return int(text) if text.isdigit() else None


def posted_data(request: HttpRequest) -> Data:
    return {name: [str(v) for v in values] for name, values in request.POST.lists()}


def put_posted(request: HttpRequest, data: Data) -> None:
    """Let the request look as if this had been posted."""
    post = QueryDict(mutable=True)
    for name, values in data.items():
        post.setlist(name, values)  # type: ignore[arg-type]
    request.POST = post  # type: ignore[assignment]


def merge_posted(request: HttpRequest, state: FormState, record: Any, current: Data, was: int) -> None:
    """Merge what was typed into what the record is now, and note what to tell."""
    base = unpack(request.POST.get("_base", ""))
    merged = merge(parse(base) if base is not None else None, parse(current), parse(posted_data(request)))
    flat = flatten(merged)
    flat.data["_version"] = [str(record.version)]
    put_posted(request, flat.data)
    state.base = current
    for error in _told(record, was):
        state.add_late("", error)
    _mark(state, flat)


def _mark(state: FormState, flat: Flat) -> None:
    state.clashes.update(flat.clashes)
    for prefix in flat.gone:
        message = _("Somebody removed this meanwhile, while you changed it. Save to add it again, or remove it here too.")
        state.add_late(prefix, ValidationError(message, code="gone"))


def _told(record: Model, was: int) -> Iterable[ValidationError]:
    """Who changed what, and when; the sentence before it says what happens next."""
    yield ValidationError(
        _(
            "Somebody else changed this while you were writing, so nothing was saved yet. What you typed is kept, "
            "and fields you had not touched show what they wrote. Check it, then save again."
        ),
        code="conflict",
    )
    for change in changes_since(record, was):
        yield ValidationError(sentence(change), code="changed")


def changes_since(record: Model, version: int) -> Iterable[Any]:
    from engagement.core.history import changes_since as told

    return told(record, version)


def sentence(change: Any) -> str:
    """One change as a line of the message."""
    when = change.when
    if timezone.localdate(when) == timezone.localdate():
        moment = date_format(timezone.localtime(when), "TIME_FORMAT")
    else:
        moment = date_format(timezone.localtime(when), "SHORT_DATETIME_FORMAT")
    words = {
        "who": change.who or _("Somebody"),
        "when": moment,
        "label": change.label,
        "field": change.field,
        "old": change.old,
        "new": change.new,
    }
    if not change.field:
        return _("%(who)s, %(when)s: %(label)s") % words
    return _("%(who)s, %(when)s: %(label)s, %(field)s: “%(old)s” became “%(new)s”") % words


def keep_as_new(request: HttpRequest, state: FormState, model: type[Model], pk: str) -> None:
    """The record was deleted while somebody edited it: what they typed becomes the draft of a new one."""
    data = flatten(as_new(parse(posted_data(request)))).data
    for name in ("_version", "_base"):
        data.pop(name, None)
    put_posted(request, data)
    state.add_late("", ValidationError(_deleted(model, pk), code="deleted"))


def _deleted(model: type[Model], pk: str) -> str:
    history = getattr(model, "history", None)
    gone = None
    if history is not None:
        last = history.filter(**{model._meta.pk.attname: pk, "history_type": "-"})
        gone = last.select_related("history_user").order_by("-history_date", "-history_id").first()
    words: dict[str, Any] = {"noun": model._meta.verbose_name}
    if gone is None:
        return _("This %(noun)s was deleted meanwhile. What you typed is kept: save to add it as a new one.") % words
    words["who"] = gone.history_user or _("Somebody")
    words["when"] = date_format(timezone.localtime(gone.history_date), "SHORT_DATETIME_FORMAT")
    return _("%(who)s deleted this %(noun)s (%(when)s). What you typed is kept: save to add it as a new one.") % words
