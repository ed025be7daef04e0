"""Models of returns: return forms, and the returns that were sent."""

from .forms import ReturnColumn, ReturnForm, ReturnTable
from .permissions import may_send
from .sent import Return

__all__ = ["Return", "ReturnColumn", "ReturnForm", "ReturnTable", "may_send"]
