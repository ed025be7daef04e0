"""Controlled vocabulary of return forms: the sources of a column, and the subjects of a row."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RowsOf(models.TextChoices):
    """The subject of one row of a table."""

    ORGANIZATION = "organization", _("A meeting and one of the organizations met")
    MEETING = "meeting", _("A meeting")
    PERSON = "person", _("A meeting and one of the host’s people")
    TOPIC = "topic", _("A meeting and one of its topics")
    POST = "post", _("A post at the host, with its holder")


class Source(models.TextChoices):
    """The value of a column. Where a row has none, the cell is empty, or says what the form has for that."""

    TEXT = "text", _("The same text in every row")
    REFERENCE = "reference", _("Reference of the meeting, the same in each of its rows")
    REPLACES = "replaces", _("Reference of the entry that a correction replaces")
    COUNT = "count", _("Number of the row")
    PERIOD = "period", _("Period")
    MADE_ON = "made_on", _("Day on which the return is made")
    URL = "url", _("Page of the meeting")

    DATE = "date", _("Date of the meeting")
    PUBLISHED_ON = "published_on", _("Day of publication")
    TITLE = "title", _("Title of the meeting")
    PURPOSE = "purpose", _("Purpose, or the title where none is recorded")
    PLACE = "place", _("Place: venue, city, country")
    CITY = "city", _("City")
    COUNTRY = "country", _("Country")
    FORM = "form", _("Form of contact")
    ATTENDANCE = "attendance", _("Attendance: in person, online, hybrid")
    REQUESTED_BY = "requested_by", _("Who requested it")
    TOPICS = "topics", _("Topics discussed")
    THEMES = "themes", _("Themes")
    REFERENCES = "references", _("Laws and other references")
    SAID = "said", _("What was said")

    HOST = "host", _("Host")
    HOST_ACRONYM = "host_acronym", _("Acronym of the host")
    PEOPLE = "people", _("Names of the host’s people")
    FUNCTIONS = "functions", _("Functions of the host’s people")
    OFFICIALS = "officials", _("Name, function and host of each of the host’s people")

    ORGANIZATION = "organization", _("Name of the organization")
    ACRONYM = "acronym", _("Acronym of the organization")
    REGISTER_NUMBER = "register_number", _("Register number of the organization on that day")
    COMPANY_NUMBER = "company_number", _("Company number of the organization")
    ORGANIZATION_KIND = "organization_kind", _("Kind of organization")
    ORGANIZATION_COUNTRY = "organization_country", _("Country of the organization")
    LEGAL_FORM = "legal_form", _("Legal form of the organization")
    SECTOR = "sector", _("Sector of the organization")
    ITS_PEOPLE = "its_people", _("Names of the organization’s people")
    ITS_FIRST_PERSON = "its_first_person", _("First of the organization’s people")
    HAS_CLIENT = "has_client", _("Whether it came on behalf of others: Yes or No")
    IS_FOR_ITSELF = "is_for_itself", _("Whether it came on its own behalf: Yes or No")
    CLIENTS = "clients", _("On whose behalf it came")
    SOUGHT = "sought", _("What the organization asked for: its positions")

    PERSON = "person", _("Name of the person (a row for each person)")
    PERSON_LAST = "person_last", _("Last name of the person: the last word of the name")
    PERSON_FIRST = "person_first", _("First names of the person: the words before it")
    PERSON_FUNCTION = "person_function", _("Function of the person")
    TOPIC = "topic", _("Topic (a row for each topic)")
    POST_PERSON = "post_person", _("Who holds the post (a row for each post)")
    POST_FUNCTION = "post_function", _("Function of the post")
    POST_SINCE = "post_since", _("First day in the post")
    POST_UNTIL = "post_until", _("Last day in the post")


class DateFormat(models.TextChoices):
    """How a day is written; in a workbook, ISO is a true date."""

    ISO = "iso", _("2025-05-08")
    SLASHES = "slashes", _("08/05/2025")
    DASHES = "dashes", _("08-05-2025")
    SLASHES_TIME = "slashes_time", _("08/05/2025 00:00:00")
    WORDS = "words", _("8 May 2025")


PATTERNS = {
    DateFormat.ISO: "%Y-%m-%d",
    DateFormat.SLASHES: "%d/%m/%Y",
    DateFormat.DASHES: "%d-%m-%Y",
    DateFormat.SLASHES_TIME: "%d/%m/%Y %H:%M:%S",
}


class FileFormat(models.TextChoices):
    CSV = "csv", _("CSV")
    XLSX = "xlsx", _("XLSX workbook")
    ZIP = "zip", _("CSV files in a ZIP archive")


class Encoding(models.TextChoices):
    PLAIN = "utf-8", _("UTF-8")
    MARKED = "utf-8-sig", _("UTF-8 with a byte order mark")


class Delimiter(models.TextChoices):
    COMMA = ",", _("Comma")
    SEMICOLON = ";", _("Semicolon")
    TAB = "tab", _("Tab")


class Separator(models.TextChoices):
    """Between several values of a cell, or the parts of one; a choice, as a form would trim the blanks."""

    SEMICOLON_BLANK = "; ", _("Semicolon and space")
    SEMICOLON = ";", _("Semicolon")
    COMMA_BLANK = ", ", _("Comma and space")
    COLONS = "::", _("Two colons")
    BAR = "|", _("Vertical bar")


class Correction(models.TextChoices):
    WHOLE = "whole", _("The whole period")
    ROWS = "rows", _("Only the changes; each row names the one it replaces")


class Nil(models.TextChoices):
    """The content of a table of a period without meetings."""

    HEADINGS = "headings", _("Only the headings")
    ROW = "row", _("One row")
    PEOPLE = "people", _("A row for each post without a meeting")
