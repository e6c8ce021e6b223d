"""Thirty sheets and sixty partners come in by the desk; a partner answers them all by thumb, the network or not."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.partners import NOTHING_WAITS, come_in, phone, verified
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

THEMES = ("Emploi / Insertion", "Éducation", "Santé")
KINDS = ("Association", "Service municipal", "CCAS", "Bailleur social", "CAF")
HEAD = ("Intitulé", "Résumé", "Thématique", "Porteur", "Public", "Budget")
VALUES = ("À renforcer", "À poursuivre", "Je ne connais pas cette action", "À faire évoluer", "Sans avis")


def sheets(first: int, count: int) -> list[tuple[str, ...]]:
    """Rows of invented actions."""
    return [
        (
            f"Action n° {number}",
            f"Ce que fait l'action {number}, en une phrase.",
            THEMES[number % 3],
            f"Organisme {number % 60}",
            "Tout public",
            f"{number} 000 €",
        )
        for number in range(first, first + count)
    ]


def as_csv(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows([head, *rows])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(rows: list[tuple[str, ...]], head: tuple[str, ...]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in (head, *rows):
        book.active.append(row)
    book.save(out)
    return out.getvalue()


class Thumb:
    """A thumb that counts its taps."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps = page, 0

    def answer(self, value: str) -> str:
        """The answer, then the way on. The code of the sheet."""
        code = self.page.url.rstrip("/").rsplit("/", 1)[1]
        self.page.get_by_role("radio", name=value, exact=True).tap()
        with self.page.expect_navigation():
            self.page.locator("[data-next]").tap()
        self.taps += 2
        return code


def sign_in(page: Page, site: Site) -> None:
    page.goto(site.links["Coordination"])
    page.locator("main button").first.click()
    page.wait_for_url("**/gestion/")


def create(page: Page, site: Site) -> str:
    """A consultation whose review is open. Its address at the desk."""
    page.goto(f"{site.url}/gestion/concertations/nouvelle/")
    page.get_by_label("Territoire").select_option(index=1)
    page.get_by_label("Titre").fill("Trente fiches à relire")
    page.get_by_label("Qui organise").fill("L'agglomération")
    page.get_by_role("button", name="Créer").click()
    page.wait_for_url("**/gestion/concertations/*/")
    base = page.url
    page.goto(f"{base}etapes/")
    page.locator("[name=review-control]").select_option("open")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(base)
    return base


def bring(page: Page, address: str, name: str, content: bytes) -> None:
    """A table, looked at before it is imported."""
    page.goto(address)
    page.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": content})
    page.get_by_role("button", name="Vérifier").click()
    page.get_by_role("heading", name="Voici ce que fera cet import").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Importer").click()
    page.get_by_role("status").or_(page.locator(".notice--success")).first.wait_for()


def partners(count: int) -> list[tuple[str, ...]]:
    return [
        (f"Organisme {number}", KINDS[number % 5], f"Personne {number}", f"personne{number}@trente.example")
        for number in range(count)
    ]


def invite(page: Page, base: str) -> dict[str, str]:
    """Organisation → link, taken as the agent takes them for her own mail."""
    page.goto(f"{base}invitations/")
    page.get_by_label("Tout le monde, coché ou non").check()
    page.get_by_role("button", name="Préparer seulement leurs liens").click()
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("link", name="Télécharger les liens").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig")), delimiter=";"))
    return {row[0]: row[3] for row in rows[1:]}


def lead_reads(page: Page, hand: Page, base: str, site: Site, captures: Path) -> None:
    """The review closes; the lead reads the masked figures of the action it leads, and answers."""
    page.goto(f"{base}etapes/")
    page.locator("[name=review-control]").select_option("closed")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url(base)
    page.goto(f"{base}avis/diffusion/")
    page.locator("input[type=date]").fill(page.evaluate("new Date(Date.now() + 864e6).toISOString().slice(0, 10)"))
    page.get_by_role("button", name="Ouvrir").first.click()
    page.wait_for_load_state()
    hand.goto(f"{site.url}/partenaires/mes-actions/")
    hand.get_by_role("heading", name="Action n° 1").wait_for()
    assert faults(hand) == []
    look(hand, captures, "trente-porteur", whole=True)
    hand.get_by_label("Votre réponse").fill("Nous avons changé les horaires.")
    hand.get_by_role("button", name="Enregistrer la réponse").tap()
    hand.get_by_text("Votre réponse est enregistrée").wait_for()
    hand.goto(f"{site.url}/partenaires/fiches/")
    hand.get_by_text("L'étape des avis est fermée").wait_for()
    look(hand, captures, "trente-ferme")


