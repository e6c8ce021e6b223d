"""An agent's first days, by script: `python -m bench.first_days FOLDER`.

From `parvis init` in an empty home to published results, in Debian's chromium: 25 partners, 14 sheets, invitations
signed and tried, 17 answers, the leads' replies, the committees. Clicks and keys are counted by step; FOLDER keeps a
picture of each screen, the mails as they left and the files, so that someone may look at them. The five days that the
leads have are taken off the calendar by hand: nothing else is written beside the pages and the outbox.
"""

from __future__ import annotations

import datetime
import email
import email.policy
import random
import re
import shutil
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from bench import first_days_town as town
from bench.device import Device
from bench.fake_smtp import FakeSmtp
from bench.hand import Hand
from bench.places import Place, untouched
from bench.served import Served
from tests.browser.hands import until

ANSWERING = 17
BY_PAGE = 3
"""How many of them answer on the pages, tap by tap; the others by the outbox, as their pages would."""
VALUES = ("strengthen", "continue", "continue", "continue", "adapt", "reconsider", "unknown", "unknown", "no_view")
COMMENTS = ("Les horaires ne conviennent pas à ceux qui travaillent.", "Un vrai repère pour les familles du quartier.")
_LATER = """
import datetime
from parvis.core import clock
from parvis.sheets.models import ResultsRelease
ResultsRelease.objects.update(reply_until=clock.today() - datetime.timedelta(days=1))
"""


