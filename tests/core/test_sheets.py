"""What stands on each printed sheet: the reference, the title, whom the copy is for, and when it was printed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, Template
from django.utils import timezone

from engagement.core.models import Visibility
from tests.people import People


def heads(user: object, title: str = "", reference: str = "", level: int | None = None) -> str:
    template = Template("{% load sheets %}{% sheet title reference level %}")
    return template.render(Context({"user": user, "title": title, "reference": reference, "level": level}))


@pytest.mark.parametrize(
    ("role", "level", "words"),
    [
        ("secretary", Visibility.INTERNAL, "Secretariat copy: internal"),
        ("secretary", Visibility.SHARED, "Secretariat copy: shared with the counterpart, not public"),
        ("secretary", Visibility.PUBLIC, "Secretariat copy of a public record"),
        ("secretary", None, "Secretariat copy: may show what is internal"),
        ("representative", Visibility.SHARED, "Shared with the counterpart, not public"),
        ("representative", Visibility.PUBLIC, "Personal copy: may show what is not public"),
        ("representative", None, "Personal copy: may show what is not public"),
    ],
)
def test_whom_a_copy_is_for(people: People, role: str, level: int | None, words: str) -> None:
    assert heads(getattr(people, role), level=level) == f'data-copy="{words}"'


def test_what_visitors_print_is_public() -> None:
    assert heads(AnonymousUser(), level=Visibility.PUBLIC) == heads(None) == ""


def test_reference_and_title() -> None:
    assert (
        heads(None, 'On "X" <y>', "BM-2025-001")
        == 'data-reference="BM-2025-001" data-sheet="On &quot;X&quot; &lt;y&gt;"'
    )
    long = heads(None, "word " * 40)
    assert len(long) < 130 and long.endswith('…"')


def test_when_and_by_whom(people: People) -> None:
    template = Template("{% load sheets %}{% printed %}")
    day = f"{timezone.localdate():%-d %B %Y}"
    assert template.render(Context()).endswith(f", printed on {day}")
    assert template.render(Context({"user": people.secretary})).endswith(f", printed on {day} by secretary")
