"""Instrumented rendering: the test client is told of a page's own template, not of each include and widget in it.

Django copies the whole context for each of them: five thousand copies for one form of the admin.
"""

from typing import Any

from django.template import Context, Template
from django.test import signals, utils

WIDGETS = ("django/forms/", "admin/widgets/", "core/widgets/")


def tell_of_pages_only() -> None:
    """``response.context`` holds what the view gave, ``response.templates`` the template that it named."""
    utils.instrumented_test_render = _render  # type: ignore[attr-defined]


def _render(template: Template, context: Context) -> Any:
    if context.template is template and not (template.name or "").startswith(WIDGETS):
        signals.template_rendered.send(sender=template, template=template, context=context)
    return template.nodelist.render(context)
