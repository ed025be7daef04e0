"""Edit conflicts: somebody else saved the record meanwhile; list their changes, merge, let this person decide."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from engagement.core.folding import whole_number

from .form_data import Data, unpack
from .form_state import FormState
from .three_way_merge import Flat, as_new, flatten, merge, parse, parse_posted


def posted_version(request: HttpRequest) -> int | None:
    """The version of the record that was on the screen."""
    return whole_number(request.POST.get("_version", ""))


def posted_data(request: HttpRequest) -> Data:
    return {name: [str(v) for v in values] for name, values in request.POST.lists()}


def put_posted(request: HttpRequest, data: Data) -> None:
    """Let the request look as if this had been posted."""
    post = QueryDict(mutable=True)
    for name, values in data.items():
        post.setlist(name, values)
    request.POST = post  # type: ignore[assignment]


def merge_posted(request: HttpRequest, state: FormState, record: Model, current: Data, was: int) -> None:
    """Merge the posted data into the record's current data, and note the conflicts."""
    base = unpack(request.POST.get("_base", ""))
    merged = merge(parse(base) if base is not None else None, parse(current), parse_posted(posted_data(request)))
    flat = flatten(merged)
    put_posted(request, flat.data)
    state.base = current
    state.conflict = [sentence(change) for change in changes_since(record, was)] or [_("It was saved again.")]
    _mark(state, flat)


def _mark(state: FormState, flat: Flat) -> None:
    state.clashes.update(flat.clashes)
    for prefix in flat.gone:
        message = _("Someone removed this while you were editing. Save to add it again, or remove it here too.")
        state.add_late(prefix, ValidationError(message, code="gone"))


def changes_since(record: Any, version: int) -> Iterable[Any]:
    from engagement.core.history import changes_since as told  # which names users

    return told(record, version)


def sentence(change: Any) -> str:
    """One change as a line of the message."""
    words = {
        "who": change.who or _("Someone"),
        "when": moment(change.when),
        "label": change.label,
        "field": change.field,
        "old": change.old or _("nothing"),
        "new": change.new or _("nothing"),
    }
    if not (change.old or change.new):
        return _("%(who)s, %(when)s: %(label)s: %(field)s") % words
    return _("%(who)s, %(when)s: %(label)s, %(field)s: “%(old)s” became “%(new)s”") % words


def moment(when: dt.datetime) -> str:
    """The time of day, with the date unless it was today."""
    local = timezone.localtime(when)
    time = date_format(local, "H:i")
    return time if local.date() == timezone.localdate() else f"{date_format(local, 'DATE_FORMAT')}, {time}"


def keep_as_new(request: HttpRequest, state: FormState, model: type[Model], pk: str) -> None:
    """The record was deleted while somebody edited it: the posted data becomes the draft of a new one."""
    data = flatten(as_new(parse_posted(posted_data(request)))).data
    for name in ("_version", "_base"):
        data.pop(name, None)
    put_posted(request, data)
    state.add_late("", ValidationError(_deleted(model, pk), code="deleted"))


def _deleted(model: type[Model], pk: str) -> str:
    history = getattr(model, "history", None)
    gone = None
    if history is not None and whole_number(pk) is not None:
        last = history.filter(**{model._meta.pk.attname: pk, "history_type": "-"})
        gone = last.select_related("history_user").order_by("-history_date", "-history_id").first()
    words: dict[str, object] = {"noun": model._meta.verbose_name}
    if gone is None:
        return _("This %(noun)s has been deleted. Your text is kept: save to add it as a new one.") % words
    words["who"] = gone.history_user or _("Someone")
    words["when"] = moment(gone.history_date)
    return _("%(who)s deleted this %(noun)s (%(when)s). Your text is kept: save to add it as a new one.") % words
