"""A page kept whole never outlives what it was made of: not its rows, not the day, not the visitor it is for."""

from __future__ import annotations

import datetime
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from parvis.consultations.models import Contribution
from parvis.core import clock
from parvis.core.access import RuleNotCalled, access, rule
from parvis.core.public_version import UnwatchedTable, public_version
from parvis.meetings.models import Meeting
from parvis.meetings.operations.moderate_meeting import hide_meeting, restore_meeting
from parvis.people.models import Organisation
from parvis.publishing.enums import FlagReason
from parvis.publishing.operations.hide_contribution import hide_contribution
from parvis.web.public.http import SHARED
from parvis.web.public.kept_pages import Answer, Answers, KeptPagesMiddleware, Validity, answers, kept
from parvis.web.public.urls import urlpatterns
from tests.meetings.scene import Scene, make_scene
from tests.web.public.square import EXTENSIONS, everywhere

LIST = "/rencontres/"
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def scene(db: None) -> Scene:
    made = make_scene()
    made.published()
    return made


def asked(path: str, client: Client | None = None, **headers: str) -> tuple[Any, int]:
    """The answer, and how many queries it took: one when it was kept."""
    with CaptureQueriesContext(connection) as captured:
        response = (client or Client()).get(path, headers=headers)
    return response, len(captured)


def is_kept(path: str, client: Client | None = None, **headers: str) -> bool:
    return asked(path, client, **headers)[1] <= 1


def test_the_second_visitor_gets_the_same_bytes_for_one_query(scene: Scene) -> None:
    first, _ = asked(LIST)
    second, queries = asked(LIST)
    assert (queries, second.status_code, second.content) == (1, 200, first.content)
    assert dict(second.items()) == dict(first.items())


def test_what_is_hidden_is_gone_at_the_next_request_and_comes_back(scene: Scene) -> None:
    before = asked(LIST)[0].content
    hide_meeting(scene.chloe, scene.meeting, reason=FlagReason.OTHER)
    assert scene.meeting.title not in asked(LIST)[0].content.decode()
    scene.meeting.refresh_from_db()
    restore_meeting(scene.chloe, scene.meeting)
    assert asked(LIST)[0].content == before


def test_everything_anyone_can_open_is_made_of_watched_rows(scene: Scene) -> None:
    """A page that reads what nobody watches raises; those that are not kept are known."""
    everywhere(scene.meeting, "mardi")
    left_out = {route.name for route in urlpatterns if not hasattr(route.callback, "is_kept")}
    assert left_out == {"results_file", "flag", "flag_state", "health", "robots", "favicon"}


@pytest.mark.parametrize("extension", EXTENSIONS)
def test_the_files_of_a_report_are_kept_and_forgotten_alike(scene: Scene, extension: str) -> None:
    path = f"/rencontres/{scene.meeting.code}/compte-rendu.{extension}"
    before = asked(path)[0].content
    assert (is_kept(path), asked(path)[0].content) == (True, before)
    hide_contribution(scene.chloe, Contribution.objects.first(), reason=FlagReason.OTHER)
    assert asked(path)[0].content != before


def test_a_visitor_with_a_session_gets_no_kept_page_and_gives_none(scene: Scene) -> None:
    agent = Client()
    agent.force_login(scene.alice)
    answers.forget()
    assert asked(LIST, agent)[0]["Cache-Control"] == "private, no-store"
    assert not is_kept(LIST), "hers is not anyone's"
    answer, queries = asked(LIST, agent)
    assert (answer["Cache-Control"], queries > 1) == ("private, no-store", True)


def test_a_request_for_a_part_of_a_page_gets_no_kept_page_and_gives_none(scene: Scene) -> None:
    answers.forget()
    asked(LIST, **{"HX-Request": "true"})
    assert not is_kept(LIST)
    assert not is_kept(LIST, **{"HX-Request": "true"})


