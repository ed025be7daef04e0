"""Locale formats: hours are written as on every page, 15:06 and not 3:06 p.m.; all else is Django's."""

TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
