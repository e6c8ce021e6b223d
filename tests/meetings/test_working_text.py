"""No gesture loses a character, each can be taken back, and nobody overwrites anybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parvis.consultations.enums import Kind
from parvis.consultations.models import Theme
from parvis.core.errors import ForbiddenMove, ParvisError, RefusedInput, Stale
from parvis.meetings.enums import LinePlace
from parvis.meetings.models import Minutes, MinutesLine
from parvis.meetings.operations import review
from parvis.meetings.operations.take_back import redo_change, undo_change
from tests.meetings.scene import Scene, all_characters, items, line, picture

BUS, FILES, TALK = "Le dernier bus part trop tôt", "Les dossiers se font en ligne", "Les partenaires se parlent"

Act = Callable[[Scene, Minutes], object]
ACTS: dict[str, Act] = {
    "set_theme": lambda s, m: review.set_theme(s.alice, m, [line(m, BUS).code], s.health),
    "set_kind": lambda s, m: review.set_kind(s.alice, m, [line(m, BUS).code], Kind.PROPOSAL),
    "set_place": lambda s, m: review.set_place(s.alice, m, [line(m, BUS).code], LinePlace.ASIDE),
    "check": lambda s, m: review.check_lines(s.alice, m, [line(m, BUS).code]),
    "edit": lambda s, m: review.edit_line(s.alice, m, line(m, BUS).code, "Autre", ["un point"]),
    "split": lambda s, m: review.split_line(s.alice, m, line(m, FILES).code, 12),
    "join": lambda s, m: review.join_lines(s.alice, m, [line(m, BUS).code, line(m, FILES).code]),
    "join_next": lambda s, m: review.join_lines(s.alice, m, [line(m, BUS).code]),
    "nest": lambda s, m: review.nest_lines(s.alice, m, [line(m, FILES).code]),
    "lift": lambda s, m: review.lift_details(s.alice, m, line(m, FILES).code),
    "move": lambda s, m: review.move_lines(s.alice, m, [line(m, TALK).code], line(m, BUS).code),
    "move_end": lambda s, m: review.move_lines(s.alice, m, [line(m, BUS).code], None),
    "up": lambda s, m: review.step_lines(s.alice, m, [line(m, FILES).code], False),
    "down": lambda s, m: review.step_lines(s.alice, m, [line(m, FILES).code], True),
    "conclusion": lambda s, m: review.set_conclusion(s.alice, m, [line(m, BUS).code], True),
    "add": lambda s, m: review.add_line(s.alice, m, line(m, BUS).code, Kind.CHALLENGE, "Une ligne de plus"),
}


@pytest.mark.parametrize("name", ACTS)
def test_each_gesture_changes_the_text_and_undo_puts_it_back(scene: Scene, name: str) -> None:
    minutes = scene.draft()
    before, characters = picture(minutes), all_characters(minutes)
    ACTS[name](scene, minutes)
    assert picture(minutes) != before
    if name not in ("edit", "add"):
        assert all_characters(minutes) == characters
    after = picture(minutes)
    undo_change(scene.alice, minutes)
    assert picture(minutes) == before
    redo_change(scene.alice, minutes)
    assert picture(minutes) == after
    undo_change(scene.alice, minutes)
    assert picture(minutes) == before


def test_another_change_forgets_what_was_taken_back(scene: Scene) -> None:
    minutes = scene.draft()
    ACTS["move"](scene, minutes)
    undo_change(scene.alice, minutes)
    ACTS["conclusion"](scene, minutes)
    with pytest.raises(RefusedInput, match="plus rien à rétablir"):
        redo_change(scene.alice, minutes)


def test_split_cuts_where_asked_and_sub_points_follow(scene: Scene) -> None:
    minutes = scene.draft()
    review.split_line(scene.alice, minutes, line(minutes, FILES).code, len("Les dossiers "))
    first, second = line(minutes, "Les dossiers"), line(minutes, "se font en ligne")
    assert (first.details, second.details) == ([], ["sans ordinateur", "sans aide"])
    assert (second.theme_id, second.kind) == (first.theme_id, first.kind)


@pytest.mark.parametrize("offset", [0, 500])
def test_split_at_an_end_is_refused(scene: Scene, offset: int) -> None:
    minutes = scene.draft()
    with pytest.raises(RefusedInput):
        review.split_line(scene.alice, minutes, line(minutes, BUS).code, offset)


def test_join_keeps_words_and_sub_points_in_order(scene: Scene) -> None:
    minutes = scene.draft()
    review.join_lines(scene.alice, minutes, [line(minutes, FILES).code, line(minutes, BUS).code])
    joined = line(minutes, f"{BUS} {FILES}")
    assert joined.details == ["sans ordinateur", "sans aide"]


def test_joining_the_last_line_alone_is_refused(scene: Scene) -> None:
    minutes = scene.draft()
    with pytest.raises(RefusedInput):
        review.join_lines(scene.alice, minutes, [items(minutes)[-1].code])


def test_added_line_has_no_source(scene: Scene) -> None:
    minutes = scene.draft()
    review.add_line(scene.alice, minutes, line(minutes, BUS).code, Kind.CHALLENGE, "Dit à l'oral")
    added = line(minutes, "Dit à l'oral")
    assert (added.source_id, added.source_line, added.theme_id) == (None, None, scene.jobs.pk)


def test_line_brought_back_takes_theme_and_kind_of_the_one_above(scene: Scene) -> None:
    minutes = scene.draft()
    heading = line(minutes, "Atouts")
    assert heading.place == LinePlace.ASIDE
    review.set_place(scene.alice, minutes, [heading.code], LinePlace.ITEM)
    heading.refresh_from_db()
    assert (heading.place, heading.theme_id, heading.kind) == ("item", scene.jobs.pk, "challenge")


def test_theme_of_another_consultation_is_refused(scene: Scene) -> None:
    minutes = scene.draft()
    other = type(scene.consultation).objects.create(
        slug="autre", title="Autre", territory=scene.consultation.territory, authority="Ailleurs"
    )
    theme = Theme.objects.create(consultation=other, name="Culture", slug="culture")
    with pytest.raises(RefusedInput):
        review.set_theme(scene.alice, minutes, [line(minutes, BUS).code], theme)


@pytest.mark.parametrize("codes", [[], ["inconnu"]])
def test_gesture_on_nothing_or_on_a_lost_line_is_refused(scene: Scene, codes: list[str]) -> None:
    minutes = scene.draft()
    before = picture(minutes)
    with pytest.raises(RefusedInput):
        review.check_lines(scene.alice, minutes, codes)
    assert picture(minutes) == before


@pytest.mark.parametrize("name", ["set_kind", "undo"])
def test_gesture_on_an_older_version_is_stale(scene: Scene, name: str) -> None:
    minutes = scene.draft()
    seen = minutes.version
    review.set_kind(scene.bob, minutes, [line(minutes, BUS).code], Kind.STRENGTH, seen)
    before = picture(minutes)
    late: dict[str, Callable[[], object]] = {
        "undo": lambda: undo_change(scene.alice, minutes, seen),
        "set_kind": lambda: review.set_kind(scene.alice, minutes, [line(minutes, BUS).code], Kind.PROPOSAL, seen),
    }
    with pytest.raises(Stale):
        late[name]()
    assert picture(minutes) == before


def test_gesture_is_refused_once_ready(scene: Scene) -> None:
    minutes = scene.ready(scene.draft())
    with pytest.raises(ForbiddenMove):
        review.set_kind(scene.alice, minutes, [line(minutes, BUS).code], Kind.PROPOSAL)


def test_undo_comes_back_without_a_theme_that_is_gone(scene: Scene) -> None:
    minutes = scene.draft("Emploi\nDéfis\n1. Le bus\n")
    (only,) = items(minutes)
    lost = Theme.objects.create(consultation=scene.consultation, name="Culture", slug="culture")
    review.set_theme(scene.alice, minutes, [only.code], lost)
    review.set_theme(scene.alice, minutes, [only.code], scene.health)
    lost.delete()
    undo_change(scene.alice, minutes)
    only.refresh_from_db()
    assert only.theme is None


def test_undo_with_nothing_to_undo_is_refused(scene: Scene) -> None:
    minutes = scene.draft()
    undo_change(scene.alice, minutes)
    with pytest.raises(RefusedInput):
        undo_change(scene.alice, minutes)


def test_change_of_one_line_keeps_only_what_changed(scene: Scene) -> None:
    minutes = scene.draft()
    code = line(minutes, BUS).code
    review.set_kind(scene.alice, minutes, [code], Kind.STRENGTH)
    change = minutes.changes.latest("id")
    assert change.before == {code: {"kind": "challenge", "checked": False}}


def cost(scene: Scene, minutes: Minutes, name: str, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int, int]:
    """What a gesture takes: queries, lines read, lines written."""
    read = []
    from_db = MinutesLine.from_db.__func__  # type: ignore[attr-defined]
    with monkeypatch.context() as patch, CaptureQueriesContext(connection) as captured:
        patch.setattr(MinutesLine, "from_db", classmethod(lambda *args: read.append(1) or from_db(*args)))  # type: ignore[func-returns-value]
        ACTS[name](scene, minutes)
    return len(captured), len(read), len(minutes.changes.latest("id").before)


@pytest.mark.parametrize("name", ACTS)
def test_a_gesture_costs_what_it_touches_however_long_the_report(
    scene: Scene, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = scene.draft()
    usual = cost(scene, short, name, monkeypatch)
    undo_change(scene.alice, short)
    more = "Santé / Sport\nDéfis\n" + "".join(f"{rank}. Le bus numéro {rank}\n" for rank in range(1, 900))
    long = scene.draft(more, "long.txt")
    assert cost(scene, long, name, monkeypatch) == usual


def test_lines_that_leave_no_room_spread_out_once(scene: Scene) -> None:
    minutes = scene.draft("Emploi\nDéfis\n" + "".join(f"{rank}. Le bus numéro {rank}\n" for rank in range(1, 200)))
    pack(minutes)
    above = codes_of(minutes)[10]
    pushed = []
    for rank in range(30):
        review.add_line(scene.alice, minutes, above, Kind.CHALLENGE, f"Une de plus, {rank}")
        pushed.append(len(minutes.changes.latest("id").before) - 1)
    assert pushed[0] > 100
    assert sum(pushed[1:]) < 100
    added = [row.text for row in minutes.lines.order_by("position", "id")[11:41]]
    assert added == [f"Une de plus, {rank}" for rank in reversed(range(30))]


GESTURES = st.lists(
    st.tuples(st.sampled_from(sorted({*ACTS} - {"edit", "add"})), st.integers(0, 30), st.integers(0, 30)),
    min_size=1,
    max_size=6,
)


def act(scene: Scene, minutes: Minutes, name: str, one: int, two: int) -> None:
    """The gesture `name` on lines drawn by their rank."""
    codes = list(minutes.lines.order_by("position", "id").values_list("code", flat=True))
    first, second = codes[one % len(codes)], codes[two % len(codes)]
    both = list(dict.fromkeys([first, second]))
    calls: dict[str, Callable[[], object]] = {
        "set_theme": lambda: review.set_theme(scene.alice, minutes, both, scene.health),
        "set_kind": lambda: review.set_kind(scene.alice, minutes, both, list(Kind)[two % 4]),
        "set_place": lambda: review.set_place(scene.alice, minutes, both, list(LinePlace)[two % 3]),
        "check": lambda: review.check_lines(scene.alice, minutes, both),
        "split": lambda: review.split_line(scene.alice, minutes, first, two),
        "join": lambda: review.join_lines(scene.alice, minutes, both),
        "join_next": lambda: review.join_lines(scene.alice, minutes, [first]),
        "nest": lambda: review.nest_lines(scene.alice, minutes, both),
        "lift": lambda: review.lift_details(scene.alice, minutes, first),
        "move": lambda: review.move_lines(scene.alice, minutes, [first], second),
        "move_end": lambda: review.move_lines(scene.alice, minutes, both, None),
        "up": lambda: review.step_lines(scene.alice, minutes, both, False),
        "down": lambda: review.step_lines(scene.alice, minutes, both, True),
        "conclusion": lambda: review.set_conclusion(scene.alice, minutes, both, bool(two % 2)),
    }
    calls[name]()


def codes_of(minutes: Minutes) -> list[str]:
    return list(minutes.lines.order_by("position", "id").values_list("code", flat=True))


def moved(codes: list[str], name: str, one: int, two: int) -> list[str]:
    """The order that a gesture gives to lines known by their codes, said with a plain list."""
    first, second = codes[one % len(codes)], codes[two % len(codes)]
    both = sorted({first, second}, key=codes.index)
    run = [first] if name == "move" else both
    rest = [code for code in codes if code not in run]
    ahead = codes.index(run[0])
    place = {"move": lambda: rest.index(second), "move_end": lambda: len(rest), "up": lambda: max(ahead - 1, 0),
             "down": lambda: min(ahead + 1, len(rest))}[name]()  # fmt: skip
    return rest[:place] + run + rest[place:]


def pack(minutes: Minutes) -> None:
    """Leave no room between the lines, as in texts of before."""
    lines = list(minutes.lines.order_by("position", "id"))
    for position, row in enumerate(lines, start=1):
        row.position = position
    MinutesLine.objects.bulk_update(lines, ["position"])


def _standing(minutes: Minutes) -> int:
    return minutes.changes.filter(after__isnull=True).count()


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(GESTURES, st.booleans())
def test_random_gestures_lose_nothing_and_undo_returns_to_the_start(
    scene: Scene, gestures: list[tuple[str, int, int]], packed: bool
) -> None:
    with transaction.atomic():
        minutes = scene.draft()
        if packed:
            pack(minutes)
        start, characters, done = picture(minutes), all_characters(minutes), _standing(minutes)
        for name, one, two in gestures:
            before = codes_of(minutes)
            try:
                act(scene, minutes, name, one, two)
            except ParvisError:
                continue
            assert all_characters(minutes) == characters
            if name in ("move", "move_end", "up", "down"):
                assert codes_of(minutes) == moved(before, name, one, two)
            positions = set(minutes.lines.values_list("position", flat=True))
            assert len(positions) == minutes.lines.count()
        end = picture(minutes)
        while _standing(minutes) > done:
            undo_change(scene.alice, minutes)
        assert picture(minutes) == start
        while minutes.changes.filter(after__isnull=False).exists():
            redo_change(scene.alice, minutes)
        assert picture(minutes) == end
        transaction.set_rollback(True)
