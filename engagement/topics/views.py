"""Detail views of topics, themes and references."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from engagement.core.views import at_address, moved_to

from .models import Reference, Theme, Topic


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = at_address(Topic.objects.visible_to(request.user).for_page(), slug)
    if topic.slug != slug:
        return moved_to(request, topic)
    return render(request, "topics/topic_detail.html", {"topic": topic})


@require_safe
def theme_detail(request: HttpRequest, slug: str) -> HttpResponse:
    theme = at_address(Theme.objects.visible_to(request.user).for_page(), slug)
    if theme.slug != slug:
        return moved_to(request, theme)
    return render(request, "topics/theme_detail.html", {"theme": theme, "below": theme.below()})


@require_safe
def reference_detail(request: HttpRequest, slug: str) -> HttpResponse:
    reference = at_address(Reference.objects.visible_to(request.user), slug)
    if reference.slug != slug:
        return moved_to(request, reference)
    return render(request, "topics/reference_detail.html", {"reference": reference})
