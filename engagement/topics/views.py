"""Pages about topics."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from engagement.core.pages import at_address, page_of

from .models import Topic


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    topics = Topic.objects.visible_to(request.user).for_list().order_by("title", "pk")
    return render(request, "topics/topic_list.html", {"page_obj": page_of(request, topics, size=50)})


@require_safe
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = at_address(Topic.objects.visible_to(request.user).for_page(), slug)
    if topic.slug != slug:
        return redirect(topic, permanent=True)
    return render(request, "topics/topic_detail.html", {"topic": topic})
