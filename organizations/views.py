"""Pages about organizations."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engagement.core.pages import at_address, page_of

from .models import Organization


@require_safe
def organization_list(request: HttpRequest) -> HttpResponse:
    organizations = Organization.objects.visible_to(request.user).current().order_by("name", "pk")
    page = page_of(request, organizations, size=50)
    return render(request, "organizations/organization_list.html", {"page_obj": page})


@require_safe
def organization_detail(request: HttpRequest, slug: str) -> HttpResponse:
    seen = Organization.objects.visible_to(request.user)
    organization = at_address(seen.for_page(request.user), slug)
    if organization.slug != slug:
        return redirect(organization, permanent=True)
    return render(request, "organizations/organization_detail.html", {"organization": organization})
