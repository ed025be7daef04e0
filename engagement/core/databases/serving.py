"""Context variable that says whether a request is being answered, and somebody waits. A command may take its time."""

from contextvars import ContextVar

from django.core.signals import request_finished

somebody_waits: ContextVar[bool] = ContextVar("somebody_waits", default=False)


def _nobody_waits(**signal: object) -> None:
    somebody_waits.set(False)


request_finished.connect(_nobody_waits, dispatch_uid="core.databases.serving")
