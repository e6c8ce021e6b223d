"""Which field a label names, and where a label ends in a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from parvis.reading.sheet_files.bits import BOXES, Bit, is_prose
from parvis.reading.sheet_files.label_guess import guessed_field
from parvis.reading.sheet_files.model import FieldName
from parvis.reading.sheet_files.money import amounts, is_amount
from parvis.reading.sheet_files.ranks import GUESSED, UNFORESEEN
from parvis.reading.sheet_files.vocabulary import ARTICLES, BEFORE, INSTRUCTION, LABELS, QUALIFIERS, QUESTION, SECTIONS
from parvis.reading.word_match import words_of

_LONGEST: Final = 110
_MOST_WORDS: Final = 10
_SPOKEN: Final = 8
_WORDY: Final = 3
_YEARS: Final = re.compile(r"\s*\(?20\d\d(?:\s?[-–/]\s?20\d\d)?\)?")
_ENDINGS: Final = re.compile(r"(?<=\w)(?:\((?:e|s|es|x|ne|nes)\)|[·.•](?:e|s|es|ne|nes|rice|rices)\b(?:[·.•]s)?)+")
_NUMBER: Final = re.compile(
    r"(?![nN]\s?°(?!\s?\d)|\d{1,2}/\d{1,2}/\d)(?:\d{1,2}(?:\.\d{1,2})+[.)]?|(?:\d{1,2}|[A-Z]|[IVX]{1,4}|[a-z])\s?[.)°/–-](?:\s?[–-])?|"
    r"[-–•▪►➢➔→>*■◆✦]+|n°\s?\d{1,2}\s?[.:–-]?|"
    r"(?:[Aa]rticle|ARTICLE|[Qq]uestion|QUESTION|[Rr]ubrique|[Pp]oint|[Pp]artie)\s(?:\d{1,2}|[IVX]{1,4}|1er)\s?[.:°–-]?)\s*"
)
_SUB_NUMBER: Final = re.compile(r"\d{1,2}\.\d{1,2}[.)]?\s")
NUMBERED: Final = re.compile(r"\d{1,2}(?:\.\d{1,2})?\s?[.)°–-]\s?\S")
"""A line that begins with its number."""
_BRACKETS: Final = re.compile(r"\s*(?:\([^()]*\)?|\[[^\[\]]*\]?|\*+)\s*$")
_INSIDE: Final = re.compile(r"\([^()]*\)")
_MONEY: Final = frozenset({"budget", "funding", "since", "public"})
_DASH: Final = re.compile(r"\s+[–—-]\s+|\s*(?:\.{4,}|…{2,}|_{3,})[\s.…_]*")
_LED_BY: Final = re.compile(
    r"(?:Portée?|Pilotée?|Menée?|Projet porté|Action portée|PORTÉE?|PORTEE?) (?:par|PAR)\s+(?=\S)"
)
# « Article 1er – Objet »: what is agreed, where « Objet » heads a letter elsewhere.
_ARTICLE_OBJECT: Final = re.compile(r"article\s\w+\s?[.:°–-]?\s*objet(?:\s(?:de|du)\b.{0,40})?\s*:?", re.IGNORECASE)
# « Objectif opérationnel 3.2 – Améliorer la propreté »
_AIM: Final = re.compile(
    r"objectif(?: \w+)? (?:n\s?° ?)?\d{1,2}(?:\.\d{1,2}){0,2}\s?[.:–-]\s*(?=[^\W\d])", re.IGNORECASE
)
_TELEPHONE: Final = re.compile(r"[☎☏✆📞📱✉📧]\ufe0f?\s*(?=\w)")
_PARTS: Final = re.compile(r"\s+et(?:/ou)?\s+|\s*[/,&+]\s*|\s+[–-]\s+|\s+ou\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a label is set. Those of an unknown label are compared with those of the known ones."""

    kind: str
    heading: int = 0
    strong: bool = False
    caps: bool = False
    listed: bool = False
    numbered: bool = False

    @property
    def plain(self) -> bool:
        """Nothing sets it apart from other lines."""
        return self.listed or (
            self.kind in ("line", "dash") and not (self.heading or self.strong or self.caps or self.numbered)
        )


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the head of a bit; its value begins at `end`. `rank` is the group of the vocabulary it is in."""

    name: FieldName
    rank: int
    end: int
    shape: Shape


def _key(text: str) -> tuple[str, ...]:
    words = words_of(_ENDINGS.sub("", text))
    by = words[-1:] == ["par"]  # « portée par », « mise en œuvre par »
    telling = [word for word in words if word not in ARTICLES] or words
    telling += ["par"] if by and telling != words else []
    return tuple(word[:-1] if len(word) > 3 and word[-1] in "sx" else word for word in telling)


_HEADS: Final[dict[tuple[str, ...], tuple[FieldName, int]]] = {}
for _name, _groups in LABELS.items():
    for _rank, _group in enumerate(_groups):
        for _said in _group.split(","):
            _HEADS.setdefault(_key(_said), (_name, _rank))
_ASKED_FOR: Final = frozenset(
    _key(f"{what} {how}")
    for what in ("montant", "subvention", "aide")
    for how in ("demande", "demandee", "sollicite", "sollicitee")
)
# « Nombre et profil des participants », « Partenaires et rôle »: they name no field.
_NEUTRAL: Final = frozenset(
    _key("nombre profil type nature liste age sexe role chacun fonction qualite statut modalite precision etape cle")
)
_AFTER: Final = frozenset(_key(" ".join(QUALIFIERS)))
_LEADING: Final = frozenset(_key(" ".join(BEFORE)))
_SECTIONS: Final = frozenset(_key(section) for section in SECTIONS)


@lru_cache(maxsize=4096)
def field_of(text: str) -> tuple[FieldName, int] | None:
    """The field that a label names, with its rank; None when it is no label of the vocabulary.

    >>> field_of("Coût total de l'action")
    ('budget', 0)
    >>> field_of("Lien avec la cité éducative") is None
    True
    """
    text = _without_brackets(text)
    if not text or len(text) > _LONGEST:
        return None
    text = _INSIDE.sub(" ", text)
    whole = _whole(_key(text))
    if whole is not None:
        return whole
    parts = [part for part in _PARTS.split(text) if part.strip()]
    if not 1 < len(parts) <= 4:
        return None
    keys = [key for part in parts if not set(key := _key(part)) <= _NEUTRAL]
    fields = [field for key in keys if (field := _whole(key)) is not None]
    if not fields or len(fields) != len(keys):
        return None
    return _joint(fields) if len(keys) == len(parts) else (fields[0][0], GUESSED)


def _joint(fields: Sequence[tuple[FieldName, int]]) -> tuple[FieldName, int]:
    """« Résultats et indicateurs »: the first part names the field, but for what results are measured by."""
    names = [name for name, _ in fields]
    if "indicators" in names[1:] and names[0] == "text":
        return "indicators", GUESSED
    # « Date et lieu »: one of the two is read, to be checked
    return fields[0] if len(set(names)) == 1 or names[0] in ("text", "summary") else (names[0], GUESSED)


def _without_brackets(text: str) -> str:
    text = text.strip().rstrip(":?").strip()
    while (shorter := _BRACKETS.sub("", _ENDINGS.sub("", text))) and shorter != text:
        text = shorter
    return text.strip(" .:?*_\u00a0–-")


def _whole(key: tuple[str, ...]) -> tuple[FieldName, int] | None:
    if not 0 < len(key) <= _MOST_WORDS:
        return None
    led = next((place for place, word in enumerate(key) if word not in _LEADING), 0)
    for skipped in (key, key[led:] if led else ()):
        if skipped[:2] in _ASKED_FOR:
            return "funding", 0  # « Montant demandé au FPH », « Subvention sollicitée auprès de l'État »
        for size in range(len(skipped), 0, -1):
            if skipped[:size] == ("qui",) and len(skipped) > 1:
                continue  # « Ce qui est proposé » is not who proposes it
            if skipped[:size] in _HEADS and all(word in _AFTER for word in skipped[size:]):
                return _HEADS[skipped[:size]]
    return None


def is_section(text: str) -> bool:
    """ "1 – IDENTIFICATION": the title of a part of the sheet."""
    match = _NUMBER.match(text)
    return _key(_INSIDE.sub(" ", text[match.end() :] if match else text)) in _SECTIONS


def find_label(bit: Bit) -> Label | None:
    """The known label at the head of a bit: before a colon or a question mark, in strong letters, or all of it."""
    text = bit.text
    if BOXES.match(text):
        return None
    if _ARTICLE_OBJECT.fullmatch(text):
        return Label("text", 0, len(text), _shape(bit, "line", bit.strong))
    aim = _AIM.match(text)
    if aim is not None:
        return Label("text", 0, aim.end(), Shape("sign"))
    start = numbering(text)
    for end in _ends(text):
        named = field_of(text[start:end])
        if named is not None and named[0] not in _MONEY and is_amount(text[end:].partition(";")[0]):
            return None  # « Ville : 5 000 € » says who pays
        if named is not None and named[0] == "since" and amounts(text[end:]):
            named = ("funding", 0)  # « Fin. : CAF 3 000 € »: no date is an amount
        if named is not None:
            end = len(text) if _says_again(named[0], text[end:]) else end
            return Label(*named, _after_instruction(text, end), _shape(bit, "colon", bit.strong or bit.lead >= end - 1))
    dash = _DASH.search(text, start + 1, _LONGEST)
    if dash is not None:
        named = field_of(text[start : dash.start()])
        kind = "dash" if dash.group().strip() in ("-", "–", "—") else "leader"
        if named is not None and not (named[0] not in _MONEY and is_amount(text[dash.end() :])):
            return Label(*named, dash.end(), _shape(bit, kind, bit.lead >= dash.start()))
    if bit.lead:
        named = field_of(text[start : bit.lead])
        if named is not None:
            end = _after_instruction(text, bit.lead)
            return Label(*named, end, _shape(bit, "line" if end >= len(text) else "lead", True))
    named = field_of(text[start:])
    if named is not None:
        return Label(*named, len(text), _shape(bit, "line", bit.strong))
    led = _LED_BY.match(text)
    if led is not None and len(text) <= _LONGEST and not text.endswith("."):
        return Label("lead", 0, led.end(), Shape("sign"))
    sign = _TELEPHONE.match(text)
    return Label("contact", 1, sign.end(), Shape("sign")) if sign is not None else None


def _says_again(name: FieldName, rest: str) -> bool:
    """« Évaluation : indicateurs proposés au regard des objectifs »: what follows the colon is still the label."""
    named = field_of(rest) if len(rest.split()) >= _WORDY else None
    return named is not None and named[0] == name


def numbering(text: str) -> int:
    """How long the number or the bullet before a label is."""
    match = _NUMBER.match(text)
    return match.end() if match and match.end() < len(text) else 0


def _ends(text: str) -> list[int]:
    """Where a label may end: after the first colon and the first question mark that are not in brackets."""
    depth, ends = 0, []
    for place, sign in enumerate(text[: _LONGEST + 60]):
        depth += (sign in "([") - (sign in ")]" and depth > 0)
        if sign in ":?" and not depth:
            ends.append(place + 1)
            if sign == ":":
                break
    return ends[:2]


def _after_instruction(text: str, end: int) -> int:
    """Past the instruction in brackets that follows a label, if any, and the colon that follows it."""
    match = re.match(r"\s*(?:\(([^()]*)\)|\[([^\[\]]*)\])\s*:?", text[end:])
    if match and INSTRUCTION.match(match.group(1) or match.group(2) or ""):
        return end + match.end()
    if match and end + match.end() == len(text) and ":" not in text[:end]:
        return len(text)  # « PUBLIC (âge, sexe) »
    match = re.match(r"\s*:", text[end:])
    return end + match.end() if match else end


def _shape(bit: Bit, kind: str, strong: bool) -> Shape:
    hinted = kind == "line" and _BRACKETS.search(_ENDINGS.sub("", bit.text)) is not None
    whole = kind == "line" or bit.text.rstrip().endswith((":", "?"))
    return Shape(
        kind,
        bit.heading if whole else 0,
        strong or hinted,
        bit.caps if whole else False,
        bit.listed and not bit.heading,
        _SUB_NUMBER.match(bit.text) is not None,
    )


def unknown_label(bit: Bit, shapes: frozenset[Shape]) -> Label | None:
    """A label that no one foresaw, set as the known ones of the document are."""
    text = bit.text
    if bit.hint or len(_key(text)) == 0:
        return None
    start = numbering(text)
    for end in _ends(text):
        shape = _shape(bit, "colon", bit.strong or bit.lead >= end - 1)
        label_text = _without_brackets(text[start:end])
        paid = is_amount(text[end:]) and (amounts(text[end:]) or not shape.strong) and text[end - 1] != "?"
        paid = paid and guessed_field(label_text) not in ("budget", "funding")
        if BOXES.search(text[:end]) or paid:
            return None
        most = 7 if shape.strong else _SPOKEN if text[end - 1] == "?" else 4
        boxed = BOXES.search(text[end:]) is not None  # « Nature de la demande : ☒ Première ☐ Renouvellement »
        if not (shape.strong or shape.heading or shape.caps) and text[end:].lstrip()[:1].islower() and is_prose(text):
            return None  # « Le bouche-à-oreille : la moitié des familles sont venues par une voisine. »
        if (shape in shapes or boxed) and not shape.listed and _may_name(label_text, most):
            return unforeseen(label_text, _after_instruction(text, end), shape)
        return None
    if BOXES.search(text):
        return None
    if bit.lead and _shape(bit, "lead", True) in shapes and _may_name(text[start : bit.lead], 7):
        return unforeseen(text[start : bit.lead], bit.lead, _shape(bit, "lead", True))
    shape = replace(_shape(bit, "line", bit.strong), strong=bit.strong)
    if shape in shapes and not shape.plain and len(text) <= 90 and not text.endswith((".", ";", ",")):
        return unforeseen(text[start:], len(text), shape)
    return None


def asked(bit: Bit) -> Label | None:
    """The field that a question set apart on its line most likely names: what labels look like is learned from it."""
    if not bit.text.rstrip().endswith("?") or not (bit.strong or bit.heading or bit.caps) or bit.listed:
        return None
    label = unforeseen(bit.text[numbering(bit.text) :], len(bit.text), _shape(bit, "colon", bit.strong))
    return label if label.rank == GUESSED else None


def unforeseen(label: str, end: int, shape: Shape) -> Label:
    """An unknown label: the field it most likely names; a sentence goes to the description, the rest has no field."""
    guessed = guessed_field(label)
    if guessed is not None:
        return Label(guessed, GUESSED, end, shape)
    return Label("text" if QUESTION.match(label) else "other", UNFORESEEN, end, shape)


def _may_name(label: str, most: int) -> bool:
    label = _YEARS.sub("", label)
    most = _SPOKEN if guessed_field(label) is not None else most
    return bool(label) and label[0].isupper() and len(label.split()) <= most and not re.search(r"[.;,!«»\d€]", label)
