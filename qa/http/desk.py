"""The writing half of a service: takes documents in, leaves some out, and has the index rebuilt."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from index.build import BuildReport, build
from index.encode import Encoder
from index.sources import inbox
from index.sources.names import Place
from index.storage.fill import Reporter
from index.store import existing_root
from index.watch import changes
from qa.http.arrivals import Fate, Sent, take
from qa.http.jobs import Job, Jobs
from qa.http.reader import Reader

_log = logging.getLogger(__name__)


class Desk:
    """What a service needs to change the store that it answers from.

    Everything that is sent is kept at once; the next job makes it part of the index.
    """

    def __init__(
        self,
        store: Path,
        encoder: Encoder,
        reader: Reader,
        keep: int,
        watched: Path | None = None,
        ended: Callable[[Job], None] = lambda job: None,
    ) -> None:
        self._store = store
        self._encoder = encoder
        self._reader = reader
        self._keep = keep
        self._watched = watched
        self._ended = ended
        self._stopping = threading.Event()
        self._watcher: threading.Thread | None = None
        self.jobs = Jobs(self._build, self._told)

    def start(self) -> None:
        """Take up what waits, and follow the watched folder."""
        if self._watched is not None:
            self._watcher = threading.Thread(target=self._watch, args=(self._watched,), name="watch")
            self._watcher.start()
        # A build that ended well may have begun before the last document came in.
        if not inbox.is_seen(self._store):
            self.jobs.request()

    def stop(self) -> None:
        """Begin to end: no new work, and listeners are let go."""
        self._stopping.set()
        self.jobs.stop()

    def close(self) -> None:
        """End: a publication under way is finished first."""
        self.stop()
        self.jobs.close()
        if self._watcher is not None:
            self._watcher.join()

    def take(self, files: Iterable[Sent]) -> tuple[list[Fate], Job | None]:
        """Read files and keep their documents; the job is None where none could be taken."""
        fates = take(self._store, files, self._elsewhere)
        taken = any(fate.documents for fate in fates)
        return fates, self.jobs.request() if taken else None

    def remove(self, doc_id: str) -> Job:
        """Leave a document out of the versions to come; raises UnknownDocument."""
        place = inbox.place_of(self._store, doc_id, self._reader.snapshot().corpus)
        inbox.remove(self._store, doc_id, place)
        return self.jobs.request()

    def restore(self, doc_id: str) -> Job:
        """Let a removed document come back; raises UnknownDocument."""
        inbox.restore(self._store, doc_id)
        return self.jobs.request()

    def _build(self, reporter: Reporter) -> BuildReport:
        # A store that has vanished (a volume that is not mounted) is not begun anew: the version
        # in memory answers until it is back.
        existing_root(self._store)
        watched = [self._watched] if self._watched is not None and self._watched.exists() else []
        return build(self._store, watched, self._encoder, reporter, self._keep, everything=True)

    def _told(self, job: Job) -> None:
        for skip in job.skipped:
            _log.warning("skipped: %s", skip.error)
        if job.error:
            _log.warning("rebuild %d failed: %s", job.number, job.error)
        self._ended(job)

    def _watch(self, folder: Path) -> None:
        for _ in changes(folder, self._stopping, besides=self._store):
            self.jobs.request()

    def _elsewhere(self, doc_id: str, place: Place) -> bool:
        """Whether another document has this id, be it removed: sending does not bring that one back."""
        corpus = self._reader.snapshot().corpus
        if doc_id in corpus:
            return corpus.place_of(doc_id) != place
        return inbox.found_removed(self._store)[0].get(doc_id, place.key) != place.key
