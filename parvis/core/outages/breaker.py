"""Once one request waited in vain, the next ones are answered at once, until the database answers again.

Without it each of eight threads would wait for seconds in turn, and who comes tenth for a minute. What only reads goes
on while reading works: a writer that holds the embedded database, a full disk, a server that takes no write.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Final

from django.db import connection

from parvis.core.outages.probe import Health, database_health, forget_health
from parvis.core.outages.recognise import is_slow, readers_go_on

_EVERY_SECONDS: Final = 1.0
_WELL: Final = Health(reads=True, writes=True)
_READS_ONLY: Final = Health(reads=True, writes=False)
_DOWN: Final = Health(reads=False, writes=False)
_log = logging.getLogger(__name__)
_lock: Final = threading.Lock()
_seen = _WELL


def seen_health() -> Health:
    """What the database was seen not to do, and nobody saw it do since."""
    return _seen


def note_outage(error: BaseException, *, writing: bool) -> None:
    """Have the next requests answered at once, if what failed would make them wait; a thread sees when it ends.

    `writing`: whether what failed came to write.
    """
    global _seen
    if not is_slow(error):
        return
    with _lock:
        before, _seen = _seen, _READS_ONLY if writing and _seen.reads and readers_go_on() else _DOWN
        if before != _WELL:
            return
    _log.error("The database does not answer: %s", str(error).splitlines()[0])
    threading.Thread(target=_wait_for_it, name="parvis-outage", daemon=True).start()


def _wait_for_it() -> None:
    global _seen
    try:
        while _seen != _WELL:
            time.sleep(_EVERY_SECONDS)
            forget_health()
            _seen = database_health()
        _log.error("The database answers again.")
    finally:  # whatever ends this thread, the next request finds out for itself
        _seen = _WELL
        connection.close()
