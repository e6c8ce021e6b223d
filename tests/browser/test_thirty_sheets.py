"""Thirty sheets, ten of them in Word, and sixty partners come in by the desk; a partner answers them all by thumb, the
network or not."""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import ROOT, Site
from tests.browser.hands import look, until
from tests.browser.partners import NOTHING_WAITS, answer, come_in, phone, verified
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.browser

THEMES = ("Emploi / Insertion", "Éducation", "Santé")
KINDS = ("Association", "Service municipal", "CCAS", "Bailleur social", "CAF")
HEAD = ("Intitulé", "Résumé", "Thématique", "Porteur", "Public", "Budget")
WORD = ROOT / "bench" / "sheet_corpus" / "seen"
WORD_FILES = (
    "FA_07_permis_citoyen.docx", "ateliers_sociolinguistiques.odt", "boutique_de_droits.docx", "cafe_des_parents.docx",
    "chantiers_educatifs.odt", "fiche_atelier_velo.docx", "formulaire_theatre.docx", "jardin_partage.docx",
    "ludotheque_mobile.docx", "mediation_sociale_soiree.odt",
)  # fmt: skip
DROP = """(form, files) => { const data = new DataTransfer();
    for (const [name, text] of files) {
        data.items.add(new File([Uint8Array.from(atob(text), letter => letter.charCodeAt(0))], name));
    }
    form.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }"""
TELL_TOUCHES = """for (const kind of ["click", "keydown"]) {
    addEventListener(kind, event => event.isTrusted && touched(location.pathname), true); }"""
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


def count_touches(mobile: BrowserContext) -> Counter[str]:
    """Clicks and keys of a person, as the pages themselves hear them, by address."""
    heard: Counter[str] = Counter()
    mobile.expose_binding("touched", lambda _, path: heard.update([path]))
    mobile.add_init_script(TELL_TOUCHES)
    return heard


def answer_by_thumb(page: Page, value: str) -> str:
    """The answer, then the way on. The address of the sheet."""
    path: str = page.evaluate("location.pathname")
    answer(page, value)
    return path


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
    page.get_by_role("button", name="Importer").wait_for()
    assert faults(page) == []
    page.get_by_role("button", name="Importer").click()
    page.get_by_role("status").or_(page.locator(".notice--success")).first.wait_for()


def bring_word(page: Page, address: str) -> None:
    """Sheets written in Word or LibreOffice, dropped together, then looked over one by one."""
    page.goto(address)
    files = [(name, base64.b64encode((WORD / name).read_bytes()).decode()) for name in WORD_FILES]
    page.locator("form[data-drop]").evaluate(DROP, files)
    page.get_by_role("button", name="Lire").click()
    page.get_by_role("heading", name="À relire").wait_for()
    assert page.locator(".row__title a").count() == len(WORD_FILES)
    assert faults(page) == []
    page.locator(".row__title a").first.click()
    for _ in WORD_FILES:
        page.wait_for_url("**/fiches/documents/*/")
        assert faults(page) == []
        if not page.locator("[name=themes]:checked").count():  # a theme that this consultation does not have
            page.locator("[name=themes]").first.check()
            page.get_by_text("Gardé à").wait_for()
        with page.expect_navigation():
            page.get_by_role("button", name="Enregistrer le brouillon").click()
        page.get_by_text("La fiche est enregistrée").wait_for()
    page.wait_for_url("**/fiches/")


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
        page.get_by_role("button", name="Télécharger les liens").click()
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
    bring_word(page, f"{base}fiches/documents/")
    page.goto(f"{base}fiches/")
    assert page.locator("tbody tr").count() == 30
    page.check("#toutes")
    page.get_by_role("button", name="Montrer aux partenaires").click()
    page.wait_for_load_state()
    page.goto(f"{base}ouvrir/")
    assert faults(page) == []
    page.get_by_role("button", name="Ouvrir la concertation").click()
    page.wait_for_url(base)
    links = invite(page, base)
    assert len(links) == 60

    mobile = phone(browser)
    hand = mobile.new_page()
    link = links["Organisme 1"]
    come_in(hand, site.url + link[link.index("/partenaires/") :])
    until(hand, "document.documentElement.dataset.kept === 'yes'")
    assert hand.locator("[data-sheet]").count() == 30
    touches = count_touches(mobile)
    hand.reload()
    hand.get_by_role("link", name="Commencer").tap()
    hand.wait_for_url("**/fiches/*/")
    said = dict[str, str]()
    for turn in range(12):
        value = VALUES[turn % 5]
        said[answer_by_thumb(hand, value)] = value
    page.goto(f"{base}invitations/?etat=repondu")  # the agent sees it come, in the other browser
    assert page.locator("tbody tr").count() == 1

    mobile.set_offline(True)
    for turn in range(12, 21):
        value = VALUES[turn % 5]
        said[answer_by_thumb(hand, value)] = value
    until(hand, "document.querySelector('[data-state]')")
    address = hand.url
    look(hand, captures, "trente-sans-reseau")
    hand.close()
    page.goto(f"{base}fiches/")  # meanwhile the agent corrects a sheet
    page.get_by_role("link", name="30. ").click()
    page.locator("[name=summary]").fill("Une phrase corrigée pendant la coupure.")
    page.get_by_role("button", name="Enregistrer").first.click()
    page.wait_for_load_state()

    hand = mobile.new_page()
    hand.goto(f"{site.url}/partenaires/fiches/")  # still without a network
    until(hand, "document.querySelector('[data-outbox]').textContent === 'En attente (9)'")
    hand.get_by_text("21 fiches sur 30").wait_for()
    look(hand, captures, "trente-liste-sans-reseau")
    hand.goto(address)
    for turn in range(21, 25):
        value = VALUES[turn % 5]
        said[answer_by_thumb(hand, value)] = value
    mobile.set_offline(False)
    for turn in range(25, 30):
        value = VALUES[turn % 5]
        said[answer_by_thumb(hand, value)] = value
    hand.wait_for_url("**/partenaires/merci/")
    until(hand, NOTHING_WAITS, seconds=20)
    assert {path: touches[path] for path in said} == dict.fromkeys(said, 2)
    hand.reload()
    assert hand.get_by_text("30 fiches sur 30").count() == 1
    assert faults(hand) == []
    look(hand, captures, "trente-fini")

    counted = verified(site)["opinions"]
    codes = dict(zip(VALUES, ("strengthen", "continue", "unknown", "adapt", "no_view"), strict=True))
    given = {path.rstrip("/").rsplit("/", 1)[1]: {codes[value]: 1} for path, value in said.items()}
    assert {code: counted.get(code) for code in given} == given
    assert len(given) == 30
    page.goto(f"{base}avis/")
    assert page.locator("table").first.locator("tbody tr").count() == 30
    lead_reads(page, hand, base, site, captures)
    mobile.close()
