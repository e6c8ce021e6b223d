"""The review with and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from parvis.consultations.enums import Kind
from parvis.meetings.models import Minutes, MinutesLine
from parvis.meetings.operations import review
from tests.meetings.scene import Scene, items, line, picture
from tests.web.desk.conftest import signed_in

HTMX = {"HX-Request": "true"}
BUS = "Le dernier bus part trop tôt"
FILES = "Les dossiers se font en ligne"
TALK = "Les partenaires se parlent"


def at(minutes: Minutes, name: str = "desk:review", *more: str) -> str:
    return reverse(name, args=[minutes.code, *more])


def ask(client: Client, minutes: Minutes, gesture: str, *texts: str, htmx: bool = True, **more: Any) -> Any:
    version = Minutes.objects.get(pk=minutes.pk).version
    data = {"gesture": gesture, "lines": [line(minutes, text).code for text in texts], "version": version} | more
    return client.post(at(minutes, "desk:review_gesture"), data, headers=HTMX if htmx else {})


def swapped(response: Any) -> tuple[list[str], list[str], list[str]]:
    """Codes of the rows drawn in place, taken away, and inserted."""
    html = response.content.decode()
    drawn = re.findall(r'id="l-(\w+)"[^>]*hx-swap-oob="true"', html)
    gone = re.findall(r'id="l-(\w+)" hx-swap-oob="delete"', html)
    inside = re.search(r'<ol hx-swap-oob="[a-z]+:#[\w-]+">(.*?)</ol>\n', html, re.DOTALL)
    return drawn, gone, re.findall(r'<li class="line[^>]*id="l-(\w+)"', inside.group(1) if inside else "")


GESTURES: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    ("kind:proposal", (BUS,), {}),
    ("theme", (BUS, FILES), {"theme": "health"}),
    ("place:aside", (BUS,), {}),
    ("place:introduction", (BUS,), {}),
    ("place:item", ("Atouts",), {}),
    ("join", (BUS,), {}),
    ("join", (BUS, FILES), {}),
    ("nest", (FILES,), {}),
    ("lift", (FILES,), {}),
    ("up", (FILES,), {}),
    ("down", (FILES,), {}),
    ("move", (TALK,), {"rank": "1"}),
    ("move", (BUS,), {"rank": "99"}),
    ("move", (TALK,), {"before": BUS}),
    ("conclusion", (BUS,), {}),
    ("plain", (BUS,), {}),
    ("check", (BUS,), {}),
]


def values(scene: Scene, minutes: Minutes, more: dict[str, str]) -> dict[str, str]:
    known = {"theme": lambda _: scene.health.code, "before": lambda text: line(minutes, text).code}
    return {name: known[name](value) if name in known else value for name, value in more.items()}


@pytest.mark.parametrize(("gesture", "texts", "more"), GESTURES)
def test_each_gesture_without_javascript_goes_back_to_the_line(
    scene: Scene, alice: Client, gesture: str, texts: tuple[str, ...], more: dict[str, str]
) -> None:
    minutes = scene.draft()
    before, code = picture(minutes), line(minutes, texts[0]).code
    response = ask(alice, minutes, gesture, *texts, htmx=False, **values(scene, minutes, more))
    assert (response.status_code, response.headers.get("Location")) == (302, f"{at(minutes)}?ligne={code}#l-{code}")
    assert picture(minutes) != before
    undone = ask(alice, minutes, "undo", htmx=False)
    assert (undone.status_code, picture(minutes)) == (302, before)


@pytest.mark.parametrize("htmx", [True, False])
def test_taking_a_whole_import_back_asks_first_and_can_be_done_again(scene: Scene, alice: Client, htmx: bool) -> None:
    minutes = scene.draft()
    before = picture(minutes)
    asked = ask(alice, minutes, "undo", htmx=htmx)
    assert asked.status_code == 200
    assert picture(minutes) == before
    assert 'value="undo-all"' in asked.content.decode()
    ask(alice, minutes, "undo-all", htmx=htmx)
    assert minutes.lines.count() == 0
    page = alice.get(at(minutes)).content.decode()
    assert 'value="redo"' in page
    assert "Import de rapport.txt" in page
    ask(alice, minutes, "redo", htmx=htmx)
    assert picture(minutes) == before


@pytest.mark.parametrize(("gesture", "texts", "more"), GESTURES)
def test_swaps_of_each_gesture_make_the_list_that_a_reload_shows(
    scene: Scene, alice: Client, gesture: str, texts: tuple[str, ...], more: dict[str, str]
) -> None:
    minutes = scene.draft()
    shown = rows_of(alice, minutes)
    response = ask(alice, minutes, gesture, *texts, **values(scene, minutes, more))
    assert response.status_code == 200
    html = response.content.decode()
    drawn, gone, inserted = swapped(response)
    codes = [code for code in shown if code not in gone]
    if inserted:
        anchor = re.search(r'hx-swap-oob="(afterend|afterbegin):#(?:l-)?(\w+)"', html)
        assert anchor is not None
        place = 0 if anchor.group(1) == "afterbegin" else codes.index(anchor.group(2)) + 1
        codes[place:place] = inserted
    after = rows_of(alice, minutes)
    assert codes == list(after)
    fresh = rows_in(html)
    assert {code: fresh.get(code, shown.get(code)) for code in codes} == after
    assert set(drawn) <= {code for code in after if after[code] != shown.get(code)}


def rows_in(html: str) -> dict[str, str]:
    """Each row of the list, by code, as it is drawn."""
    found = re.findall(r'(<li class="line.*?id="l-(\w+)".*?\n</li>)', html, re.DOTALL)
    return {code: row.replace(' hx-swap-oob="true"', "") for row, code in found}


def rows_of(client: Client, minutes: Minutes) -> dict[str, str]:
    return rows_in(client.get(at(minutes)).content.decode())


def test_gesture_draws_one_row_again_not_the_list(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    assert swapped(ask(alice, minutes, "check", BUS)) == ([line(minutes, BUS).code], [], [])


def test_stale_gesture_says_so_and_keeps_the_version(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    seen = minutes.version
    review.set_kind(scene.bob, minutes, [line(minutes, BUS).code], Kind.STRENGTH)
    response = ask(alice, minutes, "kind:proposal", FILES, version=seen)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Quelqu&#x27;un d&#x27;autre vient de modifier ce compte-rendu." in html
    assert f'name="version" value="{seen}"' in html
    assert line(minutes, FILES).kind == Kind.CHALLENGE


def test_refused_gesture_without_javascript_keeps_what_was_ticked(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    response = ask(alice, minutes, "theme", BUS, htmx=False, theme="")
    assert (response.status_code, response.context["refusal"]) == (422, "Choisissez une thématique dans la liste.")
    assert response.context["ticked"] == {line(minutes, BUS).code}


@pytest.mark.parametrize("data", [{}, {"gesture": "danser", "version": "1"}, {"gesture": "check", "version": "x"}])
def test_nonsense_is_refused_in_french(scene: Scene, alice: Client, data: dict[str, str]) -> None:
    response = alice.post(at(scene.draft(), "desk:review_gesture"), data)
    assert response.status_code == 422
    assert "rechargez" in response.context["refusal"]


def test_doubts_come_first_and_filter(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    MinutesLine.objects.filter(text=FILES).update(doubt="deux points sur la même ligne", checked=False)
    page = alice.get(at(minutes))
    assert [row.text for row in page.context["doubts"]] == [FILES]
    filtered = alice.get(at(minutes) + "?doutes=1")
    assert [row.text for row in filtered.context["rows"]] == [FILES]
    checked = ask(alice, minutes, "check", FILES, doutes="1")
    assert swapped(checked)[1] == [line(minutes, FILES).code]


def test_line_page_corrects_text_and_sub_points(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    target = line(minutes, FILES)
    where = at(minutes, "desk:review_line", target.code)
    assert [str(each) for each in alice.get(where).context["passage"]] == [
        "2. Les dossiers se font en ligne",
        "- sans ordinateur",
        "- sans aide",
    ]
    data = {"text": "Les dossiers en ligne", "details": "sans ordinateur\n\nsans réseau", "version": minutes.version}
    assert alice.post(where, data).headers["Location"] == f"{at(minutes)}?ligne={target.code}#l-{target.code}"
    target.refresh_from_db()
    assert (target.text, target.details) == ("Les dossiers en ligne", ["sans ordinateur", "sans réseau"])


@pytest.mark.parametrize(
    "cut", [{"text": "Le dernier bus\r\npart trop tôt"}, {"text": "Le dernier bus part trop tôt", "offset": "15"}]
)
def test_line_is_cut_at_a_new_line_or_at_the_caret(scene: Scene, alice: Client, cut: dict[str, str]) -> None:
    minutes = scene.draft()
    target = line(minutes, BUS)
    data = {"details": "", "version": minutes.version, "couper": "1"} | cut
    assert alice.post(at(minutes, "desk:review_line", target.code), data).status_code == 302
    assert [each.text for each in items(minutes)][:2] == ["Le dernier bus", "part trop tôt"]


def test_stale_edit_shows_both_texts_then_saving_again_is_a_choice(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    target, seen = line(minutes, BUS), minutes.version
    review.edit_line(scene.bob, minutes, target.code, "Le bus de Bob", [])
    where = at(minutes, "desk:review_line", target.code)
    data = {"text": "Le bus d'Alice", "details": "", "version": seen}
    refused = alice.post(where, data, headers=HTMX)
    html = refused.content.decode()
    assert (refused.status_code, refused.headers["HX-Retarget"]) == (422, f"#e-{target.code}")
    assert ("Le bus de Bob" in html, "Le bus d&#x27;Alice" in html) == (True, True)
    version = re.search(r'name="version" value="(\d+)"', html)
    assert version is not None
    assert alice.post(where, data | {"version": version.group(1)}).status_code == 302
    target.refresh_from_db()
    assert target.text == "Le bus d'Alice"


def test_added_line_stands_under_the_one_named(scene: Scene, alice: Client) -> None:
    minutes = scene.draft()
    where = at(minutes, "desk:review_add")
    assert (
        alice.get(where, {"apres": line(minutes, BUS).code}).context["form"]["after"].value() == line(minutes, BUS).code
    )
    data = {"kind": "challenge", "text": "Dit à l'oral", "after": line(minutes, BUS).code, "version": minutes.version}
    assert alice.post(where, data).status_code == 302
    assert [each.text for each in items(minutes)][:2] == [BUS, "Dit à l'oral"]
    empty = alice.post(where, data | {"text": " "})
    assert (empty.status_code, empty.context["form"]["kind"].value()) == (422, "challenge")


def test_texts_cannot_run(scene: Scene, alice: Client) -> None:
    minutes = scene.draft("Emploi\nDéfis\n1. <script>alert(1)</script> & co\n- <img src=x onerror=alert(2)>\n")
    html = alice.get(at(minutes)).content.decode()
    assert ("<script>alert" in html, "<img src=x" in html) == (False, False)
    assert "&lt;script&gt;alert(1)" in html


def test_who_may_not_write_sees_and_changes_nothing(scene: Scene) -> None:
    minutes = scene.draft()
    for user in (scene.dan, scene.chloe, scene.edith):
        refusal = 404 if user == scene.dan else 403  # she may read the consultation, he may not
        client = signed_in(user)
        assert client.get(at(minutes)).status_code == refusal
        assert ask(client, minutes, "check", BUS).status_code == refusal
        assert client.get(at(minutes, "desk:review_line", line(minutes, BUS).code)).status_code == refusal
    assert not line(minutes, BUS).checked


def test_reserved_meeting_is_for_its_team(scene: Scene) -> None:
    minutes = scene.draft()
    scene.meeting.audience = "restricted"
    scene.meeting.save()
    assert signed_in(scene.bob).get(at(minutes)).status_code == 404
    assert signed_in(scene.alice).get(at(minutes)).status_code == 200


def test_gesture_without_csrf_token_is_refused(scene: Scene) -> None:
    minutes = scene.draft()
    assert ask(signed_in(scene.alice, csrf=True), minutes, "check", BUS).status_code == 403


def long_report(count: int) -> str:
    return "Emploi\nDéfis\n" + "\n".join(
        f"{rank}. Un défi numéro {rank} dit par quelqu'un" for rank in range(1, count + 1)
    )


def queries_for(client: Client, minutes: Minutes) -> tuple[int, int]:
    client.get(at(minutes))
    with CaptureQueriesContext(
        connection,
    ) as page:
        client.get(at(minutes))
    code = items(minutes)[0].code
    version = Minutes.objects.get(pk=minutes.pk).version
    data = {"gesture": "kind:strength", "lines": [code], "version": version}
    with CaptureQueriesContext(connection) as gesture:
        client.post(at(minutes, "desk:review_gesture"), data, headers=HTMX)
    return len(page), len(gesture)


def test_queries_are_the_same_for_two_lines_and_two_hundred(scene: Scene, alice: Client) -> None:
    few = scene.draft(long_report(2))
    other = scene.other_meeting()
    scene.meeting = other
    many = scene.draft(long_report(200), "long.txt")
    assert len(items(many)) == 200
    assert queries_for(alice, few) == queries_for(alice, many)
    assert queries_for(alice, many)[0] <= 15


NO_THEME = """Défis
1. Le dernier bus part trop tôt
2. Les dossiers se font en ligne
Culture
Défis
1. Peu de salles
"""


def test_the_sole_theme_of_the_meeting_is_proposed_where_the_report_names_none(scene: Scene, alice: Client) -> None:
    minutes = scene.draft(NO_THEME)
    assert "Donner « Santé" not in alice.get(at(minutes)).content.decode()
    scene.meeting.themes.set([scene.health])
    shown = alice.get(at(minutes)).content.decode().replace("\xa0", " ")
    assert "Donner « Santé / Sport »" in shown
    assert "2 contributions sans thématique" in shown
    response = ask(alice, minutes, "theme:meeting")
    assert "Donner « Santé" not in response.content.decode().replace("\xa0", " ")
    themes = {row.text: (row.theme_id, row.doubt) for row in items(minutes)}
    assert themes[BUS] == themes[FILES] == (scene.health.pk, "")
    assert themes["Peu de salles"] == (None, "thématique « Culture » inconnue")
    ask(alice, minutes, "undo")
    assert line(minutes, BUS).theme is None


def test_of_two_themes_none_is_proposed(scene: Scene, alice: Client) -> None:
    minutes = scene.draft(NO_THEME)
    scene.meeting.themes.set([scene.health, scene.jobs])
    assert "tools__proposal" not in alice.get(at(minutes)).content.decode()
    assert "rechargez la page" in ask(alice, minutes, "theme:meeting").content.decode()
