"""Settings of the benchmarks: the site's own, with the page that does nothing and the counting of queries."""

from engagement.settings import *  # noqa: F403
from engagement.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["127.0.0.1"]
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
MIDDLEWARE = ["benchmarks.queries.Measured", *MIDDLEWARE]
