"""Whether the process answers at all."""

from django.http import HttpRequest, HttpResponse

from zhifa.accounts.access import public


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """The process runs. Asks nothing of the database: that is what readiness is about."""
    response = HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
