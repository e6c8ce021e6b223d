"""What the tests of the partners' pages do again and again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import ROOT, Site

NOTHING_WAITS = """new Promise(done => { const asked = indexedDB.open("parvis"); asked.onsuccess = () => {
    const ops = asked.result.transaction("ops").objectStore("ops").count();
    ops.onsuccess = () => { asked.result.close(); done(ops.result === 0); }; }; })"""
_INVITE = """
from parvis.consultations.models import Invitation
from parvis.consultations.operations.invitations import invitation_path, invite_contact
from parvis.people.models import Contact, User
first = Invitation.objects.filter(kind="contact").earliest("pk")
contact = Contact.objects.create(organisation=first.organisation, name="Une personne de plus", email="{email}")
lead = User.objects.filter(email__startswith="coordinator").first()
print("LINK", invitation_path(invite_contact(lead, first.consultation, contact)))
"""


def command(site: Site, *words: str) -> str:
    """What a `parvis` command prints, run on the site's own data."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PARVIS_", "DATABASE_"))}
    return subprocess.run(
        [sys.executable, "-m", "parvis.cli.main", *words],
        cwd=ROOT, env={**kept, "PARVIS_HOME": str(site.home)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


def verified(site: Site) -> dict[str, Any]:
    """Everything recounted from the log of operations, by the program itself."""
    found: dict[str, Any] = json.loads(command(site, "verify", "--json"))
    assert found["problems"] == []
    return found


def opinions(site: Site) -> int:
    return sum(sum(values.values()) for values in verified(site)["opinions"].values())


def new_link(site: Site, name: str) -> str:
    """The invitation of someone who has said nothing yet."""
    told = command(site, "manage", "shell", "-c", _INVITE.format(email=f"{name}@organisme.example"))
    return site.url + told.split("LINK ")[1].strip()


def come_in(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_role("button", name="Continuer").click()
    page.wait_for_url("**/partenaires/fiches/")


def answer(page: Page, value: str) -> None:
    """One tap on the answer, one on the way on."""
    page.get_by_role("radio", name=value, exact=True).tap()
    with page.expect_navigation():
        page.locator("[data-next]").tap()


def phone(browser: Browser) -> BrowserContext:
    """A telephone of 360 px, that nobody used."""
    made = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="fr-FR", reduced_motion="reduce"
    )
    made.set_default_timeout(10_000)
    return made
