"""Proofs in public: the ledger's daily roots, and whether a document's seal holds."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from zhifa.accounts.access import public
from zhifa.kernel import signing
from zhifa.kernel.errors import NotFound
from zhifa.kernel.page import page
from zhifa.publicity import reading
from zhifa.publicity.views.open import open_page, page_asked

LARGEST = 15 * 1024 * 1024
TOO_LARGE = f"文件超过{LARGEST // 1024 // 1024}兆字节，不能验证。"


@open_page(seconds=60)
def roots(request: HttpRequest) -> HttpResponseBase:
    """Today's root, large, and those before it."""
    number = page_asked(request)
    leaf = reading.roots(number)
    newest = reading.newest_root() if number == 1 else None
    return page(
        request,
        "publicity/ledger.html",
        leaf=leaf,
        newest=newest,
        said=json.loads(newest.statement) if newest else {},
    )


@open_page(seconds=3600)
def root(request: HttpRequest, number: int) -> HttpResponseBase:
    """One daily root: its statement, signature and certificate."""
    found = reading.root(number)
    if found is None:
        raise NotFound("没有这一号账本日根。", code="no-such-root")
    return page(request, "publicity/root.html", root=found, said=json.loads(found.statement))


class Upload(forms.Form):
    """One PDF to look at; nothing of it is kept."""

    document = forms.FileField(
        label="文书（PDF）",
        allow_empty_file=True,
        error_messages={"required": "请选择要验证的文书。", "invalid": "请选择一份文件。"},
    )


@public
@csrf_exempt  # changes nothing and knows nobody; the size is looked at before the body is read
@require_http_methods(["GET", "HEAD", "POST"])
def validate(request: HttpRequest) -> HttpResponse:
    """Whether a document bears a valid seal of an agency, and is as it was sealed. The file is
    read in a process of its own, with little time and memory, and forgotten."""
    report, refusal = None, ""
    name = ""
    form = Upload()
    if request.method == "POST" and _length(request) > LARGEST + 64 * 1024:
        refusal = TOO_LARGE
    elif request.method == "POST":
        form = Upload(request.POST, request.FILES)
        if form.is_valid():
            given: UploadedFile[Any] = form.cleaned_data["document"]
            name = (given.name or "")[:80]
            report, refusal = _read(given)
        else:
            refusal = str(next(iter(form.errors["document"])))
    response = page(
        request,
        "publicity/validate.html",
        status=422 if refusal else 200,
        form=form,
        report=report,
        refusal=refusal,
        name=name,
        largest=LARGEST // 1024 // 1024,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _read(given: UploadedFile[Any]) -> tuple[signing.SealReport | None, str]:
    if (given.size or 0) > LARGEST:
        return None, TOO_LARGE
    try:
        return signing.verify_upload(given.read(), limit=LARGEST), ""
    except signing.BadPdf as bad:
        return None, f"{bad}。"


def _length(request: HttpRequest) -> int:
    said = str(request.META.get("CONTENT_LENGTH", ""))
    return int(said) if said.isascii() and said.isdigit() else 0
