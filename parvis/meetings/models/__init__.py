from parvis.meetings.models.meeting import Meeting
from parvis.meetings.models.minutes import Minutes, MinutesChange, MinutesLine, MinutesSource, StepPassed

__all__ = ["Meeting", "Minutes", "MinutesChange", "MinutesLine", "MinutesSource", "StepPassed"]
