"""Calling a WSGI application as a server would, without a server: what is measured is the application."""

from __future__ import annotations

import gzip
import statistics
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Any]


def fetch(application: Application, path: str) -> bytes:
    """The body that `application` answers to an anonymous GET of `path`. Raises when it is not a 200."""
    statuses: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path.partition("?")[0],
        "QUERY_STRING": path.partition("?")[2],
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": "127.0.0.1",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    answer = application(environ, lambda status, headers, error=None: statuses.append(status))
    body = b"".join(answer)
    answer.close()
    if not statuses[0].startswith("200"):
        raise RuntimeError(f"{path} answered {statuses[0]}")
    return body


def requests_per_second(
    application: Application, path: str, *, seconds: float, before_each: Callable[[], None] | None = None
) -> float:
    """Median rate over five slices of `seconds` / 5, after a warm-up. `before_each` is not counted."""
    for _ in range(5):
        fetch(application, path)
    rates = []
    for _ in range(5):
        spent, count = 0.0, 0
        while spent < seconds / 5:
            if before_each is not None:
                before_each()
            start = time.perf_counter()
            fetch(application, path)
            spent += time.perf_counter() - start
            count += 1
        rates.append(count / spent)
    return statistics.median(rates)


def weight(body: bytes) -> tuple[int, int]:
    """Bytes of a page, bare and compressed."""
    return len(body), len(gzip.compress(body, 6))
