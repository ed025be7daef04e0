"""The site's own settings, for a Gunicorn of a test: static files are served as they lie."""

from engagement.settings import *  # noqa: F403
from engagement.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
