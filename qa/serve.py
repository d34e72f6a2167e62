"""Runs the service: binds the address, says where it is, ends cleanly."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from index.encode import Encoder
from index.errors import InputError
from qa.guard import is_loopback

BACKLOG = 512


def serve(settings: dict[str, Any], load: Callable[[], Encoder]) -> None:
    """Serve until interrupted. Raises InputError for a port in use or an address that is not ours.

    `load` gives the encoder; it works while the packages of the service are loaded.
    """
    with ThreadPoolExecutor(1) as pool:
        loading = pool.submit(_ready, load)
        import uvicorn

        from qa.service import create_app

        encoder = loading.result()
    host, names = settings["host"], [name.strip() for name in settings["allow_hosts"].split(",")]
    app = create_app(
        settings["store"],
        encoder,
        host=host,
        allow_hosts=[name for name in names if name],
        threshold=settings["threshold"],
    )
    with bind(host, settings["port"]) as bound:
        port = bound.getsockname()[1]
        if not is_loopback(host):
            print(
                f"selon: {host} can be reached from other machines: whoever reaches it can read every "
                "article and ask. Leave --host out to keep it to this machine.",
                file=sys.stderr,
            )
        shown = f"[{host}]" if ":" in host else host
        print(f"Selon answers on http://{shown}:{port} (Ctrl-C ends)", file=sys.stderr, flush=True)
        config = uvicorn.Config(app, log_level="warning", server_header=False, access_log=False)
        uvicorn.Server(config).run(sockets=[bound])


def _ready(load: Callable[[], Encoder]) -> Encoder:
    encoder = load()
    encoder.encode_questions(["?"])  # The first question does not wait for what is loaded late.
    return encoder


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
