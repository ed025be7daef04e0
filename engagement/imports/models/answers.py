"""Remembered answers: which organization a text of a publisher means."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.core.models.fields import when, who
from engagement.core.types import Actor
from engagement.imports.models.layouts import Layout
from engagement.imports.models.permissions import ImportersQuerySet
from engagement.imports.models.rows import AnswerData, QuestionData
from organizations.models import Organization


class Choice(models.TextChoices):
    ORGANIZATION = "organization", _("This organization")
    NEW = "new", _("A new one")
    SKIP = "skip", _("Leave the row out")
    SAME = "same", _("One organization")
    NAMES = "names", _("These names")


class AnswerQuerySet(ImportersQuerySet):
    def remember(self, layout: Layout, question: QuestionData, answer: AnswerData, by: Actor) -> "Answer":
        """Remember a decision, so that the next file does not ask again."""
        facts = {
            "published": question["published"][:1000],
            "choice": answer["choice"],
            "organization_id": answer.get("organization"),
            "names": answer.get("names", []),
            "decided_at": timezone.now(),
            "decided_by": by,
        }
        found: Answer = self.update_or_create(layout=layout, text=question["key"], defaults=facts)[0]
        return found


class Answer(models.Model):
    """A remembered decision: a text of this layout's files means an organization, a new one, or nothing to import."""

    Choice = Choice

    layout = models.ForeignKey(Layout, models.CASCADE, related_name="answers", verbose_name=_("layout"))
    text = models.CharField(_("what was asked"), max_length=300)
    published = models.TextField(_("as published"), blank=True)
    choice = models.CharField(_("answer"), max_length=15, choices=Choice.choices)
    organization = models.ForeignKey(
        Organization,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="import_answers",
        verbose_name=_("organization"),
    )
    names = models.JSONField(_("names in the cell"), default=list, blank=True)
    decided_at = when(_("decided at"))
    decided_by = who(_("decided by"))

    objects = AnswerQuerySet.as_manager()

    class Meta:
        verbose_name = _("remembered answer")
        verbose_name_plural = _("remembered answers")
        ordering = ["layout", "text", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["layout", "text"], name="answer_once", violation_error_message=_("This was already answered.")
            ),
            models.CheckConstraint(
                condition=Q(choice="organization", organization__isnull=False)
                | Q(choice__in=["new", "skip", "same", "names"], organization=None),
                name="answer_names_an_organization",
                violation_error_message=_("Choose the organization that is meant."),
            ),
        ]

    def __str__(self) -> str:
        return self.published or self.text
