"""Every form of the desk that changes what stands says what its page had shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import resolve

from tests.rights.town import make_town
from tests.web.desk.page_forms import desk_forms

pytestmark = pytest.mark.django_db

_TYPED = re.compile(
    r'<(?:textarea|select|input(?![^>]*type="(?:hidden|submit|file|search)"))[^>]*name="([\w-]+)"', re.S | re.I
)
_SEEN = re.compile(r'name="[\w-]*(?:seen|version|prepared_as)" (?:value|id)|name="(?:version|prepared_as)"')

_PLAYED_ELSEWHERE = {"concertations/<code>/avis/diffusion/", "rencontres/<code>/salle/"}
"""In the town the results are out and the room is open: `test_two_versions` and `workshop/test_prepare` play them."""


def forms_of_the_desk() -> dict[str, set[bool]]:
    """Address of each form where something is typed → whether it says what its page had shown."""
    compared: dict[str, set[bool]] = {}
    for _, target, inside in desk_forms(make_town()):
        if _TYPED.search(inside):
            compared.setdefault(resolve(target).route, set()).add(bool(_SEEN.search(inside)))
    return compared


def told_in_the_docs() -> dict[str, bool]:
    """Address of a form → whether the page says what it had shown. Three columns: it adds or decides."""
    rows = re.findall(r"^\| [^|]+ \| `([^`]+)` \|( [^|]+ \|)?$", Path("docs/deux-agents.md").read_text(), re.M)
    return {address: not third for address, third in rows}


def test_the_table_tells_every_form_of_the_desk() -> None:
    shown = forms_of_the_desk()
    assert all(len(compared) == 1 for compared in shown.values())
    plain = {re.sub(r"<\w+:", "<", route.removeprefix("gestion/")): compared.pop() for route, compared in shown.items()}
    del plain["composants/"]  # the showcase of the components: it writes nothing
    assert told_in_the_docs() == plain | dict.fromkeys(_PLAYED_ELSEWHERE, True)
