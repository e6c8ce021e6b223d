"""The gunicorn worker of `parvis serve`: a thread is given to a whole request, never to a network (decision 0024).

Gunicorn's own gives a thread to a connection at its first byte, writes into a socket until it is read, and closes by
waiting for the other end inside its loop: eight strangers who stop half-way hold the site. Here the loop reads heads
and small bodies, and writes what a client does not read at once. A large body alone is read by a thread: after its
view said that this sender may (`core.access`), by half of the threads at most, and against a deadline.
"""

from __future__ import annotations

import contextlib
import errno
import re
import selectors
import socket
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import Enum, auto
from functools import partial
from typing import Any, Final

from gunicorn.glogging import Logger
from gunicorn.workers.gthread import TConn, ThreadWorker

from parvis.core.logs import TokenFreeFormatter

PROBE: Final = b"/sante"
"""Answered by a thread of its own: it has to say that all others are busy."""
HEAD_SECONDS: Final = 10
BODY_SECONDS: Final = 30
"""To give a whole head, from its first byte or the opening of the connection; then a whole body that the loop reads."""
_SLOWEST: Final = 32 * 1024
"""Bytes a second below which what is large, either way, is given up."""
_IDLE_SECONDS: Final = 10
_LINGER_SECONDS: Final = 2
BUFFERED_BYTES: Final = 256 * 1024
"""The largest body that the loop reads, in memory: all forms but those with files."""
_LONGEST_HEAD: Final = 64 * 1024
_MOST_UNSENT: Final = 64 * 1024 * 1024
"""Bytes of answers that may wait for their readers. Beyond, threads wait for them, `_IDLE_SECONDS` each."""
_MOST_LINGERED: Final = 16 * 1024 * 1024
_AT_ONCE: Final = 256 * 1024
_LENGTH: Final = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r\n", re.I)
_CODED: Final = re.compile(rb"\r\ntransfer-encoding:", re.I)
_EXPECTS: Final = re.compile(rb"\r\nexpect:[ \t]*100-continue", re.I)


class Stage(Enum):
    """What the loop waits for on a connection."""

    ARRIVING = auto()
    LARGE = auto()
    """A large body is announced, and all threads that may read one do."""
    ANSWERED = auto()
    LINGERING = auto()


class ClientSocket(socket.socket):
    """The socket of a client, on which no thread waits for long."""

    deadline: float = float("inf")
    may_keep: Callable[[int], bool]

    def __init__(self, fileno: int, may_keep: Callable[[int], bool]) -> None:
        super().__init__(fileno=fileno)
        self.unsent = bytearray()
        self.may_keep = may_keep

    def setblocking(self, flag: bool) -> None:
        self.settimeout(_IDLE_SECONDS if flag else 0)

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Raises `ConnectionResetError` when nothing comes, or too little: gunicorn drops the client in silence."""
        if self.gettimeout():
            self.settimeout(max(0.001, min(_IDLE_SECONDS, self.deadline - time.monotonic())))
        try:
            return super().recv(size, flags)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None

    def sendall(self, data: Any, flags: int = 0) -> None:
        """What does not leave at once is kept for the loop, so that the thread is free."""
        if not self.unsent:
            data = memoryview(data)[self._sent_at_once(data) :]
        if not data or self.may_keep(len(data)):
            self.unsent += data
            return
        waiting = bytes(self.unsent) + bytes(data)
        self.unsent.clear()
        self.setblocking(True)
        try:
            super().sendall(waiting, flags)
        except TimeoutError:
            raise ConnectionResetError(errno.ECONNRESET, "too slow") from None

    def send_kept(self) -> bool:
        """Whether all that was kept is gone. Never waits."""
        del self.unsent[: self._sent_at_once(self.unsent)]
        return not self.unsent

    def _sent_at_once(self, data: Any) -> int:
        self.settimeout(0)
        try:
            return super().send(data)
        except BlockingIOError:
            return 0


class Connection(TConn):  # type: ignore[misc]
    """A client, what came of its next request, and until when the loop waits for the rest."""

    def __init__(self, worker: WholeRequestWorker, client: ClientSocket, address: Any, server: Any) -> None:
        super().__init__(worker.cfg, client, address, server)
        self.worker = worker
        self.stage = Stage.ARRIVING
        self.received = bytearray()
        self.head = b""
        self.length = self.lingered = 0
        self.deadline = float("inf")
        self.listened = self.reads_large = False
        self.data_ready = True  # gunicorn's thread does not look for itself

    def expect(self) -> None:
        """The next request may begin; some of it may have come with the one before."""
        self.stage, self.head, self.length = Stage.ARRIVING, b"", 0
        self.received = bytearray(self.parser.unreader.take_buffered() if self.parser is not None else b"")
        self.deadline = time.monotonic() + HEAD_SECONDS

    def take(self, data: bytes) -> None:
        self.received += data
        self.look_for_head()

    def look_for_head(self) -> None:
        """Tells by the head how much of a body to wait for. Gunicorn's parser is the one that refuses a wrong head."""
        end = self.received.find(b"\r\n\r\n") if not self.head else -1
        if end < 0:
            return
        self.head = bytes(self.received[: end + 4])
        announced = _LENGTH.search(self.head)
        self.length = int(announced[1]) if announced is not None else 0
        self.deadline = time.monotonic() + BODY_SECONDS

    @property
    def is_whole(self) -> bool:
        return bool(self.head) and len(self.received) >= len(self.head) + self.length

    @property
    def is_large(self) -> bool:
        return self.length > BUFFERED_BYTES

    @property
    def waits_to_continue(self) -> bool:
        """Whether the client gives its body only once it is told to."""
        return self.length > 0 and not self.is_large and _EXPECTS.search(self.head) is not None

    @property
    def is_probe(self) -> bool:
        target = self.head.split(b" ", 2)[1:2]
        return bool(target) and target[0].partition(b"?")[0] == PROBE

    @property
    def has_bounded_body(self) -> bool:
        """Whether nothing of this request can be left to read once it is answered."""
        return not self.is_large and _CODED.search(self.head) is None

    def hand_over(self) -> None:
        """Give gunicorn's parser what was received."""
        self.init()
        self.parser.unreader.unread(bytes(self.received))
        self.received = bytearray()
        if self.is_large:
            self.sock.deadline = time.monotonic() + BODY_SECONDS + self.length / _SLOWEST

    def close(self, graceful: bool = False) -> None:
        if graceful:
            self.worker.linger(self)
        else:
            super().close()


