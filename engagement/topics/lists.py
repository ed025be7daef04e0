"""List view of topics, under the themes they belong to."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Model, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from engagement.core.lists.request import PageRequest
from engagement.core.lists.sorts import Sort, first_of
from engagement.core.lists.views import ListPage

from .filters import TopicFilter, themes, topics
from .models import Theme, Topic


@dataclass
class Branch:
    """A theme, how many topics there are under it and the narrower ones, and these."""

    theme: Theme
    number: int
    url: str
    is_chosen: bool
    narrower: list["Branch"] = field(default_factory=list)


def theme_tree(asked: PageRequest) -> list[Branch]:
    """The vocabulary as a tree, with the number of topics for whatever else is asked. Retired themes only if used."""
    user = asked.user
    rows = asked.filterset.without("theme").order_by().values("pk")
    here = Count("branch__topics", filter=Q(branch__topics__in=rows), distinct=True)
    chosen = {one.value for one in asked.filterset.chosen if one.parameter == "theme"}
    below: dict[int | None, list[Branch]] = defaultdict(list)
    for theme in themes(user).annotate(number=here).order_by("sort_key", "pk"):
        if theme.number or theme.archived_at is None:
            url = asked.links.asking(theme=theme.slug)
            below[theme.parent_id].append(Branch(theme, theme.number, url, theme.slug in chosen))
    for branches in list(below.values()):
        for branch in branches:
            branch.narrower = below.get(branch.theme.pk, [])
    return below[None]


class TopicList(ListPage):
    """Topics by title, as they come back in meeting after meeting."""

    url_name = "topics:list"
    filterset_class = TopicFilter
    sorts = {
        "title": Sort.on("sort_key", _("Topic"), jump="text"),
        "status": Sort.in_order_of("status", Topic.Status.choices, _("Status")),
        "themes": Sort.by_expression(_("Themes"), first_of(themes, "topics", "sort_key")),
    }
    default_sort = "title"
    rows_template = "topics/_list_rows.html"
    title = _("Topics")
    lede = _("Subjects discussed, and how positions changed")
    none_recorded = _("No topics recorded yet.")
    none_shown = _("No topics to show yet. Topics appear here once they are discussed at a meeting you can see.")

    def get_queryset(self) -> "QuerySet[Model]":
        return topics(self.request.user)

    def prepare(self, rows: "QuerySet[Model]", request: HttpRequest) -> "QuerySet[Model]":
        return rows.prefetch_related("themes")

    def counted(self, number: int) -> str:
        return ngettext("%(number)s topic", "%(number)s topics", number) % {"number": number}

    def extra_context(self, asked: PageRequest) -> dict[str, object]:
        context: dict[str, object] = {"below_template": "topics/_theme_tree.html", "tree": theme_tree(asked)}
        if self.request.user.has_perm("topics.add_topic"):
            context |= {"add_url": reverse("admin:topics_topic_add"), "add_label": _("Add a topic")}
        return context
