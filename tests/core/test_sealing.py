from __future__ import annotations

from typing import Any

from parvis.core.sealing import seal, unseal


def test_what_is_sealed_opens_for_its_use_alone() -> None:
    sealed = seal("one", "un code é")
    assert "code" not in sealed
    assert (unseal("one", sealed), unseal("another", sealed), unseal("one", sealed[:-4])) == ("un code é", None, None)


def test_a_former_key_still_opens_and_no_longer_seals(settings: Any) -> None:
    former = seal("one", "avant")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "b" * 50, [settings.SECRET_KEY]
    assert unseal("one", former) == "avant"
    after = seal("one", "après")
    settings.SECRET_KEY_FALLBACKS = []
    assert (unseal("one", former), unseal("one", after)) == (None, "après")
