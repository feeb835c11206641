"""Rendering a page or one named block of it, and a refusal as a page or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.template.base import NodeList, Template
from django.template.context import make_context
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode
from django.utils.safestring import SafeString

from zhifa.kernel.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping


class NoSuchBlock(LookupError):
    """The template, with those that it extends, has no block of that name."""


def page(
    request: HttpRequest,
    template: str,
    block: str | None = None,
    *,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The whole page for a browser; for htmx only the named block of the same template.

    A boosted link asks for the whole page, and so does htmx when it restores its history.
    """
    if block is not None and _wants_part(request):
        html = render_block(template, block, context, request)
    else:
        html = loader.render_to_string(template, context, request)
    response = HttpResponse(html, status=status)
    response.headers["Vary"] = "HX-Request"
    return response


def render_block(
    template: str, block: str, context: Mapping[str, Any], request: HttpRequest
) -> SafeString:
    """One named block, as the template or those that it extends fill it.

    Variables that a tag sets outside of the block are not known inside. `NoSuchBlock` when there
    is none.
    """
    backend: Any = loader.get_template(template)
    found: Template | None = cast("Template", backend.template)
    assert found is not None
    made = make_context(dict(context), request, autoescape=backend.backend.engine.autoescape)
    with made.render_context.push_state(found), made.bind_template(found):
        blocks = BlockContext()
        while found is not None:
            nodes = cast("list[BlockNode]", found.nodelist.get_nodes_by_type(BlockNode))
            blocks.add_blocks({node.name: node for node in nodes})
            found = _parent(found.nodelist, made)
        made.render_context[BLOCK_CONTEXT_KEY] = blocks
        node = blocks.get_block(block)
        if node is None:
            raise NoSuchBlock(f"{template} has no block {block}")
        return node.render(made)


def refused(request: HttpRequest, refusal: Refused, *, remedy_address: str = "") -> HttpResponse:
    """A refusal as a person reads it: a page of its own, or for htmx a part put above the content.

    Nothing of the machinery is shown: the sentence, the articles, what to do.
    """
    back = _back(request)
    context = {"refusal": refusal, "remedy_address": remedy_address, "back": back}
    if _wants_part(request):
        html = loader.render_to_string("kit/_refusal.html", context, request)
        response = HttpResponse(html, status=refusal.status)
        response.headers["HX-Retarget"] = "#refusal"
        response.headers["HX-Reswap"] = "innerHTML show:top"
    else:
        on_desk = request.path.startswith("/desk/")
        context["base"] = "kit/desk_base.html" if on_desk else "kit/portal_base.html"
        html = loader.render_to_string("kit/refused.html", context, request)
        response = HttpResponse(html, status=refusal.status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _wants_part(request: HttpRequest) -> bool:
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def _parent(nodelist: NodeList, context: Any) -> Template | None:
    extends = next((node for node in nodelist if isinstance(node, ExtendsNode)), None)
    return extends.get_parent(context) if extends is not None else None


def _back(request: HttpRequest) -> str:
    """The page of this house that the person came from, where the browser says so."""
    referer = request.headers.get("Referer", "")
    own = f"{request.scheme}://{request.get_host()}/"
    return "/" + referer.removeprefix(own) if referer.startswith(own) else ""
