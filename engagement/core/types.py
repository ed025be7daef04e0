"""Type aliases for people: who reads, who is signed in, who acts."""

from typing import TYPE_CHECKING, Any, TypeAlias

from django.http import HttpRequest

if TYPE_CHECKING:  # the stubs' names for the user model that the settings choose
    from django.contrib.auth.models import _AnyUser, _User

    Reader: TypeAlias = _AnyUser
    SignedIn: TypeAlias = _User
    Actor: TypeAlias = _User | None
else:
    Reader = SignedIn = Actor = Any


class AuthenticatedRequest(HttpRequest):
    """The request of a view that only signed-in people reach."""

    if TYPE_CHECKING:
        user: SignedIn
