"""Template filters of charts: words within them, and the small marks of their legends."""

from django import template

from engagement.core.charts import Dot, Placed, percent

register = template.Library()


@register.simple_tag
def mark_title(owner: str, placed: Placed) -> str:
    """The name of a mark's link: its holder, its day, its words."""
    return f"{owner}, {placed.column.date.short}: {placed.mark.said}"


@register.inclusion_tag("core/charts/_legend_mark.html")
def legend_mark(tone: str, code: str = "", radius: int = 5, sign: str = "") -> dict[str, object]:
    """A mark as it is drawn in a legend; ``sign`` is "ringed" or "flagged"."""
    return {"tone": tone, "code": code, "radius": radius, "sign": sign}


@register.simple_tag
def dot_title(dot: Dot) -> str:
    """The name of a dot's link: its title, its date and its state."""
    return ", ".join(part for part in (dot.title, str(dot.date or ""), dot.state) if part)


@register.simple_tag
def share(part: int, whole: int) -> str:
    """How much of the width a part takes."""
    return percent(part, whole)
