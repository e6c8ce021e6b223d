"""A report becomes a published rencontre, by the keyboard alone."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from parvis.reading import read
from tests.browser.conftest import ROOT, Site
from tests.browser.hands import focused, look, press_on, tab_to, until, write

pytestmark = pytest.mark.browser

SEED = ROOT.parent / "shared" / "inputs" / "compte-rendu-paris-saclay.txt"
WRITTEN = ROOT / "parvis" / "demo_data" / "compte-rendu-emploi-sante.txt"


@pytest.mark.parametrize("report", [pytest.param(SEED, id="seed"), pytest.param(WRITTEN, id="written")])
def test_report_to_published_meeting_without_a_mouse(page: Page, site: Site, captures: Path, report: Path) -> None:
    if not report.is_file():
        pytest.skip("the real report is not beside the project")
    expected = len(read(report.read_bytes(), report.name).contributions)
    name = report.stem
    sign_in_by_code(page, site)
    look(page, captures, f"{name}-1-bureau")
    create_meeting(page, name)
    import_report(page, report, captures, name)
    review(page, captures, name)
    validate(page, captures, name)
    public = publish(page, captures, name)
    page.goto(public)
    look(page, captures, f"{name}-7-page", whole=True)
    assert page.locator("li.entry").count() == expected
    files(page, public, captures / name, expected)


def sign_in_by_code(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/gestion/")
    write(page, "Votre adresse", "coordinator@agglomeration.example")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/**")
    mailbox = page.context.new_page()
    mailbox.goto(f"{site.url}/gestion/courrier/")
    found = re.search(r"^\s*([A-Z0-9-]{6,12})\s*$", mailbox.inner_text("main"), re.MULTILINE)
    assert found, "no code in the mailbox"
    mailbox.close()
    write(page, "Le code", found[1])
    page.keyboard.press("Enter")
    page.wait_for_url("**/gestion/")


def create_meeting(page: Page, title: str) -> None:
    press_on(page, "Concertations")
    press_on(page, "Le contrat de ville")
    press_on(page, "Nouvelle rencontre")
    write(page, "Titre", f"Atelier du soir : {title}")
    write(page, "Date", "12122026")  # the same day whatever order the browser wants
    write(page, "Commence à", "1030A")
    write(page, "Lieu", "Maison des associations")
    tab_to(page, "Qui peut lire")
    page.keyboard.type("Tout le monde")
    press_on(page, "Créer la rencontre")


def import_report(page: Page, report: Path, captures: Path, name: str) -> None:
    press_on(page, "Déposer le compte-rendu")
    with page.expect_file_chooser() as chooser:  # asked before the tabbing: playwright does not wait for the answer
        tab_to(page, "Fichiers")
        page.keyboard.press("Space")
    chooser.value.set_files(report)
    look(page, captures, f"{name}-2-import")
    tab_to(page, "Importer")
    page.keyboard.press("Enter")
    until(page, "location.pathname.includes('relecture') || document.querySelector('[name=readers]')")
    if page.locator("[name=readers]").count():
        choose_readers(page, "Tout le monde")
        press_on(page, "Importer")


def choose_readers(page: Page, name: str) -> None:
    """A report that speaks of security asks who may read it, before anything is kept."""
    tab_to(page, "L'équipe projet")
    for _ in range(page.locator("[name=readers]").count()):
        if focused(page).startswith(name):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no « {name} » among the readers offered")


def review(page: Page, captures: Path, name: str) -> None:
    page.wait_for_url("**/relecture/*")
    until(page, "document.activeElement.closest('.line')")  # it opens on the first doubt
    look(page, captures, f"{name}-3-relecture")
    for gesture in ("j", "j", "x", "x", "3", "u", "Alt+ArrowDown", "u"):
        press_in_review(page, gesture)
    page.keyboard.press("?")
    assert page.locator("dialog#touches").is_visible()
    look(page, captures, f"{name}-4-touches")
    page.keyboard.press("Escape")
    before = page.locator("#lignes .line--item").count()
    split_and_undo(page)
    assert page.locator("#lignes .line--item").count() == before
    clear_doubts(page)
    press_on(page, "Étapes et publication")


def press_in_review(page: Page, key: str) -> None:
    """A key on the current line; a gesture is over when its answer came."""
    page.keyboard.press(key)
    until(page, "!document.querySelector('.htmx-request') && document.activeElement.closest('.line')")


def split_and_undo(page: Page) -> None:
    """The first contribution is cut after its first word, and put together again."""
    page.keyboard.press("Home")
    while "line--item" not in (page.evaluate("document.activeElement.closest('.line')?.className") or ""):
        page.keyboard.press("j")
    before = page.locator("#lignes .line").count()
    page.keyboard.press("s")
    until(page, "document.activeElement.tagName === 'TEXTAREA'")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Alt+Enter")
    until(page, f"document.querySelectorAll('#lignes .line').length === {before + 1}")
    press_in_review(page, "u")
    until(page, f"document.querySelectorAll('#lignes .line').length === {before}")


def clear_doubts(page: Page) -> None:
    """`n` leads to each doubt; a missing theme is given, the rest is confirmed."""
    for _ in range(300):
        if page.locator("#lignes .line--doubt").count() == 0:
            return
        page.keyboard.press("n")
        doubt = page.evaluate("document.activeElement.closest('.line').querySelector('.line__doubt')?.innerText ?? ''")
        left = page.locator("#lignes .line--doubt").count()
        if "thématique" in doubt.lower():
            page.keyboard.press("t")
            page.keyboard.press("1")
        else:
            page.keyboard.press("v")
        until(page, f"document.querySelectorAll('#lignes .line--doubt').length < {left}")
    raise AssertionError("doubts that never clear")


def validate(page: Page, captures: Path, name: str) -> None:
    look(page, captures, f"{name}-5-etapes")
    press_on(page, "Envoyer")
    write(page, "Remarque", "Relu par les personnes présentes")
    press_on(page, "Valider « Relecture des participants »")
    press_on(page, "Valider « Équipe projet »")


def publish(page: Page, captures: Path, name: str) -> str:
    press_on(page, "Aperçu")
    look(page, captures, f"{name}-6-apercu")
    press_on(page, "Publier…")
    tab_to(page, "Publier l'édition 1")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog#confirmer[open]")
    assert focused(page)
    press_on(page, "Publier")
    tab_to(page, "Lire la page publique")
    address = page.evaluate("document.activeElement.href")
    assert isinstance(address, str)
    return address


def files(page: Page, public: str, folder: Path, expected: int) -> None:
    """Every format comes, and holds as many contributions as the page."""
    folder.mkdir(exist_ok=True)
    got = {}
    for link in page.locator("a[href*='/compte-rendu.']").all():
        href = link.get_attribute("href") or ""
        extension = href.rsplit(".", 1)[-1]
        answer = page.request.get(public.split("/rencontres/")[0] + href if href.startswith("/") else href)
        assert answer.status == 200, href
        got[extension] = answer.body()
        (folder / f"compte-rendu.{extension}").write_bytes(got[extension])
    assert {"pdf", "docx", "odt", "csv", "xlsx", "ods", "json"} <= set(got)
    rows = list(csv.reader(io.StringIO(got["csv"].decode("utf-8-sig")), delimiter=";"))
    assert len([row for row in rows if len(row) > 5]) == expected + 1
    assert len(json.loads(got["json"])["seal"]["lines"]) >= expected
    assert len(PdfReader(io.BytesIO(got["pdf"])).pages) > 1
    for package in ("docx", "odt", "xlsx", "ods"):
        assert zipfile.ZipFile(io.BytesIO(got[package])).testzip() is None
