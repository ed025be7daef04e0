"""Post/Redirect/Get of a form: the message once a record is saved, the next steps, and the address to land at."""

from collections.abc import Iterator

from django.contrib import admin, messages
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from engagement.core.types import Label

from .once import saved_by

Step = tuple[Label, str]
"""What to do next, and the address where it is done."""


class SavedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Says that the record was saved, in one sentence, and offers the next steps."""

    def saved_sentence(self, record: Model) -> str:
        return _("%(noun)s saved.") % {"noun": capfirst(str(record._meta.verbose_name))}

    def next_steps(self, request: HttpRequest, record: Model) -> Iterator[Step]:
        """After a new record comes the next new one."""
        if getattr(request, "is_new_record", False) and self.has_add_permission(request):
            address = reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_add")
            yield _("Add another %(noun)s") % {"noun": self.opts.verbose_name}, address

    def message_user(
        self,
        request: HttpRequest,
        message: Label,
        level: int | str = messages.INFO,
        extra_tags: str = "",
        fail_silently: bool = False,
    ) -> None:
        """Once a form is saved, our own message; otherwise Django's."""
        record = saved_by(request)
        if isinstance(record, Model) and level == messages.SUCCESS:
            steps = [(address, label) for label, address in self.next_steps(request, record)]
            links = format_html_join(" · ", '<a href="{}">{}</a>', steps)
            message = format_html("{} {}", self.saved_sentence(record), links) if steps else self.saved_sentence(record)
        super().message_user(request, message, level, extra_tags, fail_silently)
