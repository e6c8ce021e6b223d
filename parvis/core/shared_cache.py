"""Redis, without which the site goes on, slower: what it does not answer is asked of the database again.

Nothing that must be right is kept in it: limits are counted in the database (`core.limits`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_REST_SECONDS: Final = 10.0
"""Without asking, after a failure: one page asks many times, and each would wait."""
_log = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Redis whose failures are misses. Told once in the log when they begin, once when they end."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        impatient = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "retry": Retry(NoBackoff(), 0)}
        super().__init__(server, {**params, "OPTIONS": {**impatient, **params.get("OPTIONS", {})}})
        self._state = _shared_state(str(server))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def get_many(self, keys: Any, version: int | None = None) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).get_many(keys, version), {})

    def has_key(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(lambda: super(ForgivingRedisCache, self).has_key(key, version), False))

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, *args, **kwargs), None)

    def set_many(self, data: Any, *args: Any, **kwargs: Any) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).set_many(data, *args, **kwargs), list(data))

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        """True when Redis does not answer: nobody else is known to have added it."""
        return bool(self._ask(lambda: super(ForgivingRedisCache, self).add(key, value, *args, **kwargs), True))

    def touch(self, key: Any, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda: super(ForgivingRedisCache, self).touch(key, *args, **kwargs), False))

    def delete(self, key: Any, version: int | None = None) -> bool:
        return bool(self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False))

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).delete_many(keys, version), None)

    def clear(self) -> None:
        """Made later when Redis does not answer: what was erased leaves it before it is read again."""
        self._state.to_clear = True
        self._ask(lambda: None, None)

    def _ask(self, question: Callable[[], Any], missing: Any) -> Any:
        state = self._state
        if time.monotonic() < state.rests_until:
            return missing
        try:
            if state.to_clear:
                super().clear()
                state.to_clear = False
            answer = question()
        except (RedisError, OSError) as error:
            state.fail(error)
            return missing
        state.answered()
        return answer


class _State:
    """What all threads of a process know of one server: Django makes a cache for each thread."""

    def __init__(self) -> None:
        self.rests_until = 0.0
        self.to_clear = False
        self._failed = False
        self._lock = threading.Lock()

    def fail(self, error: Exception) -> None:
        with self._lock:
            self.rests_until = time.monotonic() + _REST_SECONDS
            if not self._failed:
                _log.error("The shared cache does not answer; the site goes on without it: %s", type(error).__name__)
            self._failed = True

    def answered(self) -> None:
        if self._failed:
            with self._lock:
                self._failed = False
            _log.error("The shared cache answers again.")


_states: Final[dict[str, _State]] = {}


def _shared_state(server: str) -> _State:
    return _states.setdefault(server, _State())
