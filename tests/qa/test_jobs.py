"""One rebuild at a time, each with a record that is true at every moment."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from encoders import TrigramEncoder
from newsroom import TEXTS, write

from index.build import BuildReport, build
from index.errors import StoreBusy
from index.storage.fill import Reporter
from qa.http.events import events
from qa.http.jobs import Job, Jobs, State, Stopped


class Works:
    """A build that waits at each step until it is let go on."""

    def __init__(self, report: BuildReport) -> None:
        self.report = report
        self.runs = 0
        self.may, self.came = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self, reporter: Reporter) -> BuildReport:
        self.runs += 1
        steps: list[Callable[[], None]] = [
            lambda: reporter.read(3),
            lambda: reporter.start(10),
            lambda: reporter.advance(4),
            lambda: reporter.advance(6),
            lambda: reporter.publish(),
        ]
        for step in steps:
            self._wait()
            step()
        self._wait()
        return self.report

    def _wait(self) -> None:
        self.came.release()
        assert self.may.acquire(timeout=30)

    def step(self) -> None:
        """Let it take its next step; returns when that is taken."""
        self.may.release()
        assert self.came.acquire(timeout=30)

    def finish(self) -> None:
        for _ in range(10):
            self.may.release()


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    place = tmp_path_factory.mktemp("jobs")
    return build(place / "store", [write(place / "news", TEXTS)], TrigramEncoder())


@pytest.fixture
def works(report: BuildReport) -> Works:
    return Works(report)


def ended(jobs: Jobs, number: int) -> Job:
    """The job, once it is over."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        job = jobs.latest()
        if job is not None and job.number >= number and job.over:
            return job
        time.sleep(0.005)
    raise AssertionError("the job did not end")


def test_the_record_tells_each_step(works: Works, report: BuildReport) -> None:
    """Reading, encoding with what is done and left, publishing, done with its version."""
    told: list[Job] = []
    jobs = Jobs(works, told.append)
    assert jobs.latest() is None
    first = jobs.request()
    assert (first.state, first.started) == (State.WAITING, None)
    assert works.came.acquire(timeout=30)
    seen = [jobs.latest()]
    for _ in range(5):
        works.step()
        seen.append(jobs.latest())
    assert [
        (job.state, job.documents_read, job.passages_encoded, job.passages_total) for job in seen if job
    ] == [
        (State.READING, 0, 0, None),
        (State.READING, 3, 0, None),
        (State.ENCODING, 3, 0, 10),
        (State.ENCODING, 3, 4, 10),
        (State.ENCODING, 3, 10, 10),
        (State.PUBLISHING, 3, 10, 10),
    ]
    assert seen[3] is not None
    assert seen[3].seconds_left is not None
    assert seen[4] is not None
    assert seen[4].seconds_left == 0
    works.finish()
    last = ended(jobs, first.number)
    assert (last.state, last.published, last.version) == (State.DONE, True, report.manifest.version)
    assert last.started
    assert last.ended
    jobs.close()
    assert told == [last]


def test_requests_join_the_job_that_waits(works: Works) -> None:
    """A running job may have read already, so a request during it is a new job; the next joins that."""
    jobs = Jobs(works)
    first = jobs.request()
    assert works.came.acquire(timeout=30)
    second, third = jobs.request(), jobs.request()
    assert first.number < second.number == third.number
    running = jobs.latest()
    assert running is not None
    assert running.number == first.number
    works.finish()
    works.finish()
    assert ended(jobs, second.number).state is State.DONE
    assert works.runs == 2
    jobs.close()


def ended_after(works: Works, steps: int) -> Job:
    """The job of a service that ends when it has come so far."""
    jobs = Jobs(works)
    jobs.request()
    assert works.came.acquire(timeout=30)
    for _ in range(steps):
        works.step()
    jobs.stop()
    works.finish()
    jobs.close()
    last = jobs.latest()
    assert last is not None
    return last


@pytest.mark.parametrize("steps", [0, 2, 3, 4])
def test_ending_gives_up_what_is_not_published(works: Works, steps: int) -> None:
    """Before publication the job is stopped; nobody waits for it."""
    last = ended_after(works, steps)
    assert last.error is not None
    assert (last.state, last.error.code) == (State.FAILED, "stopped")
    assert last.seconds_left is None


def test_ending_finishes_a_publication(works: Works) -> None:
    """What has begun to publish is published."""
    assert ended_after(works, 5).state is State.DONE


def test_what_befalls_a_job_does_not_end_the_worker(report: BuildReport) -> None:
    """An error is the job's, in the one shape; the next job runs."""
    answers: list[BaseException | BuildReport] = [ZeroDivisionError("x"), Stopped(), report]

    def works(_: Reporter) -> BuildReport:
        answer = answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer

    jobs = Jobs(works)
    codes = []
    for number in (1, 2, 3):
        assert jobs.request().number == number
        job = ended(jobs, number)
        codes.append(job.error.code if job.error else None)
    assert codes == ["internal", "stopped", None]
    jobs.close()


def test_who_cannot_hear_of_a_job_does_not_end_the_worker(report: BuildReport) -> None:
    """What fails behind a job's end fails nothing after it; the next job runs."""

    def deaf(_: Job) -> None:
        raise OSError("nobody listens")

    jobs = Jobs(lambda _: report, deaf)
    for number in (1, 2):
        assert jobs.request().number == number
        assert ended(jobs, number).state is State.DONE
    jobs.close()


def test_a_store_that_another_process_writes_is_waited_for(report: BuildReport) -> None:
    """A busy store is tried again, and given up in the end."""
    tries = []

    def works(_: Reporter) -> BuildReport:
        tries.append(1)
        if len(tries) < 3:
            raise StoreBusy("busy")
        return report

    jobs = Jobs(works)
    assert ended(jobs, jobs.request().number).state is State.DONE
    jobs.close()

    def never(_: Reporter) -> BuildReport:
        raise StoreBusy("busy")

    jobs = Jobs(never)
    error = ended(jobs, jobs.request().number).error
    assert error is not None
    assert error.code == "store_busy"
    jobs.close()


def test_a_stopped_build_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    """Stopping at any word to the reporter publishes nothing, and the next build succeeds."""
    store, news = tmp_path / "store", write(tmp_path / "news", TEXTS)

    class Stopping:
        def __init__(self, at: int) -> None:
            self.left = at

        def word(self, _: int = 0) -> None:
            if not self.left:
                raise Stopped
            self.left -= 1

        read = start = advance = publish = word

    before = build(store, [news], TrigramEncoder()).manifest.version
    write(news, {**TEXTS, "duna.txt": "Duna attend\n\nLes 50 soldats de Duna attendent la pluie."})
    for at in range(20):
        try:
            report = build(store, [], TrigramEncoder(), Stopping(at))
        except Stopped:
            continue
        assert (report.published, report.encoded) == (True, 2)
        assert report.manifest.version > before
        assert at >= 6
        break
    else:
        raise AssertionError("it never went through")


def test_events_beat_while_nothing_changes(works: Works) -> None:
    """A comment line after silence; the stream ends when the service does, with the job still running."""
    jobs = Jobs(works)
    jobs.request()
    assert works.came.acquire(timeout=30)

    async def listen() -> list[str]:
        heard: list[str] = []
        async for event in events(jobs, every=0.001, heartbeat=0.01):
            heard.append(event)
            if len(heard) == 4:
                jobs.stop()
        return heard

    heard = asyncio.run(listen())
    assert json.loads(heard[0].split("data: ")[1])["state"] == "reading"
    assert set(heard[1:4]) == {": still here\n\n"}
    works.finish()
    jobs.close()
