"""Parse countries and web addresses, with a sentence where a cell holds something else."""

from django.utils.translation import gettext as _

from engagement.imports.parsing.cells import Cells
from engagement.imports.parsing.gazetteer import country_code


def country_of(cells: Cells) -> str:
    """Two letters, from a code or a name in English, French or German."""
    text = cells.mapped("country")
    code = country_code(text) if text else ""
    if text and not code:
        cells.note("unknown_country", "country", _("“%(text)s” is not a country.") % {"text": text[:60]})
    return code


def address_of(cells: Cells, target: str, most: int) -> str:
    """A web address; one without a beginning gets https, anything else is said and left out."""
    text = cells.text(target)
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    host = address.split("://", 1)[1].split("/", 1)[0]
    is_web = address.lower().startswith(("http://", "https://")) and "." in host and " " not in address
    if is_web and len(address) <= most:
        return address
    cells.note("no_address", target, _("“%(text)s” is not a web address.") % {"text": text[:100]})
    return ""