def test_thirty_sheets_sixty_partners_and_a_thumb(site: Site, browser: Browser, page: Page, captures: Path) -> None:
    sign_in(page, site)
    base = create(page, site)
    bring(page, f"{base}annuaire/importer/", "partenaires.csv",
          as_csv(partners(60), ("Organisme", "Type", "Contact", "Courriel")))  # fmt: skip
    bring(page, f"{base}fiches/importer/", "fiches.csv", as_csv(sheets(1, 20), HEAD))
    bring(page, f"{base}fiches/importer/", "fiches.xlsx", as_xlsx(sheets(21, 10), HEAD))
    page.goto(f"{base}fiches/")
    assert page.locator("tbody tr").count() == 30
    page.get_by_role("button", name="Montrer aux partenaires").click()
    page.wait_for_load_state()
    links = invite(page, base)
    assert len(links) == 60

    mobile = phone(browser)
    hand = mobile.new_page()
    link = links["Organisme 1"]
    come_in(hand, site.url + link[link.index("/partenaires/") :])
    until(hand, "document.documentElement.dataset.kept === 'yes'")
    assert hand.locator("[data-sheet]").count() == 30
    hand.get_by_role("link", name="Commencer").tap()
    hand.wait_for_url("**/fiches/*/")
    thumb, said = Thumb(hand), dict[str, str]()
    for turn in range(12):
        value = VALUES[turn % 5]
        said[thumb.answer(value)] = value
    page.goto(f"{base}invitations/?etat=repondu")  # the agent sees it come, in the other browser
    assert page.locator("tbody tr").count() == 1

    mobile.set_offline(True)
    for turn in range(12, 21):
        value = VALUES[turn % 5]
        said[thumb.answer(value)] = value
    until(hand, "document.querySelector('[data-state]')")
    address, taps = hand.url, thumb.taps
    look(hand, captures, "trente-sans-reseau")
    hand.close()
    page.goto(f"{base}fiches/")  # meanwhile the agent corrects a sheet
    page.get_by_role("link", name="30. Action n° 30").click()
    page.locator("[name=summary]").fill("Une phrase corrigée pendant la coupure.")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.wait_for_load_state()

    hand = mobile.new_page()
    hand.goto(f"{site.url}/partenaires/fiches/")  # still without a network
    until(hand, "document.querySelector('[data-outbox]').textContent === 'En attente (9)'")
    hand.get_by_text("21 fiches sur 30").wait_for()
    look(hand, captures, "trente-liste-sans-reseau")
    hand.goto(address)
    thumb = Thumb(hand)
    for turn in range(21, 25):
        value = VALUES[turn % 5]
        said[thumb.answer(value)] = value
    mobile.set_offline(False)
    for turn in range(25, 30):
        value = VALUES[turn % 5]
        said[thumb.answer(value)] = value
    hand.wait_for_url("**/partenaires/fiches/")
    until(hand, NOTHING_WAITS, seconds=20)
    assert taps + thumb.taps == 60  # two taps a sheet
    hand.reload()
    assert hand.get_by_text("30 fiches sur 30").count() == 1
    assert faults(hand) == []
    look(hand, captures, "trente-fini")

    counted = verified(site)["opinions"]
    codes = dict(zip(VALUES, ("strengthen", "continue", "unknown", "adapt", "no_view"), strict=True))
    assert {code: counted.get(code) for code in said} == {code: {codes[value]: 1} for code, value in said.items()}
    assert len(said) == 30
    page.goto(f"{base}avis/")
    assert page.locator("table").first.locator("tbody tr").count() == 30
    lead_reads(page, hand, base, site, captures)
    mobile.close()
