"""Return forms as records: the file that an authority asks for, its columns, and the values in them."""

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.core.models import Ordered, Record, SortKeyField
from engagement.core.models.fields import SeveralChoicesField
from engagement.core.models.history import History
from engagement.core.models.slugs import free_code
from engagement.returns.vocabulary import (
    Correction,
    DateFormat,
    Delimiter,
    Encoding,
    FileFormat,
    Nil,
    RowsOf,
    Separator,
    Source,
)
from meetings.models import Regime
from organizations.models import Post

from .permissions import SendersQuerySet

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class FormQuerySet(SendersQuerySet):
    pass


class ReturnForm(Record):
    """A form: its period, its kind of file, and its way of corrections."""

    FileFormat = FileFormat
    Correction = Correction
    asked_for = {"name": _("Enter the name of the form.")}

    code = models.SlugField(_("code"), max_length=60, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=120, unique=True)
    regime = models.ForeignKey(
        Regime, models.PROTECT, null=True, blank=True, related_name="return_forms", verbose_name=_("publication rule")
    )
    period = models.CharField(_("period"), max_length=12, choices=Regime.Period.choices)
    title = models.CharField(
        _("title"),
        max_length=200,
        blank=True,
        help_text=_(
            "The file gets this name. [host], [from], [to] and [year] are replaced: host, first and last month, year."
        ),
    )
    ranks = SeveralChoicesField(
        _("whose meetings"),
        options=Post.Rank,
        help_text=_("Of people with these posts at the host. Select none for all meetings."),
    )
    file_format = models.CharField(_("kind of file"), max_length=4, choices=FileFormat.choices, default=FileFormat.CSV)
    encoding = models.CharField(_("encoding"), max_length=10, choices=Encoding.choices, default=Encoding.PLAIN)
    delimiter = models.CharField(_("delimiter"), max_length=3, choices=Delimiter.choices, default=Delimiter.COMMA)
    first_line = models.CharField(
        _("line above the headings"),
        max_length=200,
        blank=True,
        help_text=_("[today] is replaced by the day on which the return is made."),
    )
    missing = models.CharField(
        _("text for unknown values"), max_length=20, blank=True, help_text=_("Leave empty for an empty cell.")
    )
    list_separator = models.CharField(
        _("separator between values"), max_length=5, choices=Separator.choices, default=Separator.SEMICOLON_BLANK
    )
    part_separator = models.CharField(
        _("separator between the parts of a value"),
        max_length=5,
        choices=Separator.choices,
        default=Separator.COMMA_BLANK,
    )
    correction = models.CharField(
        _("a correction contains"), max_length=5, choices=Correction.choices, default=Correction.WHOLE
    )
    source_url = models.URLField(_("link to source"), max_length=500, blank=True)
    sort_key = SortKeyField("name")

    history = History(excluded_fields=["sort_key"])
    objects = FormQuerySet.as_manager()

    if TYPE_CHECKING:
        tables: RelatedManager["ReturnTable"]

    class Meta:
        verbose_name = _("return form")
        verbose_name_plural = _("return forms")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file_format__in=FileFormat.values, correction__in=Correction.values),
                name="return_form_file_known",
                violation_error_message=_("Choose the kind of file, and what a correction contains, from the lists."),
            ),
            models.CheckConstraint(
                condition=Q(period__in=Regime.Period.values),
                name="return_form_period_known",
                violation_error_message=_("Choose the period from the list."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        if not self.code:
            self.code = free_code(type(self), "code", self.name, most=50, otherwise="form")
        super().save(*args, **kwargs)

    def check_whole(self) -> None:
        """A single file has a single table; each table has a heading."""
        tables = list(self.tables.prefetch_related("columns"))
        if self.file_format != FileFormat.ZIP and len(tables) > 1:
            raise ValidationError(
                _("This kind of file has one table. For several tables, choose a ZIP archive."), code="tables"
            )
        names = [table.name for table in tables]
        if not tables or len(set(names)) != len(names):
            raise ValidationError(_("Add at least one table. Give each its own name."), code="tables")
        for table in tables:
            if not table.columns.all():
                raise ValidationError(
                    _("Add a column to the table “%(table)s”."), code="columns", params={"table": table}
                )


class TableQuerySet(SendersQuerySet):
    pass


class ReturnTable(Ordered, Record):
    """A table of a form: the file, a file of the archive, or a sheet of the workbook."""

    RowsOf = RowsOf
    Nil = Nil
    root_field = "form"
    order_within = ("form",)
    asked_for = {"name": _("Enter the name of the sheet or file.")}

    form = models.ForeignKey(ReturnForm, models.CASCADE, related_name="tables", verbose_name=_("return form"))
    name = models.CharField(_("name"), max_length=80, help_text=_("Name of the sheet, or of the file in the archive."))
    rows_of = models.CharField(_("one row is"), max_length=12, choices=RowsOf.choices, default=RowsOf.ORGANIZATION)
    nil = models.CharField(_("if there are no meetings"), max_length=8, choices=Nil.choices, default=Nil.HEADINGS)

    history = History()
    objects = TableQuerySet.as_manager()

    if TYPE_CHECKING:
        columns: RelatedManager["ReturnColumn"]

    class Meta:
        verbose_name = _("table")
        verbose_name_plural = _("tables")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(rows_of__in=RowsOf.values, nil__in=Nil.values),
                name="return_table_rows_known",
                violation_error_message=_(
                    "Choose from the lists what one row is, and what the file contains if there are no meetings."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ReturnColumn(Ordered, Record):
    """A column: its heading, exactly as the form has it, and the source of its values."""

    Source = Source
    root_field = "form"
    order_within = ("table",)
    asked_for = {"heading": _("Enter the heading, exactly as the form has it.")}

    form = models.ForeignKey(
        ReturnForm, models.CASCADE, related_name="columns", editable=False, verbose_name=_("return form")
    )
    table = models.ForeignKey(ReturnTable, models.CASCADE, related_name="columns", verbose_name=_("table"))
    heading = models.CharField(_("heading"), max_length=200, help_text=_("Exactly as the form has it."))
    source = models.CharField(_("content"), max_length=24, choices=Source.choices, default=Source.TEXT)
    text = models.CharField(_("text"), max_length=200, blank=True, help_text=_("Only if it is the same in every row."))
    date_format = models.CharField(_("date format"), max_length=12, choices=DateFormat.choices, default=DateFormat.ISO)
    nil_text = models.CharField(_("text if there are no meetings"), max_length=100, blank=True)
    is_required = models.BooleanField(_("required"), default=False)

    history = History()
    objects = TableQuerySet.as_manager()

    class Meta:
        verbose_name = _("column")
        verbose_name_plural = _("columns")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(text="") | Q(source="text"),
                name="return_column_text_of_its_own",
                violation_error_message=_("Enter a text only if the column has the same text in every row."),
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def save(self, *args: object, **kwargs: object) -> None:
        self.form = self.table.form
        super().save(*args, **kwargs)
