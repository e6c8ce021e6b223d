"""Pages alone: what a reader of the page sees, and nothing that runs."""

from __future__ import annotations

import pytest

from parvis.reading import read, unplaced
from parvis.reading.formats.html import to_runs
from parvis.reading.formats.html_tidy import tidy
from tests.reading.helpers import kinds, roles


def test_blocks_are_lines() -> None:
    source_runs = to_runs("<p>un <b>deux</b>\n trois</p><p>quatre<br>cinq</p><ul><li>six</ul>")
    assert source_runs.lines == ("un deux trois", "quatre", "cinq", "six")


@pytest.mark.parametrize(
    "code",
    [
        "<script>var x = 'Défi';</script>",
        "<style>p:after { content: 'Défi' }</style>",
        '<iframe src="https://exemple.fr/">Défi</iframe>',
        '<object data="x">Défi</object>',
        "<template><p>Défi</template>",
        "<!-- Défi -->",
        '<p style="display: none">Défi</p>',
        "<p hidden>Défi</p>",
        "<svg><text>Défi</text></svg>",
    ],
)
def test_what_no_one_sees_is_dropped(code: str) -> None:
    assert to_runs(f"<p>avant</p>{code}<p>après</p>").lines == ("avant", "après")


def test_code_is_told() -> None:
    assert to_runs("<p>x</p><script>y()</script>").warnings
    assert not to_runs("<p>x</p>").warnings


def test_nothing_that_runs_comes_through() -> None:
    page = """<p onclick="x()" style="color:red" class="a" data-b='1'><a href="javascript:x()">lien</a>
    <img src=x onerror=x()>
    <form action="/x"><input value="y"></form><p>un <script>x()</script>deux"""
    plain, active = tidy(page)
    assert active
    for word in ("onclick", "javascript", "onerror", "href", "action", "script", "data-b", "img", "input"):
        assert word not in plain


def test_text_that_looks_like_code_stays_text() -> None:
    report = read(b"<h2>Emploi</h2><h3>Atouts</h3><ul><li>&lt;script&gt;alert(1)&lt;/script&gt;</li></ul>", "a.html")
    assert kinds(report) == [("strength", "<script>alert(1)</script>")]
    assert unplaced(report) == []


def test_numbers_of_lists_are_resolved() -> None:
    report = read(b'<h2>Emploi</h2><h3>Atouts</h3><ol start="3"><li>a b<li value=7>c d<li>e f</ol>', "a.html")
    assert [(item.number, item.marker, item.text) for item in report.contributions] == [
        ("3", "", "a b"),
        ("7", "", "c d"),
        ("8", "", "e f"),
    ]


def test_nested_lists_are_sub_items() -> None:
    report = read(
        b"<h2>Emploi</h2><h3>Atouts</h3><ul><li>Sur<ul><li>un</li><li>deux</li></ul></li><li>fin</li></ul>", "a.html"
    )
    assert kinds(report) == [("strength", "Sur"), ("strength", "fin")]
    assert [child.text for child in report.contributions[0].children] == ["un", "deux"]


def test_columns_of_a_table() -> None:
    page = """<table><tr><th>Thème<th>Défis<th>Atouts</tr>
    <tr><td>Emploi<td><ul><li>le bus<li>le train</ul><td>la gare</table>"""
    report = read(page.encode(), "a.html")
    assert [(item.theme, item.kind, item.text) for item in report.contributions] == [
        ("Emploi", "challenge", "le bus"),
        ("Emploi", "challenge", "le train"),
        ("Emploi", "strength", "la gare"),
    ]


def test_what_surrounds_the_content_is_furniture() -> None:
    page = """<nav>Accueil</nav><main><h2>Emploi</h2><h3>Atouts</h3><p>le bus</p></main>
    <div class="share-buttons">Partager</div><footer>Mentions</footer>"""
    role_of = roles(read(page.encode(), "a.html"))
    assert (role_of["Accueil"], role_of["Partager"], role_of["Mentions"]) == ("furniture",) * 3


@pytest.mark.parametrize(
    ("page", "plain"),
    [
        ("<p>un<p>deux", "<p>un</p><p>deux</p>"),
        ("<ul><li>un<li>deux</ul>x", "<ul><li>un</li><li>deux</li></ul>x"),
        ("</div>un</p>", "un"),
        ("<strong>un</em></strong>", "<b>un</b>"),
        ("a < b <3 &amp; c", "a &lt; b &lt;3 &amp; c"),
        ("<x-y>un</x-y>", "<span>un</span>"),
        ('<p a="1>2" b>un', "<p>un</p>"),
        ("<!doctype html><?php x ?><!-->un", "un"),
    ],
)
def test_tidy(page: str, plain: str) -> None:
    assert tidy(page) == (plain, False)
