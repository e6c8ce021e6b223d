"""From last year's consultation to this year's, by script: `python -m bench.next_year FOLDER`.

In Debian's chromium, on the consultation of `parvis trial`, where sixty partners gave their opinions: an agent takes it
over, changes the directory (a colleague left, another came), corrects a sheet, opens it, and reads the public page.
Clicks, keys and seconds by step; FOLDER keeps a picture of each screen, at the width of a desk and of a telephone.
"""

from __future__ import annotations

import datetime
import json
import shutil
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.hand import Hand
from bench.places import embedded
from bench.served import Served

_WIDTHS = {"bureau": 1366, "telephone": 360}


class Journey:
    """The hand, the seconds of each step, and pictures at both widths."""

    def __init__(self, hand: Hand) -> None:
        self.hand, self.seconds = hand, dict[str, float]()
        self._begun = 0.0

    def begin(self, step: str) -> None:
        self._end()
        self.hand.begin(step)
        self._begun = time.monotonic()

    def look(self, name: str) -> None:
        for width in _WIDTHS.values():
            self.hand.page.set_viewport_size({"width": width, "height": 800})
            self.hand.look(f"{name}-{width}")
        self.hand.page.set_viewport_size({"width": _WIDTHS["bureau"], "height": 800})

    def _end(self) -> None:
        if self.hand.step:
            self.seconds[self.hand.step] = time.monotonic() - self._begun

    def told(self) -> str:
        """A line a step, then the whole."""
        self._end()
        lines = [
            f"{step} : {self.hand.clicks[step]} clics, {self.hand.keys[step]} touches, {spent:.1f} s"
            for step, spent in self.seconds.items()
        ]
        whole = (self.hand.clicks.total(), self.hand.keys.total(), sum(self.seconds.values()))
        return "\n".join([*lines, f"En tout : {whole[0]} clics, {whole[1]} touches, {whole[2]:.1f} s"])


def run(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    with embedded() as place, sync_playwright() as playwright:
        served = Served(place)
        place.env.update(PARVIS_URL=f"http://127.0.0.1:{served.port}")
        trial = json.loads(place.parvis("trial", "--json").stdout)["sides"][0]
        agent = next(agent for agent in trial["agents"] if agent["role"] == "coordinator")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        with served:
            context = browser.new_context(viewport={"width": 1366, "height": 800}, locale="fr-FR")
            context.set_default_timeout(20_000)
            hand = Hand(context.new_page(), folder)
            hand.page.goto(f"http://127.0.0.1:{served.port}{agent['sign_in']}")
            hand.page.get_by_role("button", name="Me connecter").click()
            told = _walk(Journey(hand), f"http://127.0.0.1:{served.port}", trial["consultation"])
            browser.close()
    return told


def _walk(journey: Journey, url: str, last_year: str) -> str:
    hand = journey.hand
    journey.begin("Reprendre")
    hand.go(f"{url}/gestion/concertations/")
    hand.press(hand.page.locator("main a[href*='/gestion/concertations/']").first)
    journey.look("01-l-an-dernier")
    hand.press(hand.page.locator("main a[href$='/reprendre/']").first)
    hand.write("title", "Contrat de ville, nouvelle année")
    hand.write("begins_on", (datetime.date.today() + datetime.timedelta(days=30)).isoformat())
    journey.look("02-reprendre")
    hand.click("Créer la nouvelle concertation")
    journey.look("03-le-brouillon")
    home = hand.page.url
    journey.begin("Annuaire : une personne part, une autre arrive")
    hand.press(hand.page.locator("main a[href$='/annuaire/']").first)
    journey.look("04-annuaire")
    hand.press(hand.page.get_by_role("link", name="Mission locale").first)
    journey.look("05-un-organisme")
    hand.press(hand.page.get_by_role("link", name="Effacer").first)
    journey.look("06-effacer")
    hand.click("Effacer")
    hand.press(hand.page.get_by_role("link", name="Ajouter un contact").first)
    hand.write("name", "Mme Awa Exemple")
    hand.write("position", "Directrice")
    hand.write("email", "awa@exemple.example")
    journey.look("07-contact")
    hand.click("Ajouter")
    journey.begin("Fiches : une corrigée, toutes montrées")
    hand.go(f"{home}fiches/")
    journey.look("08-fiches")
    hand.press(hand.page.locator("main a[href*='/fiches/']:not([href$='/nouvelle/'])").nth(3))
    hand.write("budget", "24 000 €")
    journey.look("09-une-fiche")
    hand.click("Enregistrer")
    hand.press(hand.page.get_by_label("Toutes les fiches affichées"))
    hand.click("Montrer aux partenaires")
    journey.look("10-fiches-montrees")
    journey.begin("Ouvrir et publier")
    hand.go(home)
    hand.press(hand.page.get_by_role("link", name="Ouvrir la concertation"))
    journey.look("11-ouvrir")
    hand.click("Ouvrir la concertation")
    journey.look("12-ouverte")
    hand.press(hand.page.get_by_role("link", name="La page publique"))
    journey.look("13-page-publique")
    journey.begin("Qui a fait quoi")
    hand.go(f"{home}journal/")
    journey.look("14-qui-a-fait-quoi")
    return journey.told()


if __name__ == "__main__":
    print(run(Path(sys.argv[1])))
