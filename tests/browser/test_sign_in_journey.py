"""An agent enters through the provider, sets up her telephone, leaves both, comes back. Every page looked at by axe."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from parvis.people.second_factor.totp import PERIOD, code_at
from tests.browser.conftest import Site, demonstration
from tests.browser.test_accessibility import faults
from tests.fake_provider import CLIENT, SECRET, FakeProvider, served

pytestmark = pytest.mark.browser

_AGENT = "administrator@agglomeration.example"


@pytest.fixture(scope="module")
def with_provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A demonstration that trusts a provider of the loopback, and requires a second step of who administers."""
    with served(FakeProvider(person={"sub": "irene", "email": _AGENT, "email_verified": True})) as fake:
        settings = {
            "PARVIS_OIDC_ISSUER": fake.url, "PARVIS_OIDC_CLIENT_ID": CLIENT, "PARVIS_OIDC_SECRET": SECRET,
            "PARVIS_OIDC_LABEL": "Essai Connect", "PARVIS_REQUIRE_SECOND_FACTOR": "administrator",
        }  # fmt: skip
        with demonstration(tmp_path_factory.mktemp("home"), **settings) as site:
            yield site


def looked_at(page: Page, captures: Path, name: str) -> None:
    """No fault, on a desk and on a telephone, in both lights; a picture of each is kept."""
    found: list[str] = []
    for width, scheme in ((1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += faults(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{name} is wider than {width}"
        page.screenshot(path=captures / f"sign-in-{name}-{width}-{scheme}.png", full_page=True)
    assert not found, "\n".join(found)


def fresh_code(secret: str, after: int) -> tuple[str, int]:
    """A code later than the last one used: the step after the present one is taken too, so nobody waits."""
    counter = max(int(time.time()) // PERIOD, after + 1)
    return code_at(secret, counter), counter


def test_an_agent_enters_sets_up_leaves_and_comes_back(page: Page, with_provider: Site, captures: Path) -> None:
    site = with_provider
    page.goto(f"{site.url}/gestion/connexion/")
    looked_at(page, captures, "1-entrance")
    page.click("text=Entrer avec Essai Connect")
    page.wait_for_url("**/mon-acces/deux-etapes/activer/")
    looked_at(page, captures, "2-activate")
    secret = page.inner_text(".typed-key").replace(" ", "")
    code, used = fresh_code(secret, 0)
    page.fill("input[name=code]", code)
    page.click("button:has-text('Activer')")
    page.wait_for_url("**/codes-de-secours/")
    looked_at(page, captures, "4-recovery-codes")
    spare = page.locator(".recovery-codes code").all_inner_texts()
    with page.expect_download() as kept:
        page.click("text=Les télécharger")
    assert Path(kept.value.path()).read_text(encoding="utf-8").splitlines()[3:] == spare
    page.click("text=Je les ai mis de côté")
    page.wait_for_url(re.compile("/gestion/$"))
    page.goto(f"{site.url}/gestion/mon-acces/")
    looked_at(page, captures, "5-my-access")
    page.goto(f"{site.url}/gestion/mon-acces/codes-de-secours/nouveaux/")
    looked_at(page, captures, "6-new-codes")
    page.goto(f"{site.url}/gestion/connexion/quitter/")
    page.click("main button")
    looked_at(page, captures, "7-left")
    page.click("text=Fermer aussi la session")
    page.wait_for_url(re.compile(r"/\?state="))
    page.goto(f"{site.url}/gestion/connexion/")
    page.click("text=Entrer avec Essai Connect")
    page.wait_for_url("**/connexion/deux-etapes/")
    looked_at(page, captures, "8-second-step")
    page.fill("input[name=code]", fresh_code(secret, used)[0])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/gestion/$"))


def test_refusals_are_told_in_words(browser: Browser, with_provider: Site, captures: Path) -> None:
    """Apart, since a page that answers 403 or 422 is written in the console as a fault."""
    page = browser.new_page(locale="fr-FR", reduced_motion="reduce")
    page.goto(f"{with_provider.url}/gestion/connexion/fournisseur/retour/?code=x&state=y")
    looked_at(page, captures, "9-refused")
    page.goto(with_provider.links["Coordination"])
    page.click("main button")
    page.goto(f"{with_provider.url}/gestion/mon-acces/deux-etapes/activer/")
    secret = page.inner_text(".typed-key")
    page.fill("input[name=code]", "12 34")
    page.click("button:has-text('Activer')")
    looked_at(page, captures, "3-wrong-code")
    assert page.inner_text(".typed-key") == secret
    assert page.input_value("input[name=code]") == "12 34"
    page.close()
