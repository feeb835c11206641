"""The kit in templates: ``{% load kit %}``. Every component is shown on the page ``/kit/``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhifa.kernel import clock, wiring
from zhifa.kernel.page import frame, words
from zhifa.kernel.page.shapes import Badge, Cell, Station, Table, Told
from zhifa.law.cite import Cite, Grade

register = template.Library()

for _filter in (words.zh_date, words.iso_date, words.zh_instant, words.iso_instant):
    register.filter(_filter.__name__, _filter)
register.filter("is_cell", lambda value: isinstance(value, Cell))
register.filter("yuan", words.yuan)
register.filter("capital", words.capital)

ICONS = "kit/icons.svg"


@cache
def icon_names() -> frozenset[str]:
    """The icons of the kit."""
    drawn = (Path(__file__).parents[1] / "static" / ICONS).read_text(encoding="utf-8")
    return frozenset(re.findall(r'<symbol id="([a-z]+)"', drawn))


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon; with a label it speaks, without one it only accompanies words."""
    if name not in icon_names():
        raise template.TemplateSyntaxError(f"the kit has no icon {name!r}")
    where = static(ICONS)
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label, where, name,
        )  # fmt: skip
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', where, name
    )


@register.simple_tag
def badge(words_or_badge: str | Badge, tone: str = "plain") -> SafeString:
    """A state: colour, icon and words."""
    if isinstance(words_or_badge, Badge):
        shown, tone = words_or_badge.words, words_or_badge.tone
    else:
        shown = words_or_badge
    return format_html('<span class="badge {}">{}{}</span>', tone, icon(tone), shown)


# --- law --------------------------------------------------------------------------------------


@register.simple_tag
def cite(of: Cite | str, on: date | None = None) -> SafeString:
    """One citation, leading to its article as in force on the day; opens beside where it can."""
    found = Cite.parse(of) if isinstance(of, str) else of
    where = frame.address("publicity:article", found.key)
    if where and on is not None:
        where += f"?on={on.isoformat()}"
    grade = (
        format_html('<span class="cite-grade">（{}）</span>', found.grade.label)
        if found.grade is not Grade.TEXT
        else ""
    )
    if not where:
        return format_html("<span>{}</span>{}", found.label, grade)
    return format_html(
        '<a class="cite" href="{0}" hx-get="{0}" hx-target="#beside-body">{1}</a>{2}',
        where,
        found.label,
        grade,
    )


@register.simple_tag
def cites(of: Sequence[Cite | str], on: date | None = None) -> SafeString:
    """Several citations in one sentence: 甲法第一条、乙法第二条."""
    return format_html_join("、", "{}", ((cite(c, on),) for c in of))


@register.inclusion_tag("kit/_due.html")
def due(term: Any, on: date | None = None, label: str = "") -> dict[str, Any]:
    """A term: its last day, what remains of it on the day, and how it was computed.

    Takes a term that runs or has run on a matter, or the bare result of counting one.
    """
    counted = getattr(term, "due", term)
    run = None if isinstance(counted, date) else term
    counted = term if run is None else counted
    stopped = getattr(run, "stopped_on", None) if run is not None else None
    tone, left = "plain", ""
    if stopped is not None:
        tone, left = "done", f"已于{words.zh_date(stopped)}完成"
    elif on is not None:
        days = (counted.due - on).days
        tone = "late" if days < 0 else "soon" if days <= 3 else "plain"
        left = words.remaining(counted.due, on)
    return {"due": counted, "label": label or counted.title, "tone": tone, "left": left, "on": on}


@register.inclusion_tag("kit/_refusal.html", takes_context=True)
def refusal(context: Any, of: Any, remedy_address: str = "") -> dict[str, Any]:
    """A refusal: one sentence, its articles, what to do and where."""
    return {"refusal": of, "remedy_address": remedy_address, "request": context.get("request")}


