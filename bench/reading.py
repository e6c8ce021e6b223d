"""How the cost of reading grows with the report: `python -m bench.reading`.

Each row reads the same contributions in one format, in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from parvis.documents.pdf import report_pdf
from parvis.documents.report import Report, ReportFamily, ReportItem, ReportKind, ReportTheme

SIZES = (100, 1_000, 10_000)
WORDS = (
    "navette", "crèche", "médecin", "jardin", "ascenseur", "festival", "stage", "permis", "guichet", "gymnase", "école",
)  # fmt: skip


def said(rank: int) -> str:
    return f"Une {WORDS[rank % 11]} pour les habitants, près de la {WORDS[rank // 11 % 11]}, dès la rentrée {rank % 97}"


def make_txt(count: int) -> bytes:
    lines = ["Emploi / Insertion", "Propositions", *(f"{rank}. {said(rank)}" for rank in range(1, count + 1))]
    return "\n".join(lines).encode()


def make_docx(count: int) -> bytes:
    from docx import Document

    document = Document()
    document.add_heading("Emploi / Insertion", 1)
    document.add_heading("Propositions", 2)
    for rank in range(1, count + 1):
        document.add_paragraph(said(rank), style="List Number")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(count: int) -> bytes:
    items = tuple(ReportItem(None, "proposal", str(rank), said(rank)) for rank in range(1, count + 1))
    theme = ReportTheme("Emploi / Insertion", "emploi", (ReportKind("proposal", (ReportFamily("", 0, items),)),))
    return report_pdf(Report("Atelier", "", "Exemple", (), (), (theme,), number=1, published_on=date(2026, 1, 1)))


FORMATS: dict[str, Callable[[int], bytes]] = {"txt": make_txt, "docx": make_docx, "pdf": make_pdf}


def measure(path: str) -> None:
    """Read one file and print: contributions, seconds, peak memory in MB."""
    from parvis.core.errors import RefusedInput
    from parvis.reading import read

    read(b"Defis\n1. un", "a.txt")  # what is imported once is not counted
    data = Path(path).read_bytes()
    start = time.perf_counter()
    try:
        found = str(len(read(data, path).contributions))
    except RefusedInput as refusal:
        found = refusal.message[:40]
    spent = time.perf_counter() - start
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmHWM"))
    print(f"{found}\t{spent:.3f}\t{peak}")


def main() -> None:
    print(f"{'format':8}{'demandées':>10}  {'lues':<42}{'secondes':>9}{'Mo':>6}")
    with tempfile.TemporaryDirectory() as folder:
        for extension, make in FORMATS.items():
            for size in SIZES:
                path = Path(folder) / f"{size}.{extension}"
                path.write_bytes(make(size))
                done = subprocess.run(
                    [sys.executable, "-m", "bench.reading", str(path)], check=True, capture_output=True, text=True
                )
                found, spent, peak = done.stdout.strip().split("\t")
                print(f"{extension:8}{size:>10}  {found:<42}{spent:>9}{peak:>6}")


if __name__ == "__main__":
    measure(sys.argv[1]) if len(sys.argv) > 1 else main()
