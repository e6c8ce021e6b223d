"""What every page says, as it is printed: no line begins with « : », no « 1 septembre », no « organisme(s) »."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.test import Client

from parvis.people.models import User
from tests.rights.town import make_town
from tests.routes_table import ACTORS, TABLE

pytestmark = pytest.mark.django_db
_NOT_SENTENCES = re.compile(r"<(script|style|pre|code|textarea|option|blockquote|svg)\b.*?</\1>|<[^>]*>", re.DOTALL)
_SOURCE = re.compile(r'<ol class="source__lines">.*?</ol>', re.DOTALL)
"""The lines of a file somebody wrote, as they are."""
_FAULTS = {
    "a blank that may be cut": re.compile(r".{0,40}\S [:;?!»](?=[\s.,)]|$)|.{0,9}« .{0,30}|\d (?:h\b|%|€).{0,20}"),
    "a first of the month": re.compile(r".{0,20}\b1 (?:janvier|février|mars|avril|mai|juin|juillet|août)\b"),
    "a plural by halves": re.compile(r".{0,30}\w\((?:s|e|x|es)\)"),
    "none, in the plural": re.compile(r"\b0 \w+s\b(?<!avis)(?<!fois).{0,20}"),
}


def faults_of(html: str) -> list[str]:
    lines = unescape(_NOT_SENTENCES.sub("\n", _SOURCE.sub("", html))).splitlines()
    return [
        f"{name}: {match[0].strip()}"
        for line in lines
        for name, fault in _FAULTS.items()
        for match in fault.finditer(line)
    ]


@pytest.mark.parametrize("actor", ["coordinator", "administrator", "anyone"])
def test_every_page_is_written_as_it_is_printed(actor: str) -> None:
    cache.clear()
    values = make_town().values()
    client = Client()
    if ACTORS[actor]:
        client.force_login(User.objects.get(email=f"{ACTORS[actor]}@exemple.fr"))
    faults = []
    for name, (address, _) in TABLE.items():
        method, _, path = name.partition(" ")
        if method != "GET":
            continue
        response = client.get((address or path).format(**values))
        if response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming:
            faults += [f"{path} {fault}" for fault in faults_of(response.content.decode())]
    assert faults == []