@dataclass
class Town:
    """What the steps share: the site, its mail, the browser, where the pictures go."""

    place: Place
    served: Served
    smtp: FakeSmtp
    browser: Browser
    folder: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    def mails(self, address: str) -> list[str]:
        """The text of those that an address received, in order."""
        read = [email.message_from_bytes(body.encode(), policy=email.policy.default) for body in self.smtp.bodies]
        return [mail.get_content().replace("\r\n", "\n") for mail in read if address in str(mail["To"])]

    def wait_mails(self, count: int) -> None:
        """Until so many have left in all."""
        end = time.monotonic() + 90
        while self.smtp.total < count:
            if time.monotonic() > end:
                raise RuntimeError(f"{self.smtp.total} mails left, {count} awaited")
            time.sleep(0.2)

    def page(self, width: int = 1366, height: int = 768) -> Page:
        """A browser of her own, that nobody used."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="fr-FR", reduced_motion="reduce"
        )
        context.set_default_timeout(15_000)
        return context.new_page()


def run(folder: Path) -> Hand:
    """The whole journey; the hand that made it, with its counts."""
    folder.mkdir(parents=True, exist_ok=True)
    with FakeSmtp() as smtp, untouched() as place, sync_playwright() as playwright:
        served = Served(place)
        place.env.update(
            PARVIS_MAIL_URL=f"smtp://127.0.0.1:{smtp.port}",
            PARVIS_MAIL_FROM="Parvis <concertation@agglo.example>",
            PARVIS_URL=f"http://127.0.0.1:{served.port}",
        )
        _init(place, folder)
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        with served:
            here = Town(place, served, smtp, browser, folder)
            hand = Hand(here.page(), folder)
            _enter(here, hand)
            _prepare(hand)
            _import(here, hand)
            _invite(here, hand)
            _answer(here)
            _close_and_share(here, hand)
            _reply(here)
            _publish(here, hand)
            _read(here, hand)
            browser.close()
        _keep_mails(smtp, folder)
    return hand


def _init(place: Place, folder: Path) -> None:
    address, name = town.AGENT
    neighbourhoods = str(town.neighbourhoods_table(folder))
    begun = time.monotonic()
    done = place.parvis("init", "--epci", town.EPCI, "--neighbourhoods", neighbourhoods, "--email", address,
                        "--name", name)  # fmt: skip
    (folder / "00-init.txt").write_text(f"{done.stdout}{done.stderr}\n{time.monotonic() - begun:.1f} s\n")
    if done.returncode:
        raise RuntimeError(done.stderr)


def _enter(here: Town, hand: Hand) -> None:
    hand.begin("Entrer")
    hand.go(f"{here.url}/gestion/")
    hand.look("01-entree")
    hand.write("email", town.AGENT[0])
    before = here.smtp.total
    hand.click("Recevoir un code")
    here.wait_mails(before + 1)
    code = re.search(r"\n\n(\S+)\n\n", here.mails(town.AGENT[0])[-1])
    if code is None:
        raise RuntimeError("no code in the mail")
    hand.write("code", code[1])
    hand.click("Entrer")
    hand.look("02-ce-qui-m-attend")


def _prepare(hand: Hand) -> None:
    hand.begin("Concertation")
    hand.click("Créer la concertation", "link")
    hand.look("03-nouvelle-concertation")
    first = hand.page.locator("main select[name=territory] option:not([value=''])").first
    hand.choose("territory", first.get_attribute("value") or "")
    hand.write("title", town.TITLE)
    hand.write("authority", "la communauté d'agglomération")
    hand.paste("introduction", town.INTRODUCTION)
    hand.click("Créer la concertation")
    hand.look("04-concertation")

    hand.begin("Thématiques")
    home = hand.page.url
    hand.press(hand.page.locator("main a[href$='/thematiques/']"))
    hand.write("name", "Numérique")
    hand.click("Ajouter")
    hand.look("05-thematiques")

    hand.begin("Étapes")
    hand.go(home)
    hand.press(hand.page.locator("main a[href$='/etapes/']"))
    today = datetime.date.today()
    hand.write("review-opens_on", today.isoformat())
    hand.write("review-closes_on", (today + datetime.timedelta(days=21)).isoformat())
    hand.look("06-etapes")
    hand.click("Enregistrer")

    hand.begin("Équipe")
    hand.click("Agents", "link")
    hand.write("email", town.COLLEAGUE[0])
    hand.write("name", town.COLLEAGUE[1])
    hand.click("Ajouter")
    hand.look("07-agents")
    hand.go(home + "equipe/")
    hand.choose("user", hand.page.locator("main select[name=user] option").last.get_attribute("value") or "")
    hand.click("Ajouter à l'équipe")
    hand.look("08-equipe")
    hand.go(home)


def _import(here: Town, hand: Hand) -> None:
    home = hand.page.url
    for step, path, file, name in (
        ("Annuaire", "annuaire", town.partners_table(here.folder), "09-annuaire"),
        ("Fiches", "fiches", town.sheets_table(here.folder), "10-fiches"),
    ):
        hand.begin(step)
        hand.press(hand.page.locator(f"main a[href$='/{path}/']").first)
        hand.press(hand.page.locator("main a[href$='/importer/']").first)
        hand.upload("file", file)
        hand.look(f"{name}-fichier")
        hand.click("Vérifier")
        hand.look(f"{name}-apercu")
        hand.click("Importer")
        hand.look(name)
        if path == "fiches":
            hand.press(hand.page.locator("#toutes"))
            hand.click("Montrer aux partenaires")
            hand.look("11-fiches-montrees")
        hand.go(home)


def _invite(here: Town, hand: Hand) -> None:
    home = hand.page.url
    hand.begin("Texte de l'invitation")
    hand.press(hand.page.locator("main a[href$='/courriels/']").first)
    hand.look("12-textes")
    hand.press(hand.page.locator("main a[href$='/courriels/invitation/']").first)
    hand.look("13-texte-propose")
    hand.paste("body", town.INVITATION)
    hand.write("signatory", "La Présidente, Aude Merlancourt")
    hand.write("sender_name", "Claire Aubrun, contrat de ville")
    hand.write("reply_to", town.AGENT[0])
    hand.click("Enregistrer")
    before = here.smtp.total
    hand.click("M'envoyer un essai")
    hand.look("14-texte-essaye")
    here.wait_mails(before + 1)

    hand.begin("Ouverture")
    hand.go(home)
    hand.press(hand.page.get_by_role("link", name="Ouvrir la concertation"))
    hand.look("14-ouverture")
    hand.click("Ouvrir la concertation")
    hand.begin("Envoi")
    hand.press(hand.page.locator("main a[href$='/invitations/']").first)
    hand.look("15-invitations")
    hand.press(hand.page.get_by_label("Tout le monde, coché ou non"))
    hand.click("Inviter par courriel")
    hand.look("16-avant-envoi")
    before = here.smtp.total
    hand.click("Envoyer")
    hand.look("17-envoi-en-cours")
    here.wait_mails(before + len(town.partners()))
    hand.page.reload()
    hand.look("18-envoye")
    hand.go(home)


def _link(here: Town, address: str) -> str:
    found = re.search(r"http://\S+/partenaires/invitation/\S+/", here.mails(address)[-1])
    if found is None:
        raise RuntimeError(f"no link for {address}")
    return here.url + urlsplit(found[0]).path


def _come_in(here: Town, page: Page, address: str) -> None:
    page.goto(_link(here, address))
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/partenaires/fiches/")


def _answer(here: Town) -> None:
    chance = random.Random(17)
    for rank, row in enumerate(town.partners()[:ANSWERING]):
        page = here.page(360, 740)
        if rank == 0:
            page.goto(_link(here, row[-1]))
            page.screenshot(path=here.folder / "19-invitation-360.png", full_page=True)
        _come_in(here, page, row[-1])
        links = page.locator("a[data-sheet]").evaluate_all("all => all.map(link => link.getAttribute('href'))")
        codes = [link.rstrip("/").rsplit("/", 1)[1] for link in links]
        if rank < BY_PAGE:
            _tap(here, page, chance, pictures=rank == 0)
        else:
            key = page.locator("meta[name=parvis-key]").get_attribute("content") or ""
            device = Device(here.served.port, key, f"first{rank:02}", codes, chance)
            for sheet in codes:
                device.clock += 1
                value = chance.choice(VALUES)
                comment = chance.choice(COMMENTS) if chance.random() < 0.15 else ""
                device.waiting.append(
                    {"op_id": str(uuid.uuid4()), "seq": device.clock, "kind": "opinion", "sheet": sheet,
                     "value": value, "comment": comment, "relation": "none"}
                )  # fmt: skip
            if not device.send():
                raise RuntimeError(f"the outbox did not answer: {device.figures}")
            device.close()
        page.context.close()


def _tap(here: Town, page: Page, chance: random.Random, *, pictures: bool) -> None:
    if pictures:
        page.screenshot(path=here.folder / "20-partenaire-fiches-360.png", full_page=True)
    page.locator("[data-following]").click()
    while True:
        page.locator(f"input[name=value][value={chance.choice(VALUES)}]").check(force=True)
        until(page, "document.querySelector('[data-state]').textContent.includes('Enregistré')")
        if pictures:
            page.screenshot(path=here.folder / "21-partenaire-fiche-360.png", full_page=True)
            pictures = False
        over = page.get_by_role("link", name="Terminer").count()
        with page.expect_navigation():
            page.locator("[data-next]").click()
        if over:
            return


def _close_and_share(here: Town, hand: Hand) -> None:
    home = hand.page.url
    hand.begin("Fermeture")
    hand.press(hand.page.locator("main a[href$='/etapes/']"))
    hand.choose("review-control", "closed")
    hand.click("Enregistrer")
    hand.look("22-etapes-fermees")

    hand.begin("Résultats aux porteurs")
    hand.go(home)
    hand.press(hand.page.locator("main a[href$='/avis/']"))
    hand.look("23-avis")
    _keep_files(here, hand, ("pdf", "xlsx"))
    hand.click("Ouvrir aux porteurs", "link")
    hand.look("24-diffusion")
    hand.write("reply_until", (datetime.date.today() + datetime.timedelta(days=6)).isoformat())
    before = here.smtp.total
    hand.click("Ouvrir aux porteurs")
    hand.look("25-ouvert-aux-porteurs")
    here.wait_mails(before + 1)
    time.sleep(3)  # the others leave behind the first


def _keep_files(here: Town, hand: Hand, extensions: tuple[str, ...], prefix: str = "") -> None:
    for extension in extensions:
        with hand.page.expect_download() as kept:
            hand.page.locator(f"main a[href$='.{extension}']").first.click()
        path = here.folder / f"{prefix}{kept.value.suggested_filename}"
        kept.value.save_as(path)
        if extension == "pdf":
            subprocess.run(["pdftoppm", "-r", "60", "-png", str(path), str(path.with_suffix(""))], check=True)


def _reply(here: Town) -> None:
    leads = {row[2] for row in town.sheets()}
    first = True
    for row in town.partners()[5:9]:
        if row[0] not in leads:
            continue
        page = here.page()
        _come_in(here, page, row[-1])
        page.goto(f"{here.url}/partenaires/mes-actions/")
        if first:
            page.screenshot(path=here.folder / "26-porteur.png", full_page=True)
            first = False
        page.locator("main textarea").first.fill(town.REPLY)
        page.get_by_role("button", name="Enregistrer la réponse").first.click()
        page.get_by_text("Votre réponse est enregistrée").wait_for()
        page.screenshot(path=here.folder / "27-porteur-a-repondu.png", full_page=True)
        page.context.close()


def _publish(here: Town, hand: Hand) -> None:
    done = here.place.parvis("manage", "shell", "-c", _LATER)
    if done.returncode:
        raise RuntimeError(done.stderr)
    hand.begin("Validation")
    release = hand.page.url
    hand.go(release.replace("avis/diffusion/", "fiches/"))
    hand.press(hand.page.get_by_label("Toutes les fiches affichées"))
    hand.click("Changer qui peut lire")
    hand.look("27-fiches-ouvertes")
    hand.go(release)
    hand.click("Envoyer à la validation")
    hand.look("28-validation")
    while hand.page.locator("main [name=etape-step]").count():
        hand.click("Valider")
    hand.begin("Publication")
    hand.click("Aperçu", "link")
    hand.look("29-apercu")
    hand.page.go_back()
    hand.click("Publier les résultats")
    hand.look("30-publie")


def _read(here: Town, hand: Hand) -> None:
    release = hand.page.url
    hand.begin("Comités")
    hand.go(release.replace("diffusion/", ""))
    hand.look("31-avis-publies")
    _keep_files(here, hand, ("pdf", "xlsx"), "apres-")
    hand.click("Pour les comités", "link")
    hand.look("32-comites")
    _keep_files(here, hand, ("pdf",))
    hand.go(release)
    address = hand.page.get_by_role("link", name="La page publique").last.get_attribute("href") or ""
    for width, name in ((1366, "33-public"), (360, "33-public-360")):
        page = here.page(width)
        page.goto(here.url + address)
        page.screenshot(path=here.folder / f"{name}.png", full_page=True)
        page.goto(here.url + address.replace("avis/", ""))
        page.screenshot(path=here.folder / f"{name}-concertation.png", full_page=True)
        page.context.close()
    hand.go(f"{here.url}/gestion/")
    hand.look("34-ce-qui-m-attend")


def _keep_mails(smtp: FakeSmtp, folder: Path) -> None:
    for number, body in enumerate(smtp.bodies):
        mail = email.message_from_bytes(body.encode(), policy=email.policy.default)
        (folder / f"mail-{number:03}.eml").write_text(body)
        head = "\n".join(f"{name}: {str(mail[name]).strip()}" for name in ("From", "Reply-To", "To", "Subject"))
        (folder / f"mail-{number:03}.txt").write_text(f"{head}\n\n{mail.get_content()}")


def main() -> None:
    hand = run(Path(sys.argv[1]))
    print(f"{'étape':26} {'clics':>6} {'touches':>8}")
    for step, clicks in hand.clicks.items():
        print(f"{step:26} {clicks:6} {hand.keys[step]:8}")
    print(f"{'en tout':26} {hand.clicks.total():6} {hand.keys.total():8}")


if __name__ == "__main__":
    main()
