from parvis.meetings.models.heading_word import HeadingWord
from parvis.meetings.models.meeting import Meeting
from parvis.meetings.models.minutes import Minutes, MinutesChange, MinutesLine, MinutesSource, StepPassed

__all__ = ["HeadingWord", "Meeting", "Minutes", "MinutesChange", "MinutesLine", "MinutesSource", "StepPassed"]