def test_another_site_another_query_are_other_pages(scene: Scene) -> None:
    asked(LIST + "?quand=passees&q=a")
    assert is_kept(LIST + "?q=a&quand=passees"), "the same, in another order"
    assert not is_kept(LIST + "?q=b&quand=passees")
    assert not is_kept(LIST + "?q=a&q=b&quand=passees")
    assert asked(LIST + "?q=b&q=a&quand=passees")[0].content != asked(LIST + "?q=a&q=b&quand=passees")[0].content
    asked(LIST)
    assert Client(HTTP_HOST="ailleurs.example").get(LIST).status_code == 400


def test_a_page_ends_when_a_meeting_begins_and_when_an_embargo_does(scene: Scene) -> None:
    now = clock.now()
    scene.other_meeting(title="Bientôt", starts_at=now + HOUR, ends_at=now + 3 * HOUR)
    scene.other_meeting(title="Sous embargo", embargo_until=now + 2 * HOUR)
    seen = []
    for moment in (now, now + HOUR / 2, now + 1.5 * HOUR, now + 2 * HOUR, now + HOUR / 2):
        with clock.at(moment):
            html = asked("/")[0].content.decode()
            seen.append((html.count("À venir"), "Sous embargo" in asked(LIST)[0].content.decode()))
    assert seen[0] == seen[1] == seen[4] == (seen[0][0], False), "going back in time too"
    assert (seen[2][0] < seen[0][0], seen[2][1], seen[3][1]) == (True, False, True)


def test_a_page_that_a_browser_holds_is_not_sent_again(scene: Scene) -> None:
    tag = asked(LIST)[0]["ETag"]
    assert tag.startswith('W/"'), "weak: proxies compress"
    for _ in range(2):
        answer, queries = asked(LIST, **{"If-None-Match": tag})
        assert (answer.status_code, answer.content, answer["ETag"], queries) == (304, b"", tag, 1)
    answers.forget()
    assert asked(LIST, **{"If-None-Match": tag})[0].status_code == 304, "made again, it is the same"
    assert not is_kept(LIST), "an empty answer is no page"
    scene.other_meeting(title="Nouvelle")
    assert asked(LIST, **{"If-None-Match": tag})[0].status_code == 200


def test_a_head_has_the_headers_of_the_page_and_no_body(scene: Scene) -> None:
    whole = Client().get(LIST)
    for _ in range(2):
        head = Client().head(LIST)
        assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
        assert head["Content-Length"] == str(len(whole.content))
        answers.forget()
    Client().head(LIST)
    assert not is_kept(LIST), "a HEAD gives no page"


def test_answers_of_another_version_leave_and_the_least_used_first() -> None:
    def answer(version: str, size: int) -> Answer:
        now = clock.now()
        return Answer(Validity(version, now - HOUR, now + HOUR), {}, b"x" * size)

    small = Answers(most_bytes=1_000)
    keys: list[Any] = [("", str(rank), ()) for rank in range(12)]
    small.keep(keys[0], answer("v1", 126))
    assert keys[0] not in small, "one answer takes an eighth at most"
    for key in keys[:8]:
        small.keep(key, answer("v1", 125))
    assert small.find(keys[0], "v1", clock.now()) is not None
    small.keep(keys[8], answer("v1", 125))
    assert [key in small for key in keys[:9]] == [True, False] + [True] * 7
    assert small.find(keys[0], "v2", clock.now()) is None
    small.keep(keys[9], answer("v2", 1))
    assert [key for key in keys if key in small] == [keys[9]]


@rule
def nobody_calls() -> None: ...


def through(view: Callable[[HttpRequest], HttpResponseBase], path: str = "/essai/") -> HttpResponseBase:
    return KeptPagesMiddleware(kept(view))(RequestFactory().get(path))


@pytest.mark.django_db
def test_an_answer_that_forgot_its_rule_is_never_kept() -> None:
    make_scene()
    view = access(nobody_calls)(lambda request: HttpResponse("oui", headers={"Cache-Control": SHARED}))
    for _ in range(2):
        with pytest.raises(RuleNotCalled):
            through(view)


