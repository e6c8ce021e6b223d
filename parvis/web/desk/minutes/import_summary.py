"""What an import brought, in one line. French counts zero as singular."""

from __future__ import annotations

from parvis.meetings.operations.import_report import Imported


def counted(number: int, one: str, many: str = "") -> str:
    """
    >>> counted(0, "doute"), counted(1, "doute"), counted(2, "ligne mise de côté", "lignes mises de côté")
    ('0 doute', '1 doute', '2 lignes mises de côté')
    """
    return f"{number} {one if number < 2 else many or one + 's'}"


def import_summary(imported: Imported) -> str:
    """« 70 contributions, 6 doutes, 12 lignes mises de côté »."""
    parts = [counted(imported.items, "contribution"), counted(imported.doubts, "doute")]
    if imported.introduction:
        parts.append(counted(imported.introduction, "ligne d'introduction", "lignes d'introduction"))
    parts.append(counted(imported.aside, "ligne mise de côté", "lignes mises de côté"))
    return ", ".join(parts)
