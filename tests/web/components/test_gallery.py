"""The gallery: it renders whole, and a browser finds nothing to say against it."""

from __future__ import annotations

import copy
import mimetypes
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import resolve

from parvis.assets import ROOT
from parvis.core.access import declared_access
from parvis.web.components.views import gallery

HOST = "http://parvis.invalid"
PATH = "/gestion/composants/"
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'"
RULES = '["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]'


def gallery_html() -> str:
    return gallery(RequestFactory().get(PATH)).content.decode()


def test_gallery_is_mounted_and_opens_for_agents_only() -> None:
    access = declared_access(gallery)
    assert access is not None
    assert (access.signed_in, access.audience, access.methods) == (True, "agents", ("GET", "HEAD"))
    assert resolve("/", "parvis.web.components.urls").view_name == "gallery"


def test_gallery_has_one_heading_one_main_and_the_footer_of_every_page() -> None:
    html = gallery_html()
    assert [html.count(tag) for tag in ("<h1>", "<main ", 'class="skip"')] == [1, 1, 1]
    assert [html.count(f'href="{path}"') for path in (
        "/accessibilite/", "/mentions-legales/", "/donnees-personnelles/", "/glossaire/"
    )] == [1, 1, 1, 1]  # fmt: skip
    assert "Accessibilité\u00a0: non conforme" in html


def test_gallery_leaves_no_template_variable_undefined(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["OPTIONS"]["string_if_invalid"] = "UNDEFINED-%s"
    settings.TEMPLATES = templates
    assert "UNDEFINED" not in gallery_html()


@pytest.mark.parametrize(("total", "number", "expected"), [(20, 1, ""), (60, 2, "page=1 page=3"), (60, 3, "page=2")])
def test_pagination_links_only_to_pages_that_exist(total: int, number: int, expected: str) -> None:
    page = Paginator(range(total), 20).page(number)
    html = render_to_string("components/pagination.html", {"page": page}, RequestFactory().get("/?theme=emploi"))
    found = [part.split('"')[0] for part in html.split('href="?theme=emploi&amp;')[1:]]
    assert " ".join(found) == expected


def test_errors_of_a_form_without_error_is_empty() -> None:
    from parvis.web.components.samples import empty_form

    assert render_to_string("components/errors.html", {"form": empty_form()}).strip() == ""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_gallery_in_a_browser_has_no_violation_and_never_scrolls_sideways(scheme: Any, width: int) -> None:
    from playwright.sync_api import Route, sync_playwright

    html, axe = gallery_html(), (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix(HOST)
        if path == PATH:
            route.fulfill(body=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})
            return
        found = finders.find(path.removeprefix("/static/"))
        assert isinstance(found, str), path
        route.fulfill(path=Path(found), content_type=mimetypes.guess_type(found)[0])

    said: list[str] = []
    with sync_playwright() as engine:
        browser = engine.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce")
        page.route("**/*", answer)
        page.on("console", lambda message: said.append(message.text))
        page.goto(HOST + PATH, wait_until="networkidle")

        def violations() -> list[str]:
            run = f"const r = await axe.run(document, {{runOnly: {RULES}}}); return r.violations.map((v) => v.id)"
            found: list[str] = page.evaluate(f"async () => {{ {axe}; {run} }}")
            return found

        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert violations() == []
        page.click("summary.button")
        page.click(".term")
        assert violations() == []
        page.keyboard.press("Escape")
        page.click("[data-dialog]", position={"x": 5, "y": 5})
        assert page.locator("#partager").is_visible()
        assert violations() == []
        page.click("#partager [aria-label=Fermer]")
        assert not page.locator("#partager").is_visible()
        browser.close()
    assert said == []
