"""Users as choices of a filter: known to the secretariat only, by the name they are printed with."""

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat, NullIf, Trim

from engagement.core.models import sees_all
from engagement.core.types import Reader

from .models import User


def colleagues(user: Reader) -> QuerySet[User]:
    """Users who can be given something to do; only the secretariat knows them."""
    people: QuerySet[User] = User._default_manager.order_by("username")
    return people if sees_all(user) else people.none()


def printed_name(path: str) -> Coalesce:
    """A user's full name, else the name they sign in with, as the database can tell."""
    full = Trim(Concat(f"{path}__first_name", Value(" "), f"{path}__last_name"))
    return Coalesce(NullIf(full, Value("")), F(f"{path}__username"))
