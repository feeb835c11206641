"""A real Chromium on a real server on a real PostgreSQL; the network stays off."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "var" / "front" / "axe.min.js"
PICTURES = ROOT / "var" / "pictures"
WIDTHS = {"phone": (390, 844), "desk": (1440, 900)}
FLAGS = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-features=Translate,OptimizationHints",
    "--force-color-profile=srgb", "--lang=zh-CN", "--font-render-hinting=none",
]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def chromium() -> str | None:
    """The browser of the machine."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser."""
    for item in items:
        if Path(str(item.path)).parent == Path(__file__).parent:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for the run."""
    from playwright.sync_api import sync_playwright

    where = chromium()
    if where is None:
        pytest.fail("no Chromium on this machine: apt-get install chromium")
    # The driver keeps an event loop in this thread; Django would take it for an async caller.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as driver:
        speaks = {**os.environ, "LANG": "zh_CN.UTF-8", "LANGUAGE": "zh_CN"}
        running = driver.chromium.launch(executable_path=where, args=FLAGS, env=speaks)
        yield running
        running.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def server(fresh_database: str) -> Iterator[str]:
    """The house itself, serving a database of its own; gives its address."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    class Quiet(WSGIRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            pass

    serving = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, connections_override={})
    serving.set_app(get_wsgi_application())
    thread = threading.Thread(target=serving.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{serving.server_port}"
    serving.shutdown()
    serving.server_close()
    thread.join(timeout=10)


@pytest.fixture
def open_page(browser: Any, server: str) -> Iterator[Callable[..., Any]]:
    """Open an address at a width: ``open_page("/kit/", "phone")``; fails on errors of the page.

    ``script=False`` turns JavaScript off: every page must work without it.
    """
    contexts: list[Any] = []
    broken: list[str] = []

    def opened(address: str, width: str = "desk", *, script: bool = True, **more: Any) -> Any:
        across, down = WIDTHS[width]
        context = browser.new_context(
            viewport={"width": across, "height": down},
            java_script_enabled=script,
            bypass_csp=False,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **more,
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: broken.append(str(error)))
        page.on(
            "console",
            lambda said: broken.append(said.text) if _is_our_fault(said) else None,
        )
        page.goto(server + address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not broken, broken


def _is_our_fault(said: Any) -> bool:
    # A refusal is answered with its status, which the browser also writes down; that is no fault.
    refusal = "the server responded with a status of 4" in said.text
    return said.type == "error" and not refusal


def assert_accessible(page: Any, *, but: tuple[str, ...] = ()) -> None:
    """No finding of axe by WCAG 2.2 AA, and no sideways scrolling of the page as a whole."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )
    told = [
        f"{v['id']}: {v['help']}: {n['target']} {n.get('failureSummary', '')}"
        for v in found["violations"]
        if v["id"] not in but
        for n in v["nodes"][:4]
    ]
    assert not told, "\n".join(told)
    over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert over <= 0, f"the page is {over} px wider than its window"


def picture(page: Any, name: str, *, full: bool = True) -> Path:
    """A picture of the page under ``var/pictures``, to be looked at."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    where = PICTURES / f"{name}-{page.viewport_size['width']}.png"
    page.evaluate("document.fonts.ready.then(() => null)")
    page.screenshot(path=str(where), full_page=full)
    return where
