"""Every verb that the code records has its words, which hold together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import parvis
from parvis.gathering.journal.words import FORMER, WORDS

_MOVED = {"move_minutes", "move_results"}
"""`move_{kind}` is written with the kind of the draft."""


def _strings(node: ast.AST) -> set[str]:
    """The words that an expression may be worth."""
    if isinstance(node, ast.IfExp):
        return _strings(node.body) | _strings(node.orelse)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def _calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            yield (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")), node


def _named_elsewhere(tree: ast.AST, name: str) -> set[str]:
    """What a name is worth in its module: given to it, gone through by it, or passed in its place."""
    worth: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(target, ast.Name) and target.id == name for target in targets) and node.value:
                worth |= _strings(node.value)
        if isinstance(node, ast.For) and name in ast.unparse(node.target):
            worth |= {text for part in ast.walk(node.iter) for text in _strings(part)}
        if isinstance(node, ast.FunctionDef) and name in [argument.arg for argument in node.args.args]:
            rank = [argument.arg for argument in node.args.args].index(name)
            for called, call in _calls(tree):
                if called == node.name and len(call.args) > rank:
                    worth |= _strings(call.args[rank])
    return worth


def recorded_verbs() -> set[str]:
    """Every verb that the code gives to the journal; a verb that nobody can read there fails."""
    verbs: set[str] = set()
    for path in sorted(Path(parvis.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text())
        for called, call in _calls(tree):
            rank = {"record": 1, "record_all": 1, "change_text": 2}.get(called)
            if rank is None or len(call.args) <= rank:
                continue
            verb = call.args[rank]
            if isinstance(verb, ast.JoinedStr):
                verbs |= _MOVED
                continue
            read = _strings(verb) or _named_elsewhere(tree, ast.unparse(verb))
            assert read or path.name == "working_text.py", f"{path.name}: {ast.unparse(call)}"
            verbs |= read
    return verbs


def test_every_verb_has_its_words() -> None:
    verbs = recorded_verbs()
    assert len(verbs) > 140
    assert verbs - set(WORDS) == set()


def test_no_words_are_left_of_a_verb_that_is_no_more() -> None:
    assert set(WORDS) - recorded_verbs() == set(FORMER)


def test_words_are_the_rest_of_a_sentence() -> None:
    for verb, words in WORDS.items():
        assert re.match(r"(a|est|s'est|ne) ", words), verb
        assert not words.endswith("."), verb
        assert words.count("[") == words.count("]"), verb
