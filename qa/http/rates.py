"""How often one address may ask and write. Counted in this process, by the `limits` library."""

from __future__ import annotations

import math
import time

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from index.errors import TooMany


class Rate:
    """At most so many in each window of time, like « 60/minute »; « off » lets all pass."""

    def __init__(self, rate: str) -> None:
        self._item = None if rate == "off" else parse(rate)
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def check(self, address: str) -> None:
        """Count one from `address`; raises TooMany where that is one too many."""
        if self._item is None or self._limiter.hit(self._item, address):
            return
        reset = self._limiter.get_window_stats(self._item, address).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        raise TooMany(f"That is more than {self._item} from one address.", f"Wait {seconds} s.", seconds)
