"""Page object of minutes for one reader: a version or two in words, the comments beside them, the reader's answers."""

from collections import Counter as Tally
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.core.models import Visibility, sees_all
from engagement.core.types import Reader
from meetings.public_content import Content
from organizations.models import Organization

from .content import narrowed
from .document import Part, Remark, parts_of, with_comments
from .forms import CommentForm, ResolveForm
from .models import Minutes, MinutesAgreement, MinutesComment, MinutesCommentQuerySet, MinutesVersion
from .workflow import Standing


@dataclass
class Answering:
    """Who may answer from this page, and where the answer is sent."""

    organization: Organization
    address: str
    number: int
    may_comment: bool
    may_agree: bool
    is_by_link: bool = False
    form: CommentForm | None = None
    """What was sent and was wrong, with all that was typed."""

    def form_for(self, part: Part | None) -> CommentForm:
        """The form below a part; the one that was wrong where it was sent from."""
        if self.form is not None and self.form.data.get("part", "") == (part.key if part else ""):
            return self.form
        return CommentForm(auto_id=f"{part.key if part else 'whole'}-%s")


@dataclass
class MinutesPage:
    """One version as this reader gets it; with ``before``, compared with that one."""

    minutes: Minutes
    reader: Reader
    version: MinutesVersion
    before: MinutesVersion | None = None
    answering: Answering | None = None
    is_all: bool = True
    wrong: "tuple[int, ResolveForm] | None" = None
    """The comment whose resolution was wrong, and what was typed."""

    @cached_property
    def standing(self) -> Standing:
        return Standing(self.minutes, self.reader)

    @cached_property
    def is_staff(self) -> bool:
        return sees_all(self.reader)

    @cached_property
    def versions(self) -> list[MinutesVersion]:
        """The versions that this reader may read, the oldest first, without their content."""
        if self.answering is not None and self.answering.is_by_link:
            return [self.version]
        rows = MinutesVersion.objects.visible_to(self.reader).filter(minutes=self.minutes).without_content()
        return list(rows.select_related("by").prefetch_related("sendings").order_by("number"))

    def _content(self, version: MinutesVersion) -> Content:
        return version.content if self.is_staff else narrowed(version.content, self.reader)

    @cached_property
    def content(self) -> Content:
        return self._content(self.version)

    @cached_property
    def is_whole(self) -> bool:
        return self.content == self.version.content

    @cached_property
    def _read(self) -> tuple[list[Part], list[Remark]]:
        parts = parts_of(self.content, self._content(self.before) if self.before else None)
        return parts, with_comments(parts, self.comments)

    @property
    def parts(self) -> list[Part]:
        return self._read[0]

    @property
    def shown(self) -> list[Part]:
        """All of them, or those that differ or were commented on."""
        return [part for part in self.parts if self.is_all or part.differs or part.comments]

    @property
    def same(self) -> list[str]:
        return [part.title for part in self.parts if not (self.is_all or part.differs or part.comments)]

    @property
    def on_the_whole(self) -> list[Remark]:
        return self._read[1]

    @cached_property
    def comments(self) -> list[MinutesComment]:
        """The comments that this reader may read, of all versions, in their order."""
        if self.version.audience == Visibility.PUBLIC and not self.is_staff:
            return []
        rows: MinutesCommentQuerySet = MinutesComment.objects.visible_to(self.reader).for_page()
        return list(rows.filter(version__minutes=self.minutes))

    @property
    def comments_by_version(self) -> dict[int, int]:
        """How many this reader may read, by key of the version."""
        return Tally(comment.version_id for comment in self.comments)

    @property
    def comments_told(self) -> str:
        """The number of comments and of decisions on them, in words; nothing where there are none."""
        if not self.comments:
            return ""
        became = Tally("" if one.is_open else one.resolution.told for one in self.comments)
        told = [_("%(n)d open") % {"n": became.pop("")}] if "" in became else []
        told += [f"{number} {what.lower()}" for what, number in sorted(became.items())]
        all_of_them = ngettext("%(n)d comment", "%(n)d comments", len(self.comments)) % {"n": len(self.comments)}
        return f"{all_of_them}: {', '.join(told)}"

    @cached_property
    def agreements(self) -> list[MinutesAgreement]:
        rows = MinutesAgreement.objects.visible_to(self.reader).filter(version=self.version)
        return list(rows.select_related("organization", "by", "link"))

    @cached_property
    def may_resolve(self) -> bool:
        return self.standing.may_edit and self.minutes.is_open

    @property
    def is_sent(self) -> bool:
        return self.standing.sent is not None and self.standing.sent.pk == self.version.pk

    @property
    def links(self) -> list[object]:
        """The links that were given, for the secretariat."""
        return list(self.minutes.links.with_whole()) if self.is_staff else []

    def resolve_form(self, remark: Remark) -> ResolveForm:
        if self.wrong is not None and self.wrong[0] == remark.comment.pk:
            return self.wrong[1]
        return ResolveForm(auto_id=f"comment-{remark.comment.pk}-%s")
