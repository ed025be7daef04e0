"""Type aliases: for people (who reads, who is signed in, who acts), and for code that works on rows of any model."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeAlias

from django.db.models import QuerySet
from django.http import HttpRequest

if TYPE_CHECKING:  # the stubs' names for the user model that the settings choose
    from django.contrib.auth.models import _AnyUser, _User
    from django.db.models import Field
    from django.utils.functional import _StrPromise

    Reader: TypeAlias = _AnyUser
    SignedIn: TypeAlias = _User
    Actor: TypeAlias = _User | None
    AnyField: TypeAlias = Field[Any, Any]
    Label: TypeAlias = str | _StrPromise
    """Words for people, translated when they are shown."""
else:
    Reader = SignedIn = Actor = AnyField = Label = Any

Row: TypeAlias = Any
"""A record of whatever model a list is of: what it has is known to the list's own app."""
FieldValue: TypeAlias = Any
"""What a field of such a record holds, or a filter cleans."""
Rows: TypeAlias = QuerySet[Any]
SeenBy: TypeAlias = Callable[[Any], Rows]
"""From whoever reads to the records they may know of."""


class AuthenticatedRequest(HttpRequest):
    """The request of a view that only signed-in people reach."""

    if TYPE_CHECKING:
        user: SignedIn
