"""Many asks, one after another from a few clients: does the memory of the service stay flat?

  python tests/benchmarks/soak.py [--asks 50000] [--clients 4]

Against a real `selon serve` over the sample articles. Prints the resident memory as it
goes; the first tenth warms the caches, and the rest should not grow by more than a tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import httpx

sys.path.append(str(Path(__file__).parent.parent))
from conftest import ROOT, SEEDS, Service

NAMES = ("Kiev", "Moscou", "Pyongyang", "Washington", "Séoul", "Kim Jong-un", "Zelensky", "Poutine")
FORMS = (
    "Que dit {name} ?",
    "Combien de soldats selon {name} ?",
    "Qui dément ce que dit {name} ?",
    "where is {name}?",
    "why did {name} act, number {number}?",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--asks", type=int, default=50_000)
    parser.add_argument("--clients", type=int, default=4)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        store = Path(place, "store")
        build = [sys.executable, "-m", "qa.cli", "build", str(SEEDS), "--store", str(store)]
        subprocess.run(build, cwd=ROOT, check=True)
        service = Service(store, "--ask-rate", "off")
        try:
            started = time.perf_counter()
            sizes = asyncio.run(soak(service, given.asks, given.clients))
            taken = time.perf_counter() - started
        finally:
            service.stop()
    grown = sizes[-1] / sizes[1] - 1
    print(f"{given.asks} asks in {taken:.0f} s; {grown:+.1%} after the first tenth")
    sys.exit(grown > 0.1)


async def soak(service: Service, asks: int, clients: int) -> list[float]:
    """The resident memory in MB: before, and after each tenth of the asks."""
    sizes = [resident(service.pid)]
    async with httpx.AsyncClient(base_url=service.url, timeout=300) as client:
        for tenth in range(10):
            numbers = iter(range(tenth * asks // 10, (tenth + 1) * asks // 10))

            async def ask(numbers: object = numbers) -> None:
                for number in numbers:  # type: ignore[attr-defined]
                    form, name = FORMS[number % len(FORMS)], NAMES[number % len(NAMES)]
                    answer = await client.get("/ask", params={"q": form.format(name=name, number=number)})
                    answer.raise_for_status()

            await asyncio.gather(*(ask() for _ in range(clients)))
            sizes.append(resident(service.pid))
            print(f"{(tenth + 1) * asks // 10:7} asks  {sizes[-1]:7.1f} MB", flush=True)
    return sizes


def resident(pid: int) -> float:
    """The resident memory of a process, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
