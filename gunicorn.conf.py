"""Gunicorn's configuration; it reads this file where it is started, the command line has the last word.

By itself Gunicorn believes anybody on the same machine who says that a request came by HTTPS. Whether a proxy is
believed is for the site to decide, by TRUSTED_PROXY, and for nobody before it.
"""

forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
