"""WSGI entry point."""

import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from engagement.core.checks import stop_if_unfit
from engagement.core.input_cleaning import Utf8Request

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "engagement.settings")
django.setup(set_prefix=False)
stop_if_unfit()


class Request(Utf8Request, WSGIRequest):
    pass


class Handler(WSGIHandler):
    request_class = Request


application = Handler()
