"""Exports of the list of topics: file and feed."""

from typing import Any

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy

from engagement.core.exports import Column, Entry, Export

from .lists import TopicList

COLUMNS = [
    Column("title", gettext_lazy("Its title.")),
    Column("url", gettext_lazy("Its page."), "address"),
    Column("status", gettext_lazy("open, dormant or closed.")),
    Column("themes", gettext_lazy("Themes it belongs to."), lambda topic: [t.name for t in topic.themes.all()]),
    Column("description", gettext_lazy("What it is about.")),
    Column("changed_at", gettext_lazy("When the record was last changed.")),
]


class TopicsExport(Export):
    name = "topics"
    url_name = "topics:export"
    page_class = TopicList
    columns = COLUMNS

    def prepare(self, rows: "QuerySet[Model]") -> "QuerySet[Model]":
        return rows.prefetch_related("themes")

    def entry(self, row: Any) -> Entry:
        themes = [theme.name for theme in row.themes.all()]
        return Entry.of(row, row.pk, row.title, [", ".join(themes), row.description], *themes)
