"""The room's own addresses, and one page that asks for a person."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from zhifa.accounts.access import person, person_required


@person_required
def greeting(request: HttpRequest) -> HttpResponse:
    """Says who is there."""
    return HttpResponse(person(request).name)


urlpatterns = [
    path("desk/", include("zhifa.accounts.urls")),
    path("desk/", greeting),
    path("desk/cases/", greeting),
]
