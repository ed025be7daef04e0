"""Detail views of organizations."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from engagement.core.page_cache import render_cached
from engagement.core.views import at_address, moved_to

from .models import Organization


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    def read() -> dict[str, object] | HttpResponse:
        seen = Organization.objects.visible_to(request.user)
        organization = at_address(seen.for_page(request.user), slug)
        if organization.slug != slug:
            return moved_to(request, organization)
        umbrella, members = organization.family(request.user)
        return {"organization": organization, "umbrella": umbrella, "members": members}

    return render_cached(request, "organizations/organization_detail.html", read)
