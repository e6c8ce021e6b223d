"""What a visitor waits while strangers hold connections: `python -m bench.strangers [STRANGERS]`.

STRANGERS (100) connections do one of five things: begin a head and stop; begin a body and stop; ask for large files and
read none of them; ask to close and stay; send 300 MB that nobody asked for. Meanwhile a visitor opens the home page,
and a probe asks `/sante`, one after the other, twenty times each.
"""

from __future__ import annotations

import http.client
import socket
import statistics
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench.places import places
from bench.served import Served

_PATIENCE: Final = 30
_TRIES: Final = 20
_HEAD: Final = b"Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"


def half_head(port: int) -> socket.socket:
    return _opened(port, b"GET / HTTP/1.1\r\nHost: loc")


def half_body(port: int) -> socket.socket:
    return _opened(port, b"POST /atelier/ HTTP/1.1\r\n" + _HEAD + b"Content-Length: 1000\r\n\r\ncode=")


def no_reading(port: int) -> socket.socket:
    """The receiving window is as small as the system lets it be."""
    name = max((Path("parvis").rglob("static/**/*.js")), key=lambda path: path.stat().st_size)
    address = "/static/" + str(name).split("/static/", 1)[1]
    asking = f"GET {address} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode() * 200
    return _opened(port, asking, window=2048)


def no_closing(port: int) -> socket.socket:
    return _opened(port, b"GET /robots.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")


def flood(port: int) -> socket.socket:
    """A body of 300 MB, given as fast as it is taken, by a thread."""
    opened = _opened(port, b"POST /gestion/connexion/ HTTP/1.1\r\n" + _HEAD + b"Content-Length: 300000000\r\n\r\n")

    def pour() -> None:
        try:
            for _ in range(300):
                opened.sendall(b"x" * 1_000_000)
        except OSError:
            pass

    threading.Thread(target=pour, daemon=True).start()
    return opened


STRANGERS: Final[dict[str, tuple[Callable[[int], socket.socket], int]]] = {
    "half a head": (half_head, 1), "half a body": (half_body, 1), "reads nothing": (no_reading, 1),
    "never closes": (no_closing, 1), "300 MB": (flood, 25),
}  # fmt: skip
"""What each does, and by how much there are fewer of them."""


def _opened(port: int, begun: bytes, window: int = 0) -> socket.socket:
    made = socket.socket()
    if window:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    made.settimeout(5)
    made.connect(("127.0.0.1", port))
    made.sendall(begun)
    return made


def waits(port: int, path: str) -> list[float]:
    """Seconds of each answer; `_PATIENCE` where none came."""
    seconds = []
    for _ in range(_TRIES):
        begun = time.perf_counter()
        visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
        try:
            visitor.request("GET", path, headers={"Host": "localhost"})
            visitor.getresponse().read()
            seconds.append(time.perf_counter() - begun)
        except OSError:
            seconds.append(float(_PATIENCE))
            break
        finally:
            visitor.close()
    return seconds


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    for place in places():
        with Served(place, workers=1) as server:
            _show(place.name, "nobody", server.port)
            for name, (open_one, fewer) in STRANGERS.items():
                opened = [open_one(server.port) for _ in range(max(1, count // fewer))]
                _show(place.name, name, server.port)
                for connection in opened:
                    connection.close()
                time.sleep(2)


def _show(place: str, strangers: str, port: int) -> None:
    home, probe = (_told(waits(port, path)) for path in ("/", "/sante"))
    print(f"{place}, {strangers}: home {home}, probe {probe}", flush=True)


def _told(seconds: list[float]) -> str:
    return f"{statistics.median(seconds):.3f} s, at most {max(seconds):.2f} s"


if __name__ == "__main__":
    main()