@register.inclusion_tag("kit/_checklist.html")
def checklist(checks: Sequence[Any], addresses: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What a step needs: met or not, each with its article; ``addresses`` by step of the remedy."""
    lines = [
        {"check": c, "address": (addresses or {}).get(c.no.then, "") if c.no is not None else ""}
        for c in checks
    ]
    return {"lines": lines}


# --- where a matter stands --------------------------------------------------------------------


@register.inclusion_tag("kit/_line.html")
def line(stations: Sequence[Station]) -> dict[str, Any]:
    """The line of a matter's phases: done, now, next."""
    now = next((s for s in stations if s.state == "now"), None)
    following = next((s for s in stations if s.state == "next"), None)
    heard = {"done": "已完成", "now": "现在", "next": "未到", "skipped": "不经过"}
    return {
        "stations": [(s, heard[s.state]) for s in stations],
        "now": now,
        "following": following,
    }


@register.inclusion_tag("kit/_timeline.html")
def timeline(told: Sequence[Told]) -> dict[str, Any]:
    """A story in sentences, each with who, when, its documents and its hash mark."""
    return {"told": told}


# --- lists ------------------------------------------------------------------------------------


@register.inclusion_tag("kit/_table.html", takes_context=True)
def table(context: Any, of: Table) -> dict[str, Any]:
    """A list with its caption, sorting links where columns sort, and words when it is empty."""
    heads = []
    for column in of.columns:
        here = column.name == of.sorted_by
        heads.append(
            {
                "column": column,
                "aria": ("descending" if of.descending else "ascending") if here else "",
                "sort": f"-{column.name}" if here and not of.descending else column.name,
            }
        )
    rows = [(row, [(c, row.cells.get(c.name)) for c in of.columns]) for row in of.rows]
    return {"table": of, "heads": heads, "rows": rows, "request": context.get("request")}


@register.inclusion_tag("kit/_pager.html", takes_context=True)
def pager(context: Any, leaf: Any) -> dict[str, Any]:
    """Leafing through a list, keeping its filters."""
    return {
        "leaf": leaf,
        "request": context.get("request"),
        "before": leaf.number - 1,
        "after": leaf.number + 1,
    }


@register.inclusion_tag("kit/_dl.html")
def dl(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Facts as pairs of a name and a value; an empty value is shown as 无."""
    return {"pairs": pairs}


@register.simple_tag
def money(fen: int, in_words: bool = False) -> SafeString:
    """An amount: 5,000.00 元, in capitals too where a document would say so."""
    said = format_html('<span class="capital">人民币{}</span>', words.capital(fen))
    return format_html(
        '<span class="money">{} 元{}</span>', words.yuan(fen), said if in_words else ""
    )


@register.inclusion_tag("kit/_empty.html")
def empty(sentence: str, advice: str = "", address: str = "") -> dict[str, Any]:
    """What the absence of everything means, and what one might do."""
    return {"sentence": sentence, "advice": advice, "address": address}


@register.inclusion_tag("kit/_bars.html")
def bars(values: Sequence[int], label: str, late: int = 0) -> dict[str, Any]:
    """A small chart of counts, one bar each; the first ``late`` bars are what is late."""
    most = max([*values, 1])
    shapes = [
        {
            "x": n * 10,
            "height": max(round(v * 40 / most), 3 if v else 1),
            "y": 40 - max(round(v * 40 / most), 3 if v else 1),
            "tone": ("late" if n < late else "") if v else "none",
        }
        for n, v in enumerate(values)
    ]
    return {"shapes": shapes, "label": label, "width": len(values) * 10 - 2}


# --- forms ------------------------------------------------------------------------------------


@register.inclusion_tag("kit/_field.html")
def field(bound: Any, wide: bool = False) -> dict[str, Any]:
    """One field of a form: label, help, error, input."""
    widget = bound.field.widget
    kind = getattr(bound.field, "kind", "")
    return {
        "field": bound,
        "kind": kind,
        "wide": wide,
        "is_group": widget.use_fieldset,
        "is_check": getattr(widget, "input_type", "") == "checkbox" and not widget.use_fieldset,
    }


@register.inclusion_tag("kit/_fact_form.html")
def fact_fields(form: Any) -> dict[str, Any]:
    """Every field of a form, what is known already, and the errors above them."""
    return {"form": form}


@register.inclusion_tag("kit/_fact_rows.html")
def fact_rows(group: Any) -> dict[str, Any]:
    """Repeated rows of a form (``_add_<name>`` asks for one more)."""
    return {"group": group}


# --- the frame --------------------------------------------------------------------------------


@register.simple_tag
def demo_mark() -> bool:
    """Whether this database is a demonstration: every page says so."""
    return clock.is_demo()


@register.simple_tag(takes_context=True)
def doors(context: Any, face: str) -> tuple[frame.OpenDoor, ...]:
    """The navigation of a face (desk, portal), as far as its addresses exist."""
    request: HttpRequest | None = context.get("request")
    found = getattr(frame.current(), face)
    return frame.open_doors(found, request.path if request is not None else "")


@register.simple_tag
def door(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of that name, or nothing where no room serves it."""
    return frame.address(name, *args, **kwargs)


@register.simple_tag(takes_context=True)
def large_type(context: Any) -> bool:
    """Whether the reader asked for large type, now or before."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    asked = request.GET.get("large", request.COOKIES.get("large", ""))
    return asked == "1"


@register.simple_tag(takes_context=True)
def slot(context: Any, name: str, thing: Any = None) -> SafeString:
    """What the rooms above add to this place of the page, in the order of the wiring table."""
    request: HttpRequest | None = context.get("request")
    person = getattr(request, "user", None)
    parts = [
        render_to_string(panel.template, {**panel.context, "thing": thing}, request)
        for panel in wiring.panels(name, person, thing)
    ]
    return mark_safe("".join(parts))
