"""ASGI entry point."""

import os

import django
from django.core.handlers.asgi import ASGIHandler, ASGIRequest

from engagement.core.checks import stop_if_unfit
from engagement.core.input_cleaning import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")
django.setup(set_prefix=False)
stop_if_unfit()


class Request(Utf8Request, ASGIRequest):
    pass


class Handler(ASGIHandler):
    request_class = Request


application = Handler()
