"""Time zones as people say them: “Amsterdam time” for ``Europe/Amsterdam``."""

from django.utils.translation import gettext as _

UNIVERSAL = ("UTC", "GMT", "Etc")


def zone_name(zone: object) -> str:
    """The name of a time zone by its city; universal time, and fixed offsets from it, as they are."""
    area, _slash, place = str(zone).replace("_", " ").rpartition("/")
    if area.startswith(UNIVERSAL) or place.startswith(UNIVERSAL):
        return place
    return _("%(place)s time") % {"place": place}
