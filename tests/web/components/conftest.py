"""Static files under their own names: no test here needs them collected first."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def plain_static_names(settings: Any) -> None:
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
