"""How directories are imported as agents hold them: `python -m bench.directory_scores FOLDER`.

A folder holds tables (xlsx, ods, csv) and beside each its truth (`STEM.truth.json`), written by someone who had not
read the code: organisations with the words of their type and their college, their contacts, the rows to send back.
Each table is imported once, as the screen does and with nothing corrected, into a database of its own; then what the
directory holds is compared. A contact whose row went back with a reason is counted apart: it is not lost. `rounds`:
imports until all that can be is in, one for each sheet of the workbook that holds a table, one more for what went back.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from bench.places import embedded

FIELDS: Final = ("organisation", "type", "college", "name", "civility", "position", "email", "phone")
_COLLEGES: Final = {
    "État": "state", "Collectivités": "local_authorities", "Bailleurs": "housing", "Emploi": "employment",
    "Organismes sociaux": "social_and_health", "Société civile": "civil_society", "Monde économique": "employment",
}  # fmt: skip


@dataclass
class Score:
    """Of one directory: right and wrong by field, rows sent back as they should, and the others."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)
    sent_back: int = 0
    to_send_back: int = 0
    back_for_nothing: list[str] = field(default_factory=list)
    invented: list[str] = field(default_factory=list)
    contacts_back: int = 0
    rounds: int = 0

    def judge(self, name: str, mine: object, right: object, where: str) -> None:
        same = mine in right if isinstance(right, set) else mine == right
        self.asked[name] += 1
        self.right[name] += same
        if not same:
            self.wrong.append(f"{name} · {where} : {mine!r}, et non {right!r}")


def main() -> None:
    folder = Path(sys.argv[1])
    with embedded() as place:
        os.environ.update(place.env)
        import django

        django.setup()
        scores = {
            path.name: _score(path)
            for path in sorted(folder.iterdir())
            if path.suffix != ".json" and _truth(path).exists()
        }
    for name, score in scores.items():
        print(f"{name} : {_line(score)}")
        for words in (*score.wrong, *score.invented, *score.back_for_nothing):
            print(f"    {words}")
    print(f"Ensemble : {_line(_sum(list(scores.values())))}")


def _truth(path: Path) -> Path:
    return path.with_name(f"{path.stem}.truth.json")


def _line(score: Score) -> str:
    fields = ", ".join(f"{name} {score.right[name]}/{score.asked[name]}" for name in FIELDS)
    return (
        f"{fields} ; organismes en trop {len(score.invented)} ; "
        f"lignes rendues {score.sent_back}/{score.to_send_back}, à tort {len(score.back_for_nothing)} ; "
        f"contacts rendus {score.contacts_back} ; tours {score.rounds}"
    )


def _sum(scores: list[Score]) -> Score:
    whole = Score()
    for score in scores:
        whole.right += score.right
        whole.asked += score.asked
        whole.wrong += score.wrong
        whole.back_for_nothing += score.back_for_nothing
        whole.invented += score.invented
        whole.sent_back += score.sent_back
        whole.to_send_back += score.to_send_back
        whole.contacts_back += score.contacts_back
        whole.rounds += score.rounds
    return whole


def _score(path: Path) -> Score:
    from parvis.people.models import Contact, Organisation

    score, truth = Score(), json.loads(_truth(path).read_text(encoding="utf-8"))
    territory, refused = _import(path, score)
    _judge_rows(score, truth, refused)
    rows = {row.name: row for row in Organisation.objects.filter(territory=territory)}
    by_key = {_key(name): row for name, row in rows.items()}
    for gold in truth["organisations"]:
        mine = next((by_key[_key(name)] for name in _names(gold) if _key(name) in by_key), None)
        if mine is None and not gold["contacts"] and _went_back(gold["name"], refused):
            continue
        contacts = list(Contact.objects.filter(organisation=mine)) if mine is not None else []
        pairs = [(person, _same_person(person, contacts)) for person in gold["contacts"]]
        back = [
            person for person, row in pairs if row is None and _went_back(person["name"] or person["email"], refused)
        ]
        score.contacts_back += len(back)
        if mine is None and back and len(back) == len(gold["contacts"]):
            continue
        score.judge("organisation", mine.name if mine else None, set(_names(gold)), gold["name"])
        if mine is None:
            continue
        score.judge("type", mine.type, _types(gold), gold["name"])
        colleges = {_COLLEGES.get(name, name) for name in (gold["college"], *gold.get("college_also", ()))}
        score.judge("college", str(mine.college), colleges, gold["name"])
        for person, row in pairs:
            if person not in back:
                _judge_person(score, gold["name"], person, row)
    known = {_key(name) for gold in truth["organisations"] for name in _names(gold)}
    score.invented = [f"en trop · {name}" for key, name in ((_key(name), name) for name in rows) if key not in known]
    return score


