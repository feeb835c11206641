"""The pages for what went wrong, in words for people; nothing of the machinery is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What arrived cannot be read as a request of this house."""
    return _bare(
        request,
        400,
        "提交的内容无法识别",
        "内容可能过大、不完整，或者已被改动。请返回刚才的页面重新填写后再提交。",
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The form came from elsewhere, or its proof of origin is too old."""
    return _bare(
        request,
        403,
        "页面已失效，没有办理",
        "页面打开的时间过长，或者请求不是从本平台的页面发出。请返回后刷新页面，再办理一次。",
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The same, as the protection against forged requests reports it."""
    return forbidden(request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is no such page, or none for this person; the two are not told apart."""
    return _bare(
        request,
        404,
        "没有这个页面",
        "地址可能有误，内容可能已经依法撤下，或者您没有查看的权限。",
    )


def broken(request: HttpRequest) -> HttpResponse:
    """A defect of ours. Touches neither database nor session, which may be what is broken."""
    return _bare(
        request,
        500,
        "系统出现故障，没有办理",
        "已记录本次故障。已保存的内容不受影响，请稍后再试；急需办理的，请联系系统管理员。",
    )


def _bare(request: HttpRequest, status: int, sentence: str, advice: str) -> HttpResponse:
    on_desk = request.path.startswith("/desk/")
    html = render_to_string(
        "kit/bare.html",
        {"sentence": sentence, "advice": advice, "home": "/desk/" if on_desk else "/"},
    )
    response = HttpResponse(html, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
