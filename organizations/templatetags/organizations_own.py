"""Template tags for an organization's own representatives: the parts of its page for them alone."""

from django import template
from django.template.context import RequestContext

from engagement.core.models import sees_all
from organizations.models import Organization

register = template.Library()


@register.simple_tag(takes_context=True)
def represents(context: RequestContext, organization: Organization) -> bool:
    """Whether this reader acts for the organization today; nobody else is asked for in the database."""
    user = context["request"].user
    if not user.is_authenticated or sees_all(user):
        return False
    return Organization.objects.represented_by(user).filter(pk=organization.pk).exists()
