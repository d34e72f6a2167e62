"""What the service counts, in the format of Prometheus; every service has a registry of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.registry import Collector

from index.storage.manifest import Manifest
from qa.types import Answer

if TYPE_CHECKING:
    from qa.http.jobs import Job

MEDIA = CONTENT_TYPE_LATEST
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """Counts of one service. `manifest` gives the version in use when the counts are read."""

    def __init__(self, manifest: Callable[[], Manifest]) -> None:
        self._registry = every = CollectorRegistry()
        every.register(_Index(manifest))
        self._asks = Counter("selon_asks", "Questions answered or refused.", registry=every)
        self._refusals = Counter("selon_refusals", "Questions without an answer.", ["reason"], registry=every)
        self._seconds = Histogram("selon_ask_seconds", "Time to an answer.", buckets=_SECONDS, registry=every)
        self._rebuilds = Counter("selon_rebuilds", "Rebuilds that ended.", ["outcome"], registry=every)
        self._requests = Counter(
            "selon_requests", "Requests by route and status.", ["method", "route", "status"], registry=every
        )

    def asked(self, answer: Answer) -> None:
        """Count an answer."""
        self._asks.inc()
        self._seconds.observe(answer.took_ms / 1000)
        if answer.reason:
            self._refusals.labels(answer.reason.value).inc()

    def rebuilt(self, job: Job) -> None:
        """Count a rebuild that is over."""
        outcome = "failed" if job.error else "published" if job.published else "unchanged"
        self._rebuilds.labels(outcome).inc()

    def requested(self, method: str, route: str, status: int) -> None:
        """Count a request."""
        self._requests.labels(method, route, str(status)).inc()

    def written(self) -> bytes:
        """All counts, as `GET /metrics` gives them."""
        return generate_latest(self._registry)


class _Index(Collector):
    """Read from the version in use at the moment of asking, so that nothing can be out of date."""

    def __init__(self, manifest: Callable[[], Manifest]) -> None:
        self._manifest = manifest

    def collect(self) -> Iterator[Metric]:
        manifest = self._manifest()
        named = {"version": manifest.version, "model": manifest.model.name, "built": manifest.built}
        yield InfoMetricFamily("selon_index", "The version in use.", value=named)
        for name in ("documents", "passages"):
            counted = getattr(manifest, name)
            yield GaugeMetricFamily(f"selon_{name}", f"How many {name} the version holds.", value=counted)

    def describe(self) -> list[Metric]:
        return []
