"""Gunicorn's configuration; it reads this file where it is started, the command line has the last word.

By itself Gunicorn believes anybody on the same machine who says that a request came by HTTPS. Whether a proxy is
believed is for the site to decide, by TRUSTED_PROXY, and for nobody before it.
"""

import gc

forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}


def post_worker_init(worker: object) -> None:
    """What a worker has imported is never garbage, and a page makes thousands of objects that end with it: collecting
    took a twelfth of the processor time of a morning page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)
