"""A report of 120 contributions with doubts is read again and published by the keyboard: how many keys are pressed."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Page

from tests.browser.conftest import Site
from tests.browser.hands import until
from tests.browser.test_seed_journey import create_meeting, import_report, press_on, publish, sign_in_by_code, validate

pytestmark = pytest.mark.browser

THEMES = ("Emploi / Insertion", "Santé / Sport", "Jardins et vergers", "Habitat", "Culture", "Accès au droit")
WORDS = ("navette", "crèche", "médecin", "jardin", "ascenseur", "festival", "stage", "permis", "guichet", "gymnase")
EVERY = 9
"""One item in nine bears the number of the one above: a doubt."""


def report(path: Path) -> list[str]:
    """Six themes, three kinds each, 120 items in all: one theme unknown to the consultation, numbers repeated."""
    document, texts = Document(), []
    document.add_heading("Compte-rendu de l'atelier", 0)
    for theme in THEMES:
        document.add_heading(theme, 1)
        for kind, count in (("Défis", 8), ("Atouts", 4), ("Propositions", 8)):
            document.add_paragraph().add_run(kind).bold = True
            for rank in range(1, count + 1):
                word = WORDS[len(texts) % len(WORDS)]
                text = f"Une {word} pour les habitants du quartier, près de l'école, dès la rentrée {len(texts)}"
                number = rank - 1 if rank > 1 and len(texts) % EVERY == 0 else rank
                document.add_paragraph(f"{number}. {text}")
                texts.append(text)
    document.save(str(path))
    return texts


def count_keys(page: Page) -> list[str]:
    """Every key pressed from now on, those of `type` one by one."""
    pressed: list[str] = []
    press, type_ = page.keyboard.press, page.keyboard.type

    def pressing(key: str, **kwargs: float) -> None:
        pressed.append(key)
        press(key, **kwargs)

    def typing(text: str, **kwargs: float) -> None:
        pressed.extend(text)
        type_(text, **kwargs)

    page.keyboard.press, page.keyboard.type = pressing, typing  # type: ignore[method-assign]
    return pressed


def test_keys_to_review_and_publish(page: Page, site: Site, captures: Path, tmp_path: Path) -> None:
    path = tmp_path / "atelier.docx"
    texts = report(path)
    sign_in_by_code(page, site)
    create_meeting(page, "touches")
    pressed = count_keys(page)
    import_report(page, path, captures, "touches")
    page.wait_for_url("**/relecture/*")
    until(page, "document.activeElement.closest('.line--doubt')")
    doubts = page.locator("#lignes .line--doubt").count()
    opened = len(pressed)
    for _ in range(doubts):
        left = page.locator("#lignes .line--doubt").count()
        if not left:
            break
        said = page.evaluate("document.activeElement.closest('.line')?.querySelector('.line__doubt')?.innerText ?? ''")
        if not said:
            page.keyboard.press("n")
            continue
        page.keyboard.press("l")
        for key in ("t", "1") if "thématique" in said.lower() else ("v",):
            page.keyboard.press(key)
        until(page, f"document.querySelectorAll('#lignes .line--doubt').length < {left}")
    assert page.locator("#lignes .line--doubt").count() == 0
    reviewed = len(pressed)
    press_on(page, "Étapes et publication")
    validate(page, captures, "touches")
    page.goto(publish(page, captures, "touches"))
    assert page.locator("li.entry").count() == len(texts) == 120
    retyped = sum(len(text) + 1 for text in texts)
    print(
        f"\n{len(texts)} contributions, {doubts} doutes : {opened} touches pour importer, {reviewed - opened} pour "
        f"relire, {len(pressed)} en tout jusqu'à la page publiée ; retaper les seuls textes : {retyped}"
    )
    assert len(pressed) * 10 < retyped
