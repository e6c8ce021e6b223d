"""What a person does with a keyboard alone, and with her eyes."""

from __future__ import annotations

import time
from pathlib import Path

from playwright.sync_api import Error, Page

_FOCUSED = """() => { const it = document.activeElement; if (!it || it === document.body) return "";
const of = id => document.getElementById(id)?.innerText ?? "";
const label = (it.getAttribute("aria-labelledby") ?? "").split(" ").map(of).join(" ");
return [it.getAttribute("aria-label"), label.trim(), it.labels?.[0]?.innerText, it.innerText, it.value, it.title]
  .find(Boolean) ?? it.tagName; }"""


def focused(page: Page) -> str:
    """What a screen reader would say of the element that has the focus, more or less, in one line."""
    return " ".join(str(page.evaluate(_FOCUSED)).split())


def tab_to(page: Page, name: str, *, most: int = 400) -> None:
    """Press Tab until what has the focus begins with `name`."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        said = focused(page)
        if said.startswith(name):
            return
        seen.append(said[:40])
    raise AssertionError(f"no way to « {name} » by Tab on {page.url}: {seen[:60]}")


def press_on(page: Page, name: str, key: str = "Enter") -> None:
    """Reach `name` by Tab and press it; another page comes."""
    tab_to(page, name)
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press(key)


def write(page: Page, name: str, text: str) -> None:
    """Reach the field `name` by Tab and write in it."""
    tab_to(page, name)
    page.keyboard.type(text)


def until(page: Page, condition: str, *, seconds: float = 10) -> None:
    """Wait for a condition in JavaScript. Playwright's own wait would need `eval`, which the content policy refuses.

    A page that leaves for another while it is asked has not met it yet.
    """
    end = time.monotonic() + seconds
    while not _holds(page, condition):
        assert time.monotonic() < end, f"never came on {page.url}: {condition}"
        page.wait_for_timeout(25)


def _holds(page: Page, condition: str) -> bool:
    try:
        return bool(page.evaluate(condition))
    except Error as error:
        if "context was destroyed" not in error.message:
            raise
        return False


def look(page: Page, folder: Path, name: str, *, whole: bool = False) -> None:
    """Pictures of the page on a phone and on a desk, light and dark. Nothing may run over the side."""
    size = page.viewport_size
    for width, height in ((360, 740), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=whole, caret="initial")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert over <= 0, f"{name} runs {over} px over the side at {width} px"
    page.emulate_media(color_scheme="light")
    if size:
        page.set_viewport_size(size)
