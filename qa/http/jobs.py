"""Rebuilding behind a running service: one job at a time, each with a record of how it goes.

A record is frozen and replaced at every change, so a reader on any thread sees one moment
of it. Asking goes on meanwhile; the service follows when the job has published.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from index.build import BuildReport
from index.errors import SelonError, StoreBusy, StoreError
from index.read import Skipped
from index.storage.fill import Reporter

_log = logging.getLogger(__name__)
# A store that another process writes is tried again so often; each try waits ten seconds.
_TRIES = 6


class State(StrEnum):
    WAITING = "waiting"
    READING = "reading"
    ENCODING = "encoding"
    PUBLISHING = "publishing"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One rebuild. Times are ISO 8601; `passages_total` and `seconds_left` are None until known."""

    number: int
    state: State = State.WAITING
    documents_read: int = 0
    passages_encoded: int = 0
    passages_total: int | None = None
    seconds_left: float | None = None
    started: str | None = None
    ended: str | None = None
    published: bool = False
    version: str | None = None
    skipped: tuple[Skipped, ...] = ()
    error: SelonError | None = None

    @property
    def over(self) -> bool:
        return self.state in (State.DONE, State.FAILED)


class Stopped(Exception):
    """The service is ending: the build is given up before it publishes."""


class Jobs:
    """The one worker and its queue of at most one waiting job.

    `build` does the work; it is told whom to report to. `ended` hears of each job that is over.
    """

    def __init__(
        self, build: Callable[[Reporter], BuildReport], ended: Callable[[Job], None] = lambda job: None
    ) -> None:
        self._build = build
        self._ended = ended
        self._change = threading.Condition()
        self._closing = False
        self._thread: threading.Thread | None = None
        self._waiting: Job | None = None
        self._latest: Job | None = None
        self._number = 0

    def request(self) -> Job:
        """A job that will see all that was written before this call: the waiting one, or a new one."""
        with self._change:
            if self._waiting is None:
                self._number += 1
                self._waiting = Job(self._number)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="rebuild", daemon=True)
                self._thread.start()
            self._change.notify_all()
            return self._waiting

    def latest(self) -> Job | None:
        """The running job; where none runs, the waiting one, else the last; None before the first."""
        with self._change:
            running = self._latest is not None and not self._latest.over
            return self._latest if running or self._waiting is None else self._waiting

    @property
    def busy(self) -> bool:
        """Whether a job runs or waits, and the service is not ending."""
        job = self.latest()
        return job is not None and not job.over and not self._closing

    def stop(self) -> None:
        """Give up what has not begun to publish; a publication under way is finished."""
        with self._change:
            self._closing = True
            self._change.notify_all()

    def close(self) -> None:
        """Stop, and wait until the worker has ended."""
        self.stop()
        if self._thread is not None:
            self._thread.join()

    def check(self) -> None:
        """Raises Stopped once the service is ending."""
        if self._closing:
            raise Stopped

    def update(self, **fields: Any) -> None:
        """Replace the running job's record."""
        with self._change:
            assert self._latest is not None
            self._latest = replace(self._latest, **fields)

    def _work(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._waiting is not None or self._closing)
                if self._closing or self._waiting is None:
                    return
                self._latest = replace(self._waiting, state=State.READING, started=_now())
                self._waiting = None
            self._run()
            try:
                self._ended(self._latest)
            except Exception:  # noqa: BLE001 - nor by what befalls its hearers
                _log.exception("What came of a rebuild could not be told.")

    def _run(self) -> None:
        try:
            report = self._patiently()
        except Stopped:
            stopped = StoreError("The rebuild was stopped.", "Start it again: POST /rebuild", code="stopped")
            self._end(State.FAILED, error=stopped)
        except SelonError as error:
            self._end(State.FAILED, error=error)
        except Exception as error:  # noqa: BLE001 - the worker outlives whatever befalls one job
            _log.exception("A rebuild failed.")
            told = StoreError(
                f"Something unforeseen went wrong ({type(error).__name__}).",
                "The version before is still in use.",
                code="internal",
            )
            self._end(State.FAILED, error=told)
        else:
            self._end(
                State.DONE,
                published=report.published,
                version=report.manifest.version,
                skipped=report.skipped,
            )

    def _end(self, state: State, **fields: Any) -> None:
        self.update(state=state, ended=_now(), seconds_left=None, **fields)

    def _patiently(self) -> BuildReport:
        for _ in range(_TRIES - 1):
            try:
                return self._build(_Progress(self))
            except StoreBusy:
                self.check()
        return self._build(_Progress(self))


class _Progress:
    """Keeps the record of the running job."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._total = self._done = 0
        self._began = 0.0

    def read(self, documents: int) -> None:
        self._jobs.check()
        self._jobs.update(documents_read=documents)

    def start(self, total: int) -> None:
        self._jobs.check()
        self._total, self._began = total, time.monotonic()
        self._jobs.update(state=State.ENCODING, passages_total=total)

    def advance(self, done: int) -> None:
        self._jobs.check()
        self._done += done
        rate = self._done / max(time.monotonic() - self._began, 1e-6)
        left = round(max(0, self._total - self._done) / rate, 1)
        self._jobs.update(passages_encoded=self._done, seconds_left=left)

    def publish(self) -> None:
        self._jobs.check()
        self._jobs.update(state=State.PUBLISHING, seconds_left=None)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
