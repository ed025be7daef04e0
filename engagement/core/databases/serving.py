"""Whether the code that runs is answering somebody, who waits. A command may wait as long as it takes."""

from contextvars import ContextVar

from django.core.signals import request_finished

somebody_waits: ContextVar[bool] = ContextVar("somebody_waits", default=False)


def _nobody_waits(**signal: object) -> None:
    somebody_waits.set(False)


request_finished.connect(_nobody_waits, dispatch_uid="core.databases.serving")
