from parvis.meetings.models.attendance import Attendance, Headcount
from parvis.meetings.models.board import Board, BoardSheet, BoardStep, Seat
from parvis.meetings.models.check import LineComment, MinutesCheck
from parvis.meetings.models.heading_word import HeadingWord
from parvis.meetings.models.meeting import Meeting
from parvis.meetings.models.minutes import Minutes, MinutesChange, MinutesLine, MinutesSource
from parvis.meetings.models.note import Dot, Family, Mark, Note, NoteVersion, Photo, RowVersion
from parvis.meetings.models.waiting_report import WaitingReport

__all__ = [
    "Attendance",
    "Board",
    "BoardSheet",
    "BoardStep",
    "Dot",
    "Family",
    "Headcount",
    "HeadingWord",
    "LineComment",
    "Mark",
    "Meeting",
    "Minutes",
    "MinutesChange",
    "MinutesCheck",
    "MinutesLine",
    "MinutesSource",
    "Note",
    "NoteVersion",
    "Photo",
    "RowVersion",
    "Seat",
    "WaitingReport",
]