@pytest.mark.django_db
def test_an_answer_made_of_what_nobody_watches_is_refused() -> None:
    make_scene()
    with pytest.raises(UnwatchedTable, match="people_organisation"):
        through(lambda request: HttpResponse(str(Organisation.objects.count()), headers={"Cache-Control": SHARED}))


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["status", "cache", "cookie"])
def test_only_a_whole_answer_that_is_everyones_is_kept(fault: str) -> None:
    make_scene()
    made: list[HttpResponse] = []

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse("oui", headers={"Cache-Control": "no-store" if fault == "cache" else SHARED})
        response.status_code = 410 if fault == "status" else 200
        if fault == "cookie":
            response.set_cookie("a", "b")
        made.append(response)
        return response

    through(view)
    through(view)
    assert len(made) == 2


@pytest.mark.django_db
def test_rows_read_before_a_version_are_never_kept_under_it() -> None:
    """Someone hides while a page is being made: what was read before is not what the next version tells."""
    scene = make_scene()

    def view(request: HttpRequest) -> HttpResponse:
        shown = ",".join(Meeting.objects.filter(hidden_at=None).order_by("id").values_list("title", flat=True))
        if len(made) == 0:
            Meeting.objects.filter(pk=scene.meeting.pk).update(hidden_at=clock.now())
        made.append(shown)
        return HttpResponse(shown, headers={"Cache-Control": SHARED})

    made: list[str] = []
    assert scene.meeting.title in through(view).content.decode()  # type: ignore[attr-defined]
    assert scene.meeting.title not in through(view).content.decode()  # type: ignore[attr-defined]


HIDE = """
import sys, django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from parvis.meetings.models import Meeting
from parvis.people.models import User
from parvis.meetings.operations.moderate_meeting import hide_meeting
hide_meeting(User.objects.get(email=sys.argv[2]), Meeting.objects.get(code=sys.argv[3]), reason="other")
"""


@pytest.mark.django_db(transaction=True)
def test_what_another_process_hides_is_gone_at_the_next_request(on_a_file: None) -> None:
    scene = make_scene()
    title = scene.meeting.title
    assert title in asked(LIST)[0].content.decode()
    assert is_kept(LIST)
    name = str(connection.settings_dict["NAME"])
    command = [sys.executable, "-W", "ignore", "-c", HIDE, name, scene.chloe.email, scene.meeting.code]
    subprocess.run(command, check=True)
    assert title not in asked(LIST)[0].content.decode()
    assert is_kept(LIST)


@contextmanager
def hiding(meeting: Meeting) -> Iterator[Callable[[], None]]:
    """Another connection has hidden it, and waits to be told to commit."""
    written, finish = threading.Event(), threading.Event()

    def hide() -> None:
        try:
            with transaction.atomic():
                Meeting.objects.filter(pk=meeting.pk).update(hidden_at=clock.now())
                written.set()
                finish.wait(30)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(hide)
        assert written.wait(30)

        def commit() -> None:
            finish.set()
            done.result(30)

        yield commit


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_neither_shows_nor_waits(on_a_file: None) -> None:
    """Another connection hides and has not finished: the page stands, is kept, and falls at the commit."""
    scene = make_scene()
    title = scene.meeting.title
    assert title in asked(LIST)[0].content.decode()
    seen: list[bool] = []
    with hiding(scene.meeting) as commit:
        seen.append(title in asked(LIST)[0].content.decode())
        commit()
    assert (seen, title in asked(LIST)[0].content.decode()) == ([True], False)


@pytest.mark.django_db(transaction=True)
def test_who_writes_does_not_wait_for_another_who_has_not_finished() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one transaction at a time by nature")
    scene = make_scene()
    other = scene.other_meeting(title="Une autre")
    seen = [public_version()]
    with hiding(scene.meeting) as commit:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            other.save()
        seen.append(public_version())
        commit()
    seen.append(public_version())
    assert len(set(seen)) == 3, "each commit moves it"
