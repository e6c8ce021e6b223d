"""Once one request waited in vain, the next ones are answered at once, until the database answers again.

Without it each of eight threads would wait for seconds in turn, and who comes tenth for a minute.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import connection

from parvis.core.outages.probe import Health, database_health, forget_health
from parvis.core.outages.recognise import is_slow

_EVERY_SECONDS: Final = 1.0
_log = logging.getLogger(__name__)
_lock: Final = threading.Lock()
_down = False


def is_down() -> bool:
    """Whether the database was seen not to answer, and nobody saw it answer since."""
    return _down


def note_outage(error: BaseException) -> None:
    """From now on `is_down`, if what failed would make others wait; a thread sees when it ends."""
    global _down
    if not is_slow(error):
        return
    with _lock:
        if _down:
            return
        _down = True
    _log.error("The database does not answer: %s", str(error).splitlines()[0])
    threading.Thread(target=_wait_for_it, name="parvis-outage", daemon=True).start()


def _wait_for_it() -> None:
    global _down
    health = Health(reads=False, writes=False)
    try:
        while not (health.reads and health.writes):
            time.sleep(_EVERY_SECONDS)
            forget_health()
            health = database_health()
        _log.error("The database answers again.")
    finally:  # whatever ends this thread, the next request finds out for itself
        _down = False
        connection.close()
