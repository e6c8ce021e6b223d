"""Every kind is described once, and leads to a public page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parvis.meetings.rules import closed_to_moderators, closed_to_readers
from parvis.publishing import registry
from parvis.publishing.kinds.contribution import CONTRIBUTION
from parvis.publishing.rules import close_contributions
from parvis.web.components.published import PAGES


def test_every_kind_that_can_be_reported_has_its_page() -> None:
    assert set(PAGES) == {kind.name for kind in registry.kinds() if kind.moderation is not None}


def test_a_kind_is_registered_once() -> None:
    with pytest.raises(ValueError, match="contribution is registered twice"):
        registry.register(replace(CONTRIBUTION, label="Autre"))
    assert registry.kind_named("contribution") == CONTRIBUTION


def test_an_app_closes_contributions_once() -> None:
    with pytest.raises(ValueError, match="meetings closes contributions twice"):
        close_contributions("meetings", to_readers=closed_to_readers, to_moderators=closed_to_moderators)
