"""A rebuild's progress as server-sent events."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator

from qa.http.jobs import Jobs
from qa.http.wire import job_json

_EVERY = 0.2  # seconds between two looks
_HEARTBEAT = 15.0  # seconds of silence that proxies bear


async def events(jobs: Jobs, every: float = _EVERY, heartbeat: float = _HEARTBEAT) -> AsyncIterator[str]:
    """An event for each change that a look finds, until no job runs or waits.

    Also ends when the service does, so that it need not wait for its listeners.
    """
    told, last = None, time.monotonic()
    while True:
        busy = jobs.busy
        job = jobs.latest()
        if job is not told and job is not None:
            told, last = job, time.monotonic()
            yield f"event: job\ndata: {json.dumps(job_json(job))}\n\n"
        elif time.monotonic() - last >= heartbeat:
            last = time.monotonic()
            yield ": still here\n\n"
        if not busy:
            return
        await asyncio.sleep(every)
