"""The papers of a room as files: each for Word and as PDF, in one archive."""

from __future__ import annotations

from parvis.documents.zips import pack
from parvis.gathering.printed.room_papers import room_papers
from parvis.meetings.models import Board


def room_zip(board: Board, public_url: str) -> bytes:
    """One archive. The same room on the same day, the same bytes. About a second for a usual room."""
    from parvis.documents.paper_docx import paper_docx
    from parvis.documents.paper_pdf import paper_pdf

    files: dict[str, bytes] = {}
    for name, paper in room_papers(board, public_url).items():
        files[f"{name}.pdf"], files[f"{name}.docx"] = paper_pdf(paper), paper_docx(paper)
    return pack(files)
