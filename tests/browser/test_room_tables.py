"""Tables and phones of a room: written alone, caught up, never twice; by keyboard, by drag, without a script."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.hands import look, until
from tests.browser.rooms import BrowserRoom, device, fill_note, join, new_room, note, saved, take_table
from tests.browser.test_accessibility import faults, in_all_lights

pytestmark = pytest.mark.browser

A_DAY_LATE = """{ const Real = Date, apart = 86_400_000;
Date = class extends Real { constructor(...all) { all.length ? super(...all) : super(Real.now() + apart); }
static now() { return Real.now() + apart; } }; }"""


def tick(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator("[data-note]", has_text=text).locator(".note__choose").check()


def gather(page: Page, title: str, *texts: str) -> None:
    tick(page, *texts)
    page.get_by_label("Titre d'une nouvelle famille").fill(title)
    page.get_by_role("button", name="Rassembler").click()
    page.get_by_role("heading", name=title).wait_for()


def test_a_table_alone_then_back_loses_nothing_and_doubles_nothing(
    site: Site, browser: Browser, captures: Path
) -> None:
    room = new_room(site)
    with device(browser, 1280, 900) as first, device(browser, 1280, 900) as second, device(browser, 360, 740) as mobile:
        one, two, phone = take_table(first, room, 1), take_table(second, room, 2), join(mobile, room, 2)
        note(one, "Le dernier bus part trop tôt", "2")
        note(one, "Les partenaires se connaissent", "1")
        saved(one)
        fill_note(phone, "Une permanence le soir 🙂")
        phone.get_by_role("button", name="Ajouter ma note").click()
        saved(phone)
        expect(two.locator("[data-alone] [data-note]")).to_have_count(1)

        until(two, "document.documentElement.dataset.kept === 'yes'")
        second.set_offline(True)
        for text in ("Sans réseau, un", "Sans réseau, deux", "مرحبا بكم"):
            note(two, text, "3")
        gather(two, "Seuls au monde", "Sans réseau, un", "permanence")
        two.get_by_label("Organisme").fill("CAF")
        two.get_by_role("button", name="Compter").click()
        saved(two, "En attente (5)")
        two.get_by_text("Pas de réseau : continuez").wait_for()
        assert faults(two) == []
        look(two, captures, "atelier-table-sans-reseau", whole=True)
        address = two.url
        two.close()

        room.step("challenges")
        note(one, "Pendant ce temps", "2")
        two = second.new_page()
        two.goto(address)  # still without a network
        expect(two.locator("[data-note]")).to_have_count(4)
        two.get_by_role("heading", name="Seuls au monde").wait_for()
        note(two, "Après la réouverture", "4")
        saved(two, "En attente (6)")
        second.set_offline(False)
        saved(two)
        expect(two.locator("[data-pending]:visible")).to_have_count(0)
        two.locator("[data-step]").get_by_text("Défis").wait_for()
        expect(phone.locator("[data-alone] [data-note], [data-families] [data-note]")).to_have_count(8)
    assert room.texts() == Counter(
        {
            ("Le dernier bus part trop tôt", ""): 1,
            ("Les partenaires se connaissent", ""): 1,
            ("Une permanence le soir 🙂", "Seuls au monde"): 1,
            ("Sans réseau, un", "Seuls au monde"): 1,
            ("Sans réseau, deux", ""): 1,
            ("مرحبا بكم", ""): 1,
            ("Pendant ce temps", ""): 1,
            ("Après la réouverture", ""): 1,
        }
    )
    assert room.dots() == 0


def arrived(room: BrowserRoom, page: Page, wanted: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """What the program has, once what the page still had to send has arrived: « Enregistré » may be that of before."""
    for _ in range(20):
        if room.texts() == wanted:
            break
        page.wait_for_timeout(250)
    return room.texts()


def test_every_gesture_of_a_table_and_its_way_back(site: Site, browser: Browser, captures: Path) -> None:
    room = new_room(site)
    with device(browser, 1280, 900) as laptop:
        page = take_table(laptop, room)
        for text in ("Le bus du soir", "Les bus le soir", "Le train et le vélo"):
            note(page, text, "2")
        gather(page, "Se déplacer", "Le bus du soir")
        page.locator("[data-note]", has_text="Le train").drag_to(page.locator(".family"))
        expect(page.locator(".family [data-note]")).to_have_count(2)
        tick(page, "Le bus du soir", "Les bus le soir")
        page.get_by_role("button", name="Disent la même chose").click()
        page.get_by_text("1 autre dit la même chose").wait_for()
        page.get_by_role("link", name="Corriger la note : Le train").click()
        text = page.get_by_label("Le texte")
        text.press("Home")
        for _ in range(len("Le train")):
            text.press("ArrowRight")
        assert faults(page) == []
        page.screenshot(path=captures / "atelier-correction.png")
        page.get_by_role("button", name="Couper en deux").click()
        expect(page.locator(".family [data-note]")).to_have_count(3)
        page.get_by_role("button", name="Renommer").click()
        page.get_by_label("Nouveau titre de la famille").fill("Bouger")
        page.get_by_label("Nouveau titre de la famille").press("Enter")
        page.get_by_role("heading", name="Bouger").wait_for()
        saved(page)
        look(page, captures, "atelier-table", whole=True)
        assert in_all_lights(page) == []
        said = {("Le bus du soir", "Bouger"): 1, ("Les bus le soir", ""): 1, ("Le train", "Bouger"): 1,
                ("et le vélo", "Bouger"): 1}  # fmt: skip
        assert room.texts() == Counter(said)

        undo = page.get_by_role("button", name="Annuler", exact=True).first
        while undo.is_enabled():
            undo.click()
        expect(page.locator("[data-note]")).to_have_count(0)
        assert arrived(room, page, Counter()) == Counter()
        redo = page.get_by_role("button", name="Rétablir")
        while redo.is_enabled():
            redo.click()
        expect(page.locator("[data-note]")).to_have_count(3)
        assert arrived(room, page, Counter(said)) == Counter(said)


def test_two_laptops_write_one_note_and_both_versions_are_kept(site: Site, browser: Browser) -> None:
    room = new_room(site)
    with device(browser, 1024, 768) as first, device(browser, 1024, 768) as second:
        one = take_table(first, room)
        note(one, "Le bus")
        saved(one)
        two = second.new_page()
        two.goto(site.url + room.tables[0])
        two.get_by_text("Cette table est déjà tenue").wait_for()
        assert faults(two) == []
        two.get_by_role("button", name="Tenir la table 1").click()
        for page, context, text in ((one, first, "Le bus de nuit"), (two, second, "Le dernier bus")):
            page.locator("[data-note]", has_text="Le bus").wait_for()
            context.set_offline(True)
            page.get_by_role("link", name="Corriger la note").click()
            page.get_by_label("Le texte").fill(text)
            page.get_by_label("Le texte").press("Enter")
            saved(page, "En attente (1)")
        second.set_offline(False)
        saved(two)
        first.set_offline(False)
        saved(one)
        shown = sum(room.texts().values()), next(iter(room.texts()))[0]
        assert shown in ((1, "Le bus de nuit"), (1, "Le dernier bus"))
        expect(two.locator("[data-alone] [data-text]")).to_have_text(shown[1])
        two.get_by_role("link", name="Corriger la note").click()
        versions = two.locator("[data-versions-list] .row__body")
        expect(versions).to_have_count(2)
        lost = ({"Le bus de nuit", "Le dernier bus"} - {shown[1]}).pop()
        two.locator("[data-versions-list] .row", has_text=lost).get_by_role("button", name="Reprendre").click()
        assert faults(two) == []
        two.get_by_role("button", name="Enregistrer").click()
        saved(two)
        expect(one.locator("[data-alone] [data-text]")).to_have_text(lost)
        assert list(room.texts()) == [(lost, "")]


def test_dots_of_a_table_and_of_phones_with_and_without_script(site: Site, browser: Browser, captures: Path) -> None:
    room = new_room(site)
    with (
        device(browser, 1280, 900) as laptop,
        device(browser, 360, 740, has_touch=True) as mobile,
        device(browser, 320, 640, java_script_enabled=False) as bare,
    ):
        table, phone, plain = take_table(laptop, room), join(mobile, room), join(bare, room)
        note(table, "Le bus")
        gather(table, "Se déplacer", "Le bus")
        saved(table)
        fill_note(plain, "Sans script")
        plain.get_by_role("radio", name="Proposition").check()
        plain.get_by_role("button", name="Ajouter ma note").click()
        room.step("priorities")
        table.get_by_text("La table peut encore placer 60 gommettes").wait_for()
        table.get_by_label("Organisme").fill("CAF")
        table.get_by_label("Personnes").fill("2")
        table.get_by_role("button", name="Compter").click()
        table.get_by_text("La table peut encore placer 10 gommettes").wait_for()
        more = table.locator(".family > .dots [data-more]")
        for _ in range(10):
            more.click()
        expect(more).to_be_disabled()
        phone.get_by_text("Il vous reste 5 gommettes").wait_for()
        for _ in range(3):
            phone.locator("[data-note]", has_text="Sans script").locator("[data-more]").tap()
        phone.get_by_text("Il vous reste 2 gommettes").wait_for()
        saved(phone)
        saved(table)
        expect(phone.locator("[data-alone] [data-total]")).to_have_text("3 gommettes")
        expect(table.locator(".family__head [data-total]")).to_have_text("10 gommettes")
        look(phone, captures, "atelier-gommettes", whole=True)
        assert in_all_lights(phone) == []
        look(table, captures, "atelier-table-gommettes", whole=True)
        assert in_all_lights(table) == []
        plain.reload()
        card = plain.locator("[data-note]", has_text="Sans script")
        card.get_by_label("Mes gommettes ici").fill("2")
        card.get_by_role("button", name="Placer").click()
        plain.get_by_text("Il vous reste 3 gommettes").wait_for()
        plain.screenshot(path=captures / "atelier-sans-script.png", full_page=True)
    assert room.dots() == 10 + 3 + 2


def test_closing_keeps_what_a_table_had_not_sent(site: Site, browser: Browser) -> None:
    room = new_room(site)
    with device(browser, 1024, 768) as laptop, device(browser, 360, 740) as mobile:
        table, phone = take_table(laptop, room), join(mobile, room)
        note(table, "À temps")
        saved(table)
        laptop.set_offline(True)
        note(table, "Trop tard")
        saved(table, "En attente (1)")
        table.goto(f"{site.url}/atelier/{room.code}/secretaire/")
        fill_note(phone, "Commencée avant la fin")
        room.run("running.close_room(actor, board)")
        phone.get_by_text("Cet atelier est terminé.").wait_for()
        assert phone.get_by_label("Votre note").input_value() == "Commencée avant la fin"
        phone.get_by_role("button", name="Ajouter ma note").click()
        saved(phone, "Arrivé après la fermeture : gardé.")
        laptop.set_offline(False)
        saved(table, "Arrivé après la fermeture : gardé.")
        table.get_by_text("Cet atelier est terminé.").wait_for()
        phone.get_by_text("Arrivée après la fermeture : gardée à part").wait_for()
        for page in (table, phone):
            assert faults(page) == []
    assert list(room.texts()) == [("À temps", "")]
    room.run("from parvis.consultations.models import OutboxOp\n"
             "assert sorted(op.content['text'] for op in OutboxOp.objects.filter(status='late')"
             " if op.content['room'] == board.room) == ['Commencée avant la fin', 'Trop tard']")  # fmt: skip


def test_before_the_opening_then_a_clock_wrong_by_a_day_and_a_pause(
    site: Site, browser: Browser, captures: Path
) -> None:
    room = new_room(site, opened=False)
    with device(browser, 1024, 768) as laptop, device(browser, 360, 740) as mobile:
        laptop.add_init_script(A_DAY_LATE)
        table, phone = take_table(laptop, room), mobile.new_page()
        table.get_by_text("L'atelier n'est pas encore ouvert.").wait_for()
        assert faults(table) == []
        phone.goto(f"{site.url}/atelier/?code={room.code}")
        phone.get_by_role("button", name="Entrer").click()
        phone.get_by_role("heading", name="L'atelier va ouvrir").wait_for()
        assert in_all_lights(phone) == []
        phone.set_viewport_size({"width": 360, "height": 740})
        phone.screenshot(path=captures / "atelier-va-ouvrir.png")
        room.run("running.open_room(actor, board)")
        phone.get_by_role("heading", name="Atelier d'essai").wait_for()
        expect(table.locator("[data-clock]")).to_have_text(re.compile(r"^(39|40):\d\d$"))
        note(table, "Un jour plus tard")
        saved(table)
        room.run("running.pause(actor, board)")
        expect(table.locator("[data-clock]")).to_have_text(re.compile(r"^39:\d\d en pause$"))
    assert list(room.texts()) == [("Un jour plus tard", "")]


def test_photograph_taken_without_a_network_arrives_once(site: Site, browser: Browser, tmp_path: Path) -> None:
    room, file = new_room(site), tmp_path / "tableau.jpg"
    Image.new("RGB", (3_000, 2_000), "white").save(file)
    with device(browser, 1024, 768) as laptop:
        page = take_table(laptop, room)
        until(page, "document.documentElement.dataset.kept === 'yes'")
        laptop.set_offline(True)
        page.get_by_label("Photographie", exact=True).set_input_files(file)
        page.get_by_label("Ce qu'on y lit").fill("Trois idées entourées")
        page.get_by_role("button", name="Joindre").click()
        page.locator("[data-kept-photo]").get_by_text("En attente").wait_for()
        page.close()
        page = laptop.new_page()
        page.goto(f"{site.url}/atelier/{room.code}/secretaire/")
        page.locator("[data-kept-photo]").get_by_text("Trois idées entourées").wait_for()
        laptop.set_offline(False)
        page.get_by_role("link", name="Trois idées entourées").wait_for()
        expect(page.locator("[data-photos] > li")).to_have_count(1)
        assert faults(page) == []
    room.run("photo = board.photos.get(); assert (photo.alt, photo.table) == ('Trois idées entourées', 1)")


def test_leaving_waits_for_what_is_not_sent_then_leaves_nothing(site: Site, browser: Browser) -> None:
    room = new_room(site)
    with device(browser, 360, 740) as mobile:
        page = join(mobile, room)
        page.locator("html.scripted").wait_for()
        page.goto(f"{site.url}/atelier/{room.code}/quitter/")
        other = mobile.new_page()
        other.goto(f"{site.url}/atelier/{room.code}/")
        other.locator("html.scripted").wait_for()
        mobile.set_offline(True)
        fill_note(other, "Pas encore partie")
        other.get_by_role("button", name="Ajouter ma note").click()
        saved(other, "En attente (1)")
        page.get_by_role("button", name="Quitter").click()
        page.get_by_text("Un écrit attend encore d'être envoyé").wait_for()
        assert faults(page) == []
        mobile.set_offline(False)
        saved(other)
        page.get_by_role("button", name="Quitter").click()
        page.wait_for_url("**/atelier/?code=*")
        left = page.evaluate("indexedDB.databases().then(all => all.map(each => each.name))")
        assert left == ["parvis-room"]
        other.get_by_role("heading", name="L'accès est fermé sur cet appareil").wait_for()
    assert list(room.texts()) == [("Pas encore partie", "")]


def test_hidden_note_tells_its_author_and_how_to_contest(site: Site, browser: Browser) -> None:
    room = new_room(site)
    with device(browser, 320, 640) as mobile:
        page = join(mobile, room)
        fill_note(page, "À revoir")
        page.get_by_role("button", name="Ajouter ma note").click()
        saved(page)
        room.run(
            "from parvis.meetings.models import Note; from parvis.consultations.outbox import apply_ops; import uuid\n"
            "from parvis.meetings.operations.room.entering import take_the_floor\n"
            "note = Note.objects.get(board=board)\n"
            "apply_ops(take_the_floor(actor, board), 'd', [{'op_id': str(uuid.uuid4()), 'seq': 50, 'kind': 'hide',"
            " 'room': board.room, 'of': str(note.reference)}])"
        )
        page.get_by_text("Masquée par l'animation").wait_for()
        page.get_by_text("Je ne suis pas d'accord").click()
        page.get_by_text("Rien n'est effacé").wait_for()
        assert page.locator("[data-own] [data-text]").inner_text() == "À revoir"
        assert page.locator("[data-alone] [data-note]").count() == 0
        assert in_all_lights(page) == []


def test_closed_access_and_too_long_a_note_lose_no_word(site: Site, browser: Browser) -> None:
    room = new_room(site)
    with device(browser, 1024, 768) as laptop:
        page = take_table(laptop, room)
        note(page, "a" * 4_001)
        page.get_by_text("Ce texte est trop long").wait_for()
        assert len(page.get_by_label("Votre note").input_value()) == 4_001
        room.run(
            "from parvis.consultations.models import Participant; from parvis.core import clock\n"
            "Participant.objects.filter(seats__board=board).update(revoked_at=clock.now())"
        )
        note(page, "Écrite trop tard")
        saved(page, "Votre accès est fermé : revenez comme vous êtes entré. Ce que vous avez écrit est gardé ici.")
        page.locator("[data-note]", has_text="Écrite trop tard").wait_for()
        assert faults(page) == []
    assert room.texts() == Counter()
