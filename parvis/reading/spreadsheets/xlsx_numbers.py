"""The numbers of Excel: which of them are dates, and which show zeros that they do not hold."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, time, timedelta
from typing import Final

from parvis.french.dates import MONTHS
from parvis.reading.spreadsheets.archive import Archive, forget
from parvis.reading.spreadsheets.cell_text import plain_date, plain_number

_DAY: Final = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# The first part of a format: what is printed before its digits, the digits, what is printed after.
_DIGITS: Final = re.compile(r"([^#0]{0,40})([#0][#0,]{0,20})(?:\.(0{1,10}))?([^#0]{0,40})")
_PRINTED: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|([€%\s])|.')
# « [$€-40C] » prints its sign; « [Red] » prints nothing.
_BRACKETS: Final = re.compile(r"\[(?:\$([^\]-]*))?[^\]]*\]")
# "00000", the format of postal codes and of the codes of towns.
_ZEROS: Final = re.compile("0{2,20}")
_MOST_STYLES: Final = 70_000


def shown_number(value: str, code: str) -> str:
    """A number as its format shows it; "" when the format is no plain one, or the number none.

    >>> shown_number("1234.5", '#,##0.00" €"'), shown_number("0.5", "0%"), shown_number("3", "General")
    ('1\xa0234,50 €', '50%', '')
    """
    match = _DIGITS.fullmatch(_BRACKETS.sub(lambda sign: f'"{sign[1] or ""}"', code.partition(";")[0]))
    try:
        number = float(value)
    except ValueError:
        return ""
    if match is None or not math.isfinite(number) or _ZEROS.fullmatch(code):
        return ""
    before, digits, decimals, after = match.groups()
    number *= 100 if "%" in after else 1
    text = f"{number:,.{len(decimals or '')}f}".replace(".", "¤").replace(",", "\u00a0" if "," in digits else "")
    return f"{_printed(before)}{text.replace('¤', ',')}{_printed(after)}".strip()


def _printed(code: str) -> str:
    """The letters that a part of a format prints."""
    return "".join(letter for match in _PRINTED.finditer(code) for letter in match.groups() if letter)


class Numbers:
    """The number formats of a workbook, by style."""

    def __init__(self, archive: Archive, path: str, from_1904: bool) -> None:
        self._from_1904 = from_1904
        self._codes: dict[str, str] = {}
        self._styles: list[str] = []
        self._known: dict[str, str] = {}
        if path not in archive.names:
            return
        for _, element in archive.elements(path, ("{*}numFmt", "{*}cellXfs", "{*}cellStyleXfs")):
            if element.tag.endswith("numFmt"):
                self._codes[element.get("numFmtId", "")] = element.get("formatCode", "")[:500]
                continue
            if element.tag.endswith("cellXfs"):
                self._styles = [style.get("numFmtId", "0") for style in element.iterfind("{*}xf")][:_MOST_STYLES]
                break
            forget(element)

    def plain(self, value: str, style: str) -> str:
        """A number as text: a date in ISO if its format is one."""
        code = self._code(style)
        if _ZEROS.fullmatch(code):
            number = plain_number(value)
            return number.zfill(len(code)) if number.isdigit() else number
        if code in ("", "General", "0", "@"):
            return plain_number(value)
        return self._date(value, code) or plain_number(value)

    def shown(self, value: str, style: str) -> str:
        """A number as a French Excel shows it: « 5 400 € », « 26 600,00 », « 08/01/2025 »."""
        code = self._code(style)
        day = _DAY.fullmatch(self._date(value, code)) if code not in ("", "General", "@") else None
        if day is not None:
            year, month, number = day.groups()
            return f"{number}/{month}/{year}" if "d" in code.casefold() else f"{MONTHS[int(month) - 1]} {year}"
        return shown_number(value, code) or self.plain(value, style).replace(".", ",")

    def _code(self, style: str) -> str:
        from openpyxl.styles.numbers import BUILTIN_FORMATS

        if style not in self._known:
            rank = int(style) if style.isascii() and style.isdigit() and len(style) < 9 else -1
            number = self._styles[rank] if 0 <= rank < len(self._styles) else "0"
            known = number.isascii() and number.isdigit() and len(number) < 5
            builtin = BUILTIN_FORMATS.get(int(number), "") if known else ""
            self._known[style] = self._codes.get(number, builtin)
        return self._known[style]

    def _date(self, value: str, code: str) -> str:
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

        if not is_date_format(code):
            return ""
        epoch = MAC_EPOCH if self._from_1904 else WINDOWS_EPOCH
        try:
            moment = from_excel(float(value), epoch, timedelta=is_timedelta_format(code))
        except (ValueError, OverflowError, TypeError):
            return ""
        if isinstance(moment, timedelta):
            minutes = round(moment.total_seconds() / 60)
            return f"{minutes // 60}:{minutes % 60:02d}"
        if isinstance(moment, time):
            return moment.isoformat(timespec="minutes" if not moment.second else "seconds")
        return plain_date(moment.isoformat()) if isinstance(moment, datetime | date) else ""
