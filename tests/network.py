"""The network is shut while tests run: only this machine can be spoken to."""

from __future__ import annotations

import socket
from typing import Any


class NetworkIsShut(RuntimeError):
    """A test tried to reach another machine."""


_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _insist_is_here(host: object) -> None:
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if text not in ("localhost", "::1", "0.0.0.0", "::") and not text.startswith("127."):
        raise NetworkIsShut(f"tests may not reach {text}")


def _insist_on_this_machine(sock: socket.socket, address: Any) -> None:
    if sock.family != socket.AF_UNIX:
        _insist_is_here(address[0])


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _insist_on_this_machine(self, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _insist_on_this_machine(self, address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
    _insist_is_here(host)
    return _getaddrinfo(host, *args, **kwargs)


def shut() -> None:
    """Refuse every connection and look-up that leaves this machine, from here to the end of the run."""
    socket.socket.connect = _guarded_connect  # type: ignore[assignment]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[assignment]
    socket.getaddrinfo = _guarded_getaddrinfo
