"""The child: does the jobs that its parent sends, one at a time, and leaves when none comes for a while."""

from __future__ import annotations

import os
import select
import sys
import traceback
from importlib import import_module
from typing import IO, Any, Final

from parvis.core.errors import RefusedInput
from parvis.sandbox import limits, work
from parvis.sandbox.pipes import receive_job, send_answer

_IDLE_SECONDS: Final = 120


def main() -> None:
    """Leaves with 0 when it has nothing more to do; anything else is a job that was not done."""
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # no library writes among the answers
    limits.bound_memory()
    work.inside_a_child = True
    while _comes(jobs):
        try:
            module, name, seconds, args, kwargs = receive_job(jobs)
        except EOFError:
            return
        limits.bound_time(seconds)
        send_answer(answers, _answer(module, name, args, kwargs))
        if limits.has_grown():
            return


def _comes(jobs: IO[bytes]) -> bool:
    return bool(select.select([jobs], [], [], _IDLE_SECONDS)[0])


def _answer(module: str, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[str, Any]:
    try:
        return work.DONE, getattr(import_module(module), name)(*args, **kwargs)
    except MemoryError:
        return work.HEAVY, None
    except RefusedInput as refusal:
        return work.REFUSED, (refusal.message, refusal.lines)
    except Exception:
        return work.FAILED, traceback.format_exc()


if __name__ == "__main__":
    main()
