"""Reports that the tests of this package write and open again. Everything in them is fictional."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from parvis.documents.report import (
    HIDDEN_TEXT,
    Report,
    ReportEdition,
    ReportFamily,
    ReportItem,
    ReportKind,
    ReportMeeting,
    ReportParagraph,
    ReportTheme,
)

INJECTIONS = (
    '#read("/etc/passwd")',
    "$x$ et $ sum_(i=0)^n $",
    "<label> puis @ref",
    "*gras* _italique_ `code`",
    "C:\\dossier\\fichier \\u{41}",
    "= titre",
    "// x /* y */",
    '#import "@preview/evil:1.0.0"',
    "]} #{ panic() } [",
    "{{ 7*7 }} {% load x %} <script>alert(1)</script> &amp; ]]>",
)


def item(text: str, **values: object) -> ReportItem:
    """A défi numbered 1, changed as wished."""
    return replace(ReportItem(code=None, kind="challenge", number="1", text=text), **values)  # type: ignore[arg-type]


def kind(code: str, *items: ReportItem) -> ReportKind:
    """The contributions of one kind, in no family."""
    return ReportKind(code, (ReportFamily("", 0, items),))


def report(*items: ReportItem, **values: object) -> Report:
    """A report of one theme with one list of défis holding `items`, changed as wished."""
    meeting = ReportMeeting(
        code="k3v9q2",
        title="Atelier emploi",
        kind="Atelier",
        when="Jeudi 12 mars 2026, 14 h – 17 h",
        where="Maison des associations",
        territory="Val d'Exemple",
        attendance="38 personnes, 21 organismes",
    )
    made = Report(
        title="Atelier emploi",
        consultation="Contrat de ville 2030",
        meetings=(meeting,),
        introduction=(ReportParagraph("Premier paragraphe."), ReportParagraph("Second paragraphe.")),
        themes=(ReportTheme("Emploi / Insertion", "emploi-insertion", (kind("challenge", *items),)),),
        number=2,
        note="Une proposition ajoutée.",
        published_on=date(2026, 3, 20),
        digest="ab" * 32,
        url="https://exemple.fr/rencontres/k3v9q2/",
        authority="Agglomération du Val d'Exemple",
        thread_url="https://exemple.fr/contributions/{code}/",
        editions=(
            ReportEdition(2, date(2026, 3, 20), "Une proposition ajoutée."),
            ReportEdition(1, date(2026, 3, 15), "Première édition."),
        ),
    )
    return replace(made, **values)  # type: ignore[arg-type]


def full_report() -> Report:
    """Two themes, three kinds, numbers missing, repeated or odd, children, a conclusion, a hidden line."""
    challenges = (
        item("Le dernier bus part avant la fin des cours du soir", code="b7kq2m9x4d", digest="01" * 32, salt="aa"),
        item(HIDDEN_TEXT, number="2", hidden=True, code="c8mr3n0y5f", digest="02" * 32),
        item("L’œuvre d’Œdipe – « où ça ? » → 10 €", number="2", details=("écrans", "ordinateurs")),
        item("Sans numéro", number=None),
        item("Numéro bis", number="3 bis"),
        item("Il faut donc une navette", number=None, conclusion=True),
    )  # fmt: skip
    strengths = (item("Les partenaires se connaissent", kind="strength", number="1"),)
    proposals = (
        item("Une permanence numérique", kind="proposal", number="7"),
        item("Un guichet unique", kind="proposal", number="8"),
    )
    themes = (
        ReportTheme(
            "Emploi / Insertion",
            "emploi-insertion",
            (
                kind("challenge", *challenges),
                kind("strength", *strengths),
                kind("proposal", *proposals),
            ),
        ),
        ReportTheme("Accès au droit", "acces-au-droit", (kind("proposal", *proposals),)),
    )
    return report(themes=themes)


def empty_report() -> Report:
    """Nothing but what a report must have."""
    return report(
        themes=(), introduction=(), editions=(), note="", meetings=(), url="", thread_url="", digest="", authority="",
        consultation="", title="", draft=True,
    )  # fmt: skip


def long_report(count: int = 1_000) -> Report:
    """A report of `count` lines."""
    return report(*(item(f"Défi numéro {n}, dit en une phrase", number=str(n)) for n in range(1, count + 1)))