def _import(path: Path, score: Score) -> tuple[Any, list[tuple[str, str, str]]]:
    """The territory of the directory, and what went back: the number of each row, its words, the reason."""
    from parvis.consultations.models import Consultation
    from parvis.consultations.operations.import_partners import import_partners
    from parvis.core.errors import RefusedInput
    from parvis.reading.spreadsheets import read_table
    from parvis.territories.enums import TerritoryKind
    from parvis.territories.models import Territory
    from parvis.territories.operations.link_ancestry import link_ancestry

    number = 200_000_000 + Territory.objects.count()
    territory = Territory.objects.create(kind=TerritoryKind.INTERCOMMUNALITY, name=path.stem, official_code=str(number))
    link_ancestry()
    consultation = Consultation.objects.create(title=path.stem, slug=f"c-{number}", territory=territory, authority="A")
    data = path.read_bytes()
    first = read_table(data, path.name)
    refused: list[tuple[str, str, str]] = []
    for name in first.sheet_names or (None,):
        try:
            grid = read_table(data, path.name, name)
            done = import_partners(None, consultation, grid, good_only=True)
        except RefusedInput as refusal:
            score.wrong.append(f"feuille · {name or path.name} : {refusal.message} {' '.join(refusal.lines[:3])}")
            continue
        score.rounds += 1
        rows = {row.line: " ".join(map(str, row.cells)) for row in grid.rows}
        refused += [(str(line), rows.get(line, ""), fault) for line, fault in done.refused]
    score.rounds += bool(refused)
    return territory, refused


def _judge_rows(score: Score, truth: dict[str, Any], refused: list[tuple[str, str, str]]) -> None:
    """A row to send back is known by its number: one of the three that a cell of several lines may give it."""
    score.to_send_back = len(truth["refused"])
    sent = {number for number, _, _ in refused}
    given = {row["row"]: next((str(row["row"] + more) for more in range(3) if str(row["row"] + more) in sent), "")
             for row in truth["refused"]}  # fmt: skip
    numbers = set(given.values())
    ours = {number: (words, fault) for number, words, fault in refused}
    score.sent_back = len(numbers & ours.keys())
    score.back_for_nothing = [
        f"rendue à tort · ligne {number} : {fault} ({words[:90]})"
        for number, (words, fault) in ours.items() if number not in numbers
    ]  # fmt: skip
    score.wrong += [
        f"à rendre · ligne {row['row']} : {row['why']}" for row in truth["refused"] if not given[row["row"]]
    ]


def _judge_person(score: Score, where: str, person: dict[str, Any], row: Any) -> None:
    from parvis.consultations.operations.partner_cells import name_key
    from parvis.french.salutations import split_civility

    where = f"{where}, {person['name'] or person['email']}"
    if row is None:
        for name in ("name", "position", "email", "phone"):
            score.judge(name, None, person.get(name) or "", where)
        return
    civility, name = split_civility(row.name)
    score.judge("name", name_key(name), name_key(person["name"] or ""), where)
    score.judge("civility", civility, split_civility(f"{person.get('civility') or ''} X")[0], where)
    score.judge("position", row.position, person.get("position") or "", where)
    score.judge("email", row.email.lower(), (person.get("email") or "").lower(), where)
    digits = "".join(filter(str.isdigit, row.phone.split(" / ")[0]))
    national = f"0{digits[2:]}" if digits.startswith("33") else digits
    score.judge("phone", national, person.get("phone") or "", where)


def _same_person(person: dict[str, Any], contacts: list[Any]) -> Any:
    from parvis.consultations.operations.partner_cells import name_key

    email, name = (person.get("email") or "").lower(), name_key(person["name"] or "")
    for row in contacts:
        if (email and row.email.lower() == email) or (name and name_key(row.name) == name):
            return row
    return None


def _went_back(name: str, refused: list[tuple[str, str, str]]) -> bool:
    wanted = set(_key(name).split())
    return any(wanted <= set(_key(words).split()) for _, words, _ in refused)


def _names(gold: dict[str, Any]) -> list[str]:
    return [gold["name"], *gold.get("name_also", ())]


def _types(gold: dict[str, Any]) -> set[str]:
    from parvis.people.organisation_types import type_from_name, type_from_words

    words = [gold["type"], *gold.get("type_also", ())]
    return {str(type_from_words(word) or type_from_name(word) or "other") for word in words}


def _key(words: str) -> str:
    from parvis.core.text import fold

    return fold(words)


if __name__ == "__main__":
    main()
