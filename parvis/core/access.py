"""Who may open a view: the rules that decide, the audience it is for, and the check that it asked those rules.

A rule is a function marked with `rule`: it says which rows an actor may touch, or what a key or a number opens. A view
is declared with `access`, which takes the rules themselves; an answer made without calling each of them is an error of
ours and leaves as one, never as a page (see `docs/decisions/0017`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Final, ParamSpec, TypeVar

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

READ: Final = ("GET", "HEAD")
POST: Final = ("POST",)
FORM: Final = ("GET", "HEAD", "POST")
"""The methods of a page, of a button, and of a form with its page."""

FORM_BYTES: Final = 1_000_000
UPLOAD_BYTES: Final = 36_000_000
"""The largest body of a form, and of one with files: the largest file that a reader takes, and what goes with it."""

REFUSED_FORM: Final = 422
"""The answer of a page whose form refuses what was typed."""


class RouteAudience(StrEnum):
    """For whom an address is. `PUBLIC`, `PARTNERS` and `TEAM` mean what they mean for a consultation's `Audience`."""

    PUBLIC = "public"
    PARTNERS = "partners"
    """Whoever holds a participant's key, or what gives one: an invitation, the code of a room."""
    AGENTS = "agents"
    """Whoever signed in at the desk; the rule then says where."""
    TEAM = "team"
    """The agents whom a consultation names in its project team."""


Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
Rule = Callable[..., Any]
View = TypeVar("View", bound=Callable[..., HttpResponseBase])

_called: ContextVar[set[Rule] | None] = ContextVar("rules called by the view that answers", default=None)


class RuleNotCalled(RuntimeError):
    """A view answered without calling a rule that it declares: a fault of ours, never of the visitor."""


def rule(function: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Mark a function that decides who may, so that views can declare it. Its calls are noted while a view answers."""

    @wraps(function)
    def noted(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        note_rules((noted,))
        return function(*args, **kwargs)

    noted.is_rule = True  # type: ignore[attr-defined]
    return noted


def note_rules(rules: Iterable[Rule]) -> None:
    """Note rules as called by the view that answers, if one does: a query compiled once keeps those it was built by."""
    called = _called.get()
    if called is not None:
        called.update(rules)


@contextmanager
def rules_noted() -> Iterator[set[Rule]]:
    """The rules called inside the block, filled as they are."""
    called: set[Rule] = set()
    token = _called.set(called)
    try:
        yield called
    finally:
        _called.reset(token)


class SentToEntrance(HttpResponseRedirect):
    """A refusal: who has no key of her own is sent where one is given."""


def anyone() -> None:
    """What a view declares when there is nothing to ask: all of its audience see the same, and nothing is held back."""


def dotted_name(function: Rule) -> str:
    """Where a rule is written: `parvis.meetings.rules.editable_minutes`."""
    return f"{function.__module__}.{function.__qualname__}"


@dataclass(frozen=True, slots=True)
class Access:
    """Who may open a view."""

    rules: tuple[Rule, ...]
    audience: RouteAudience
    methods: tuple[str, ...]
    writes: tuple[str, ...] = ()
    largest: int = FORM_BYTES
    sender: Callable[[HttpRequest], bool] | None = None

    def takes_body(self, request: HttpRequest, length: int) -> bool:
        """Whether a body of `length` bytes is read: a stranger's is never larger than a form's."""
        if length <= min(self.largest, FORM_BYTES):
            return True
        known = self.sender(request) if self.sender is not None else request.user.is_authenticated
        return known and length <= self.largest

    @property
    def signed_in(self) -> bool:
        """Whether an anonymous visitor is sent to the sign-in page first."""
        return self.audience in (RouteAudience.AGENTS, RouteAudience.TEAM)

    @property
    def rule_names(self) -> str:
        """The dotted names of the rules, as `parvis routes` prints them."""
        return ", ".join(dotted_name(rule) for rule in self.rules)

    def not_called(self, called: set[Rule]) -> list[str]:
        """The rules that a view should have called and did not."""
        return [dotted_name(rule) for rule in self.rules if rule is not anyone and rule not in called]


def access(
    *rules: Rule,
    audience: RouteAudience = RouteAudience.PUBLIC,
    methods: tuple[str, ...] = READ,
    writes: tuple[str, ...] = (),
    largest: int = FORM_BYTES,
    sender: Callable[[HttpRequest], bool] | None = None,
) -> Callable[[View], View]:
    """Declare who may open a view: `@access(editable_minutes, audience=RouteAudience.AGENTS, methods=FORM)`.

    `rules` are all called by the view before it answers anything but a refusal; `anyone` when there is nothing to ask.
    A method outside `methods` answers 405. A body of more than `largest` bytes answers 413 and is not read; more than a
    form's is for those `sender` knows, by default the agents. `writes` names the tables that a GET of this view may
    add to or change: the return from an identity provider alone.
    """
    for rule in rules:
        if rule is not anyone and not getattr(rule, "is_rule", False):
            raise TypeError(f"{rule!r} is not marked as a rule")
    if not rules:
        raise TypeError("a view names at least one rule, or `anyone`")
    declared = Access(rules, audience, methods, writes, largest, sender)

    def declare(view: View) -> View:
        @wraps(view)
        def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with rules_noted() as called:
                response = view(request, *args, **kwargs)
            if not _is_refusal(response) and (missing := declared.not_called(called)):
                raise RuleNotCalled(f"{dotted_name(view)} answered without calling {', '.join(missing)}")
            return response

        checked.access = declared  # type: ignore[attr-defined]
        return checked  # type: ignore[return-value]

    return declare


def _is_refusal(response: HttpResponseBase) -> bool:
    """Whether the visitor is turned away. The page of a form that refuses what was typed shows as much as any page."""
    if isinstance(response, SentToEntrance):
        return True
    return response.status_code >= 400 and response.status_code != REFUSED_FORM


def declared_access(view: Any) -> Access | None:
    """What a view declares, or None."""
    declared: Access | None = getattr(view, "access", None)
    return declared
