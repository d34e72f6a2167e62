"""Many ask at once while documents arrive and the index is rebuilt behind the service.

  python tests/benchmarks/load.py [--askers 200] [--seconds 30]

Over loopback, against a real `selon serve` with the shipped model. Every answer must name
a version that existed, and all answers of one version to one question must be the same to
the byte. Prints how many were asked, by how many rebuilds, and the times to an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

sys.path.append(str(Path(__file__).parent.parent))
from conftest import SEEDS, Service

KEY = "a-key-for-writing"
QUESTIONS = (
    "Combien de soldats ont été tués ?",
    "Combien de soldats à Bruma ?",
    "Qui dément ?",
    "how many soldiers at Alba?",
    "Que dit le relevé de Cardo ?",
)
STATIONS = ("Alba", "Bruma", "Cardo")


@dataclass(slots=True)
class Report:
    """What happened: seconds of each answer, what was told by (version, question), and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    told: dict[tuple[str, str], str] = field(default_factory=dict)
    versions: set[str] = field(default_factory=set)
    wrongs: list[str] = field(default_factory=list)
    rebuilds: int = 0

    def quantile(self, share: float) -> float:
        """The seconds within which this share of the answers came."""
        return sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    def take(self, question: str, answer: dict[str, Any]) -> None:
        """Count an answer; another one to the same question by the same version is a wrong."""
        version = answer["index"]["version"]
        same = json.dumps({**answer, "took_ms": 0}, sort_keys=True)
        if self.told.setdefault((version, question), same) != same:
            self.wrongs.append(f"two answers of version {version} to {question!r}")


async def load(service: Service, askers: int, seconds: float) -> Report:
    """Ask from so many clients for so long, while the articles of three stations change on and on."""
    report = Report(versions={service.get("/ready")["index"]["version"]})  # type: ignore[index]
    until = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=askers + 8)
    async with httpx.AsyncClient(base_url=service.url, limits=limits, timeout=300) as client:
        await asyncio.gather(
            *(_ask(client, report, until, number) for number in range(askers)), _write(client, report, until)
        )
    unknown = {version for version, _ in report.told} - report.versions
    report.wrongs += [f"version {version} never existed" for version in unknown]
    return report


async def _ask(client: httpx.AsyncClient, report: Report, until: float, number: int) -> None:
    while time.monotonic() < until:
        question = QUESTIONS[number % len(QUESTIONS)]
        number += 1
        started = time.perf_counter()
        try:
            answer = await client.post("/ask", json={"question": question})
        except httpx.TransportError as error:
            report.wrongs.append(repr(error))
            continue
        report.seconds.append(time.perf_counter() - started)
        if answer.status_code != 200:
            report.wrongs.append(f"{answer.status_code} {answer.text[:200]}")
        else:
            report.take(question, answer.json())


async def _write(client: httpx.AsyncClient, report: Report, until: float) -> None:
    """Post, remove and restore, one job after the other."""
    headers = {"authorization": f"Bearer {KEY}"}
    state = 0
    while time.monotonic() < until or not state:
        state += 1
        texts = {
            name: f"Station {name}\n\nLe relevé {state} compte {state} soldats à {name}. Le maire le dément."
            for name in STATIONS
        }
        documents = [{"name": f"{name}.txt", "text": text} for name, text in texts.items()]
        requests = (
            ("POST", "/documents", {"documents": documents}),
            ("DELETE", "/documents/Cardo.txt", None),
            ("POST", "/documents/Cardo.txt/restore", None),
        )
        for method, path, body in requests:
            answer = await client.request(method, path, json=body, headers=headers)
            if answer.status_code != 202:
                report.wrongs.append(f"{method} {path}: {answer.status_code} {answer.text[:200]}")
                continue
            job = await _over(client, answer.json()["job"]["id"])
            report.rebuilds += 1
            report.versions.add(job["version"])
            if job["error"] or job["skipped"]:
                report.wrongs.append(f"job {job}")


async def _over(client: httpx.AsyncClient, number: int) -> dict[str, Any]:
    while True:
        job = (await client.get("/rebuild")).json()["job"]
        if job["id"] >= number and job["state"] in ("done", "failed"):
            return dict(job)
        await asyncio.sleep(0.05)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--askers", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        limits = ("--ask-rate", "off", "--write-rate", "off")
        service = Service(Path(place, "store"), "--watch", str(SEEDS), *limits, SELON_API_KEY=KEY)
        try:
            service.await_job(1)
            report = asyncio.run(load(service, given.askers, given.seconds))
        finally:
            ran = service.running
            service.stop()
    print(f"{len(report.seconds)} answers to {given.askers} askers, {report.rebuilds} rebuilds meanwhile")
    print(f"{len({version for version, _ in report.told})} versions answered, {len(report.wrongs)} wrongs")
    print(f"median {statistics.median(report.seconds):.2f} s, p99 {report.quantile(0.99):.2f} s")
    print(f"the service {'ran to the end' if ran else 'ended before its time'}")
    for wrong in report.wrongs[:5]:
        print("WRONG", wrong)
    sys.exit(bool(report.wrongs))


if __name__ == "__main__":
    main()
