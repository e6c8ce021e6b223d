"""A mail server that counts what it accepts, and misbehaves as it is told. Runs in a thread, on the loopback."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
import time
from collections import Counter
from collections.abc import Callable
from types import TracebackType

Reply = str | None
"""What the server answers; None hangs up without a word."""


class FakeSmtp:
    """`accepted` counts, for each address, the mails that it was answered « 250 » for (or kept before it hung up).

    `at_recipient` and `at_content` choose the answer to an address and to the whole mail of an address. `connections`
    counts the calls, `nested` the mails begun inside another (refused, as servers do); `arrived` is when each address
    first got a mail (monotonic seconds). As a context, listens inside.
    """

    def __init__(self) -> None:
        self.accepted: Counter[str] = Counter()
        self.bodies: list[str] = []
        self.arrived: dict[str, float] = {}
        self.connections = 0
        self.nested = 0
        self.at_recipient: Callable[[str], Reply] = lambda address: "250 ok"
        self.at_content: Callable[[str], Reply] = lambda address: "250 ok"
        self.at_greeting: Callable[[], Reply] = lambda: "220 hello"
        self._lock = threading.Lock()
        owner = self

        class Conversation(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                owner._converse(self)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64

        self._server = Server(("127.0.0.1", 0), Conversation)
        self.port: int = self._server.server_address[1]

    def __enter__(self) -> FakeSmtp:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def total(self) -> int:
        return sum(self.accepted.values())

    def _converse(self, line: socketserver.StreamRequestHandler) -> None:
        with self._lock:
            self.connections += 1
        if not _answer(line, self.at_greeting()):
            return
        address, begun = "", False
        while command := line.rfile.readline().decode("utf-8", "replace").strip():
            verb = command.upper()
            if verb.startswith("MAIL") and begun:
                self.nested += 1
                reply: Reply = "503 5.5.1 nested MAIL command"
            elif verb.startswith("RCPT"):
                found = re.search(r"<(.*?)>", command)
                address = found[1] if found is not None else ""
                reply = self.at_recipient(address)
            elif verb == "DATA":
                if not _answer(line, "354 go on"):
                    return
                body = _content(line)
                if body is None:
                    return
                reply = self.at_content(address)
                if reply is None or reply.startswith("250"):
                    with self._lock:
                        self.accepted[address] += 1
                        self.bodies.append(body)
                        self.arrived.setdefault(address, time.monotonic())
            elif verb.startswith("QUIT"):
                _answer(line, "221 bye")
                return
            else:
                reply = "250 ok"
            begun = verb.startswith("MAIL") or (begun and not verb.startswith(("DATA", "RSET", "EHLO", "HELO")))
            if not _answer(line, reply):
                return


def _answer(line: socketserver.StreamRequestHandler, reply: Reply) -> bool:
    """False when the conversation is over."""
    if reply is None:
        return False
    try:
        line.wfile.write(f"{reply}\r\n".encode())
    except OSError:
        return False
    return not reply.startswith("421")


def _content(line: socketserver.StreamRequestHandler) -> str | None:
    """The mail, or None when the other side died before its end."""
    rows = []
    while row := line.rfile.readline():
        if row == b".\r\n":
            return b"".join(rows).decode("utf-8", "replace")
        rows.append(row)
    return None


def closed_port() -> int:
    """A port where nobody answers."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
