"""A person at a page, whose clicks and keys are counted by step.

A file chosen is two clicks; so is a choice in a list.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from playwright.sync_api import Locator, Page


class Hand:
    """What she does on `page`. `clicks` and `keys` are counted under the step that `begin` opened last."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder
        self.step = ""
        self.clicks: Counter[str] = Counter()
        self.keys: Counter[str] = Counter()

    def begin(self, step: str) -> None:
        """All that follows is of this step."""
        self.step = step
        self.clicks[step] += 0

    def click(self, name: str, role: str = "button") -> None:
        """Press the first `role` whose name holds `name`."""
        self.press(self.page.get_by_role(role, name=name).first)  # type: ignore[arg-type]

    def press(self, target: Locator) -> None:
        """One click; whatever page it opens has come."""
        self.clicks[self.step] += 1
        target.click()
        self.page.wait_for_load_state()

    def write(self, field: str, text: str) -> None:
        """Click in the field of this name, and type."""
        self.clicks[self.step] += 1
        self.keys[self.step] += len(text)
        self.page.locator(f"main [name='{field}']").first.fill(text)

    def paste(self, field: str, text: str) -> None:
        """Click in the field, select all, paste what was written elsewhere."""
        self.clicks[self.step] += 1
        self.keys[self.step] += 2
        self.page.locator(f"main [name='{field}']").first.fill(text)

    def choose(self, field: str, value: str) -> None:
        """In a list, by the value of the choice or its label."""
        self.clicks[self.step] += 2
        self.page.locator(f"main select[name='{field}']").select_option(value)

    def upload(self, field: str, file: Path) -> None:
        """Open the device's own window, choose."""
        self.clicks[self.step] += 2
        self.page.locator(f"main input[name='{field}']").set_input_files(file)

    def look(self, name: str) -> None:
        """Keep a picture of the whole page."""
        self.page.screenshot(path=self.folder / f"{name}.png", full_page=True)
