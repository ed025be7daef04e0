"""The site's own settings, with the page that does nothing, and the number of queries where somebody asks for it."""

from engagement.settings import *  # noqa: F403
from engagement.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MIDDLEWARE = ["benchmarks.queries.Measured", *MIDDLEWARE]
