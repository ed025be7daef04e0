"""Time zones as people say them: “Amsterdam time” for ``Europe/Amsterdam``."""

from django.utils.translation import gettext as _

UNIVERSAL = ("UTC", "GMT", "Etc")


def zone_name(zone: object) -> str:
    """By the place that gives a zone its name; universal time, and what is some hours from it, as it is."""
    area, _slash, place = str(zone).replace("_", " ").rpartition("/")
    if area.startswith(UNIVERSAL) or place.startswith(UNIVERSAL):
        return place
    return _("%(place)s time") % {"place": place}
