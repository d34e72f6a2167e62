"""Runs the service: binds the address, says where it is, ends cleanly."""

from __future__ import annotations

import signal
import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Any

from index.encode import Encoder
from index.errors import InputError, SelonError
from index.storage.snapshot import open_snapshot
from index.store import found_root
from qa.http import logs
from qa.http.guard import is_loopback

BACKLOG = 512
PATIENCE = 20  # seconds that answers under way are given when the service ends
# Seconds that a connection may rest: a shorter time would end it just as its client asks again.
KEEP_ALIVE = 75
REHEARSED = ("Combien de personnnes ?", "How many peoplle?")
# The settings that the service itself knows, by the same names.
OPTIONS = (
    *("store", "host", "threshold", "keep", "watch", "api_key", "read_key"),
    *("ask_rate", "write_rate", "log_questions"),
)


def serve(settings: dict[str, Any], load: Callable[[], Encoder]) -> None:
    """Serve until interrupted. Raises InputError for a port in use or an address that is not ours.

    `load` gives the encoder; it works while the packages of the service are loaded. Where
    documents can arrive, a store that is not there yet is begun without any.
    """
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(_ready, load)
        import uvicorn

        from qa.service import create_app

        encoder = loading.result()
    host, names = settings["host"], [name.strip() for name in settings["allow_hosts"].split(",")]
    with bind(host, settings["port"]) as bound:
        if settings["api_key"] or settings["watch"]:
            encoder = _begun(settings["store"], encoder, load)
        logs.start()
        # Ended by a signal, it has done what it began: that is a success.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        options = {name: settings[name] for name in OPTIONS}
        app = create_app(encoder=encoder, allow_hosts=[name for name in names if name], **options)

        class Server(uvicorn.Server):
            """Lets go of listeners before it waits for the connections to end."""

            async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
                app.state.desk.stop()
                await super().shutdown(sockets)

        port = bound.getsockname()[1]
        if not is_loopback(host) and not settings["read_key"]:
            print(
                f"selon: {host} can be reached from other machines: whoever reaches it can read every "
                "article and ask. Leave --host out to keep it to this machine, or set SELON_READ_KEY.",
                file=sys.stderr,
            )
        shown = f"[{host}]" if ":" in host else host
        print(f"Selon answers on http://{shown}:{port} (Ctrl-C ends)", file=sys.stderr, flush=True)
        config = uvicorn.Config(
            app,
            log_config=None,
            server_header=False,
            access_log=False,
            # Whoever sends the header could else count as another address at each request.
            proxy_headers=bool(settings["proxies"]),
            forwarded_allow_ips=settings["proxies"],
            timeout_keep_alive=KEEP_ALIVE,
            timeout_graceful_shutdown=PATIENCE,
        )
        # Python waits for it: a thread that it left in the midst of compiled code would end all by an abort.
        Thread(target=_rehearse, args=(settings["store"], encoder)).start()
        Server(config).run(sockets=[bound])


def _begun(store: Path, encoder: Encoder, load: Callable[[], Encoder]) -> Encoder:
    """Begin a store without documents where none is; the encoder, by the model's export in the store."""
    if found_root(store)[0] is not None:
        return encoder
    from index.build import build

    build(store, [], encoder, everything=True)
    return _ready(load)


def _ready(load: Callable[[], Encoder]) -> Encoder:
    encoder = load()
    encoder.encode_questions(["?"])  # The first question does not wait for what is loaded late.
    return encoder


def _rehearse(store: Path, encoder: Encoder) -> None:
    """Ask in every language, with a slip: the first reader does not wait for the dictionaries."""
    from qa.answer import ask

    with suppress(SelonError):
        snapshot = open_snapshot(store, encoder.stamp)
        for question in REHEARSED:
            ask(snapshot, encoder, question)


def bind(host: str, port: int) -> socket.socket:
    """A listening socket on `host` and `port` (0: a free one); raises InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(BACKLOG)
    except OSError as error:
        bound.close()
        raise InputError(
            f"The address {host}:{port} cannot be served: {error.strerror or error}.",
            "Choose another with --port (0 takes a free one) or --host.",
            code="port_in_use",
        ) from error
    return bound
