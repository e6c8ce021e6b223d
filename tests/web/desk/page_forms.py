"""The forms of the desk, and the form of a page as a browser would send it untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from typing import Final

from tests.rights.town import Town
from tests.routes_table import TABLE

_FORM: Final = re.compile(r'<form([^>]*method="post"[^>]*)>(.*?)</form>', re.S | re.I)
_ACTION: Final = re.compile(r'action="([^"]*)"')


def form_of(page: str, name: str) -> dict[str, list[str]]:
    """What the form that has a control `name` would send. Buttons and files are left out."""
    parser = _Forms()
    parser.feed(page)
    return next(form for form, names in zip(parser.forms, parser.names, strict=True) if name in names)


def desk_forms(town: Town) -> Iterator[tuple[str, str, str]]:
    """Every form that the pages of the desk show: the page, the address it is sent to, what it holds."""
    for name, (address, _) in TABLE.items():
        path = (address or name.partition(" ")[2]).format(**town.values())
        if not name.startswith("GET /gestion/"):
            continue
        for client in (town.clients()["coordinator"], town.clients()["administrator"]):
            response = client.get(path)
            if response.status_code != 200 or "html" not in response["Content-Type"]:
                continue
            for head, inside in _FORM.findall(response.content.decode()):
                action = _ACTION.search(head)
                yield path, (unescape(action[1]).split("?")[0] if action else path) or path, inside


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self.names: list[set[str]] = []
        self._select = self._textarea = ""
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.forms.append({})
            self.names.append(set())
        if not self.forms:
            return
        if name:
            self.names[-1].add(name)
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))
        if tag == "textarea":
            self._textarea, self._text = name, []
        kind = given.get("type", "text")
        boxed = kind in ("checkbox", "radio")
        if tag == "input" and name and kind not in ("file", "submit") and (not boxed or "checked" in given):
            self._add(name, given.get("value", "on" if boxed else ""))

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea:
            self._add(self._textarea, "".join(self._text).removeprefix("\n"))
            self._textarea = ""

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].setdefault(name, []).append(value)
