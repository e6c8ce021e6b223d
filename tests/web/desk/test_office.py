"""The desk as a whole."""

from __future__ import annotations

import pytest
from django.test import Client

HOME, TERRITORIES, IMPORT = "/gestion/", "/gestion/territoires/", "/gestion/territoires/import/"
GLOSSARY, AGENTS = "/gestion/glossaire/", "/gestion/agents/"


@pytest.mark.parametrize("path", [HOME, TERRITORIES, IMPORT, GLOSSARY, AGENTS, "/gestion/rencontres/"])
def test_desk_is_closed_to_anyone_and_kept_by_no_cache(path: str, client: Client, desk: Client) -> None:
    assert client.get(path)["Location"] == f"/gestion/connexion/?next={path}"
    assert desk.get(path)["Cache-Control"] == "private, no-store"
