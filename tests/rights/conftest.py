"""Thousands of doors are tried here, most of them shut."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def no_log_of_what_is_refused() -> Iterator[None]:
    """The lines, and the traces, of what is refused say nothing, and take longer than the refusal."""
    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    yield
    logger.disabled = before
