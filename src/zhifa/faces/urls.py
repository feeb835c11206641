"""Every address of the house: each room says its own in its `urls`, from where it stands."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from zhifa.faces import errors, health, kit, search

ROOMS = {
    "accounts": "desk/",
    "registry": "",
    "procedure": "",
    "records": "",
    "cases": "",
    "review": "",
    "publicity": "",
    "supervision": "",
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("desk/search/", search.search, name="search"),
    path("kit/", kit.kit, name="kit"),
    path("kit/form/", kit.form, name="kit-form"),
    path("kit/refused/", kit.refuse, name="kit-refused"),
    *(
        path(where, include(f"zhifa.{room}.urls"))
        for room, where in ROOMS.items()
        if find_spec(f"zhifa.{room}.urls") is not None
    ),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.broken
