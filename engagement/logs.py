"""Log filter: masks the secrets that stand in addresses."""

import logging
import re

SECRET_PATH = re.compile(r"(?<!/accounts)(/calendar/)[^/\s?\"'<>]+")


class Formatter(logging.Formatter):
    """A private calendar link is a key: whoever reads a log must not be able to use it."""

    def format(self, record: logging.LogRecord) -> str:
        return SECRET_PATH.sub(r"\1[secret]", super().format(record))
