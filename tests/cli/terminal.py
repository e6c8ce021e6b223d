"""`parvis` on a terminal, with someone who answers."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from pathlib import Path

from tests.cli.parvis_command import environment_of

_SILENCE = 60
"""Seconds without a word after which the command waits for something that nobody will say."""


def parvis_asking(home: Path, *arguments: str, answers: list[tuple[str, str]], **environment: str) -> tuple[int, str]:
    """The code of the command and all that its terminal showed. `answers`: what is waited for, then what is typed."""
    ours, theirs = pty.openpty()
    program = subprocess.Popen(
        [sys.executable, "-m", "parvis.cli.main", *arguments],
        env=environment_of(home) | {"PYTHONUTF8": "1", "TERM": "dumb"} | environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    read, seen, shown, waiting = b"", 0, "", list(answers)
    try:
        while select.select([ours], [], [], _SILENCE)[0] and (part := _part(ours)):
            read += part
            shown = read.decode("utf-8", "ignore").replace("\r\n", "\n")
            if waiting and (asked := re.search(waiting[0][0], shown[seen:])):
                seen += asked.end()
                os.write(ours, f"{waiting.pop(0)[1]}\n".encode())
        assert waiting == [], shown
        return program.wait(timeout=_SILENCE), shown
    finally:
        program.kill()
        os.close(ours)


def _part(terminal: int) -> bytes:
    """What is shown next; nothing at the end, which Linux tells as an error."""
    try:
        return os.read(terminal, 65_536)
    except OSError:
        return b""
