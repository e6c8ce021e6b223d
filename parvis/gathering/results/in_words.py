"""What is shown of an action, or of several, in words, with a bar for each number: the same for every circle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from parvis.french.counts import bounded, plural
from parvis.insight.bounds import Bounds
from parvis.insight.opinion_rows import COLLEGES, RELATIONS
from parvis.insight.shown import LEAST_ANSWERS, Appreciation, Awareness, Part, Shown, Values
from parvis.people.enums import FORMER_COLLEGES, college_name
from parvis.sheets.enums import OpinionValue, Relation


@dataclass(frozen=True, slots=True)
class Bar:
    """One number among others: its words, and its two bounds in thousandths, for the drawing beside them."""

    label: str
    words: str
    low: int
    high: int

    @property
    def doubt(self) -> int:
        """Thousandths between the two bounds."""
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class ShownInWords:
    """Two questions. `why` says in words why one of them has no answer; empty when both have theirs."""

    known: str
    known_of_asked: str
    awareness: Bar | None
    appreciation: tuple[Bar, ...]
    out_of: str
    values: tuple[Bar, ...]
    why: str


def in_words(shown: Shown) -> ShownInWords:
    awareness, appreciation = shown.awareness, shown.appreciation
    return ShownInWords(
        known=_known(awareness) if awareness is not None else "",
        known_of_asked=_known_of_asked(awareness) if awareness is not None else "",
        awareness=_bar("La connaissent", awareness.knows, awareness.answered) if awareness is not None else None,
        appreciation=appreciation_bars(appreciation) if appreciation is not None else (),
        out_of=out_of_words(appreciation.out_of) if appreciation is not None else "",
        values=_value_bars(shown.values, appreciation) if shown.values is not None and appreciation is not None else (),
        why="" if awareness is not None else f"Moins de {LEAST_ANSWERS} organismes ont répondu.",
    )


def appreciation_bars(appreciation: Appreciation) -> tuple[Bar, ...]:
    """« À conforter », « À retravailler », then the others, divided or without a view where they can be told apart."""
    total = appreciation.out_of.high
    others = "Avis partagés, ou sans avis" if appreciation.out_of.exact else "Avis partagés, sans avis, ou l'ignorent"
    rows = [("À conforter", appreciation.to_support), ("À retravailler", appreciation.to_rework)]
    if appreciation.divided is not None and appreciation.no_view is not None:
        rows += [("Avis partagés", appreciation.divided), ("Sans avis", appreciation.no_view)]
    else:
        rows.append((others, appreciation.other))
    return tuple(_bar(label, bounds, total) for label, bounds in rows)


def out_of_words(out_of: Bounds) -> str:
    """« Ce qu'en pensent les 12 organismes qui la connaissent »."""
    if out_of.exact:
        return f"Ce qu'en pensent les {out_of.low} organismes qui la connaissent"
    return f"Ce qu'en pensent ceux qui la connaissent, {out_of.low} à {out_of.high} organismes"


def part_rows(relations: Mapping[str, Part], colleges: Mapping[str, Part]) -> tuple[tuple[str, str, str], ...]:
    """By relation, or else by college: its name, who knows the action, who of those is for « à conforter »."""
    named = [(Relation(name).label, relations[name]) for name in RELATIONS if name in relations]
    named += [(college_name(name), colleges[name]) for name in (*COLLEGES, *FORMER_COLLEGES) if name in colleges]
    return tuple(
        (str(label), f"{part.knows} sur {part.answered}", f"{part.to_support} sur {part.knows}")
        for label, part in named
    )


def _known(awareness: Awareness) -> str:
    knows, answered = awareness.knows, awareness.answered
    organisations = plural(answered, "organisme", "organismes")
    if knows.exact:
        verb = "connaissent" if knows.low > 1 else "connaît"
        return f"{knows.low} sur {organisations} {verb} cette action"
    words = bounded(knows.low, knows.high, answered).removesuffix(f" sur {answered}")
    return f"{words[0].upper()}{words[1:]} sur {organisations} connaissent cette action"


def _known_of_asked(awareness: Awareness) -> str:
    if awareness.asked == awareness.answered:
        return ""
    whole = awareness.of_asked
    return f"{bounded(whole.low, whole.high, awareness.asked)} en comptant ceux qui n'ont pas répondu"


def _value_bars(values: Values, appreciation: Appreciation) -> tuple[Bar, ...]:
    total = appreciation.out_of.high
    told = zip(
        (OpinionValue.STRENGTHEN, OpinionValue.CONTINUE, OpinionValue.ADAPT, OpinionValue.RECONSIDER),
        (values.strengthen, values.continue_, values.adapt, values.reconsider),
        strict=True,
    )
    return tuple(_bar(str(value.label), bounds, total) for value, bounds in told if bounds is not None)


def _bar(label: str, bounds: Bounds, total: int) -> Bar:
    of_total = 1000 / total if total else 0
    words = bounded(bounds.low, bounds.high, total)
    return Bar(label, words, round(bounds.low * of_total), round(bounds.high * of_total))