class WholeRequestWorker(ThreadWorker):  # type: ignore[misc]
    """Waits for clients in its loop, for as many as come; threads only answer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.waited: dict[Connection, None] = {}
        """Those on which the loop waits, the oldest first; kept-alive ones are gunicorn's."""
        self.large: deque[Connection] = deque()
        self.reading_large = 0

    def init_process(self) -> None:
        self.probes = ThreadPoolExecutor(1, thread_name_prefix="parvis-probe")
        super().init_process()

    def accept(self, listener: socket.socket) -> None:
        """One more client; at the most that there may be, instead of the one that began first and never ended."""
        try:
            client, address = listener.accept()
        except OSError as error:
            if error.errno in (errno.EMFILE, errno.ENFILE):
                self._drop_oldest()
            elif error.errno not in (errno.EAGAIN, errno.ECONNABORTED):
                raise
            return
        self.nr_conns += 1
        bounded = ClientSocket(client.detach(), self.may_keep)
        self.enqueue_req(Connection(self, bounded, address, listener.getsockname()))
        if self.nr_conns >= self.worker_connections:
            self._drop_oldest()

    def enqueue_req(self, conn: Connection) -> None:
        """A request begins: gunicorn calls this where it would give the connection to a thread."""
        conn.expect()
        conn.sock.setblocking(False)
        self.waited[conn] = None
        conn.look_for_head()
        if conn.received and self._went_on(conn):
            return
        self._on_readable(conn, conn.sock)

    def finish_request(self, conn: Connection, answer: Future[Any]) -> None:
        """In the loop, once a thread has answered."""
        if conn.reads_large:
            conn.reads_large = False
            self.reading_large -= 1
            self._read_next_large()
        if not conn.sock.unsent:
            super().finish_request(conn, answer)
            return
        conn.stage = Stage.ANSWERED
        conn.deadline = time.monotonic() + BODY_SECONDS + len(conn.sock.unsent) / _SLOWEST
        self.waited[conn] = None
        self._listen(conn, selectors.EVENT_WRITE, partial(self._on_writable, conn, answer))

    def may_keep(self, size: int) -> bool:
        """Whether the loop takes `size` more bytes to give to their readers. Asked by threads."""
        return size + sum(len(conn.sock.unsent) for conn in tuple(self.waited)) <= _MOST_UNSENT

    def linger(self, conn: Connection) -> None:
        """Close once the other end has read the answer: closed before, what it still sends would erase it."""
        with contextlib.suppress(OSError):
            conn.sock.shutdown(socket.SHUT_WR)
            conn.stage, conn.deadline = Stage.LINGERING, time.monotonic() + _LINGER_SECONDS
            conn.sock.setblocking(False)
            self.waited[conn] = None
            self._listen(conn, selectors.EVENT_READ, partial(self._on_lingering, conn))
            return
        conn.close()

    def murder_pending(self) -> None:
        """At each turn of the loop: let go of those whose time has passed; at a stop, of who has not yet asked."""
        super().murder_pending()
        now = time.monotonic()
        for conn in [conn for conn in self.waited if conn.deadline < now or not (self.alive or conn.received)]:
            if conn.stage is Stage.ARRIVING and conn.received:
                self._refuse(conn, "408 Request Timeout", "La demande n'est pas arrivée entière à temps.")
            elif self.alive or conn.stage is Stage.ARRIVING or conn.deadline < now:
                self._drop(conn)

    def _keepalive_after(self, conn: Connection, keepalive: bool) -> bool:
        """Nobody reads what is left of a large body: its connection ends with the answer."""
        return conn.has_bounded_body and bool(super()._keepalive_after(conn, keepalive))

    def _on_readable(self, conn: Connection, _: Any) -> None:
        try:
            data = conn.sock.recv(_AT_ONCE)
        except BlockingIOError:
            self._listen(conn, selectors.EVENT_READ, partial(self._on_readable, conn))
            return
        except OSError:
            data = b""
        if not data:
            self._drop(conn)
            return
        conn.take(data)
        if not self._went_on(conn):
            self._listen(conn, selectors.EVENT_READ, partial(self._on_readable, conn))

    def _went_on(self, conn: Connection) -> bool:
        """Whether the loop has no more to read of this request."""
        if not conn.head and len(conn.received) > _LONGEST_HEAD:
            self._refuse(conn, "431 Request Header Fields Too Large", "L'en-tête de la demande est trop long.")
        elif conn.head and conn.is_large:
            self._listen(conn)
            conn.stage = Stage.LARGE
            self.large.append(conn)
            self._read_next_large()
        elif conn.is_whole:
            self._answer(conn)
        else:
            if conn.waits_to_continue and len(conn.received) == len(conn.head):
                with contextlib.suppress(OSError):
                    conn.sock.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            return False
        return True

    def _read_next_large(self) -> None:
        while self.large and self.reading_large < max(1, self.cfg.threads // 2):
            conn = self.large.popleft()
            if conn in self.waited:
                self.reading_large += 1
                conn.reads_large = True
                self._answer(conn)

    def _answer(self, conn: Connection) -> None:
        """Give the request to a thread."""
        self._forget(conn)
        conn.hand_over()
        answer = (self.probes if conn.is_probe else self.tpool).submit(self.handle, conn)
        answer.add_done_callback(lambda done: self.method_queue.defer(self.finish_request, conn, done))

    def _on_writable(self, conn: Connection, answer: Future[Any], _: Any) -> None:
        try:
            if not conn.sock.send_kept():
                return
        except OSError:
            self._drop(conn)
            return
        self._forget(conn)
        super().finish_request(conn, answer)

    def _on_lingering(self, conn: Connection, _: Any) -> None:
        try:
            size = len(conn.sock.recv(_AT_ONCE))
        except BlockingIOError:
            return
        except OSError:
            size = 0
        conn.lingered += size
        if not size or conn.lingered > _MOST_LINGERED:
            self._drop(conn)

    def _refuse(self, conn: Connection, status: str, sentence: str) -> None:
        """An answer that the loop makes itself, to who cannot be given to a thread."""
        text = sentence.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(text)}\r\n"
        self._forget(conn)
        self.nr_conns -= 1
        with contextlib.suppress(OSError):
            conn.sock.send(f"{head}Connection: close\r\n\r\n".encode() + text)
        self.linger(conn)

    def _drop_oldest(self) -> None:
        oldest = next((conn for conn in self.waited if conn.stage is not Stage.ANSWERED), None)
        if oldest is not None:
            self._drop(oldest)

    def _drop(self, conn: Connection) -> None:
        self._forget(conn)
        if conn.stage is not Stage.LINGERING:  # it was no longer counted
            self.nr_conns -= 1
        conn.close()

    def _forget(self, conn: Connection) -> None:
        self.waited.pop(conn, None)
        self._listen(conn)

    def _listen(self, conn: Connection, event: int = 0, callback: Callable[[Any], None] | None = None) -> None:
        """Have `callback` called at `event` on this connection, and no other; with neither, nothing."""
        if conn.listened:
            with contextlib.suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.sock)
        conn.listened = callback is not None
        if callback is not None:
            self.poller.register(conn.sock, event, callback)


class TokenFreeLog(Logger):  # type: ignore[misc]
    """Gunicorn's log: what it says of a request that failed holds its address."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(TokenFreeFormatter(self.error_fmt, self.datefmt))
