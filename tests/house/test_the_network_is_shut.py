"""No test can reach another machine, whichever way it tries."""

from __future__ import annotations

import socket
import urllib.request

import pytest

from tests.network import NetworkIsShut

ELSEWHERE = "192.0.2.1"  # TEST-NET-1: nobody lives there


def test_a_connection_to_another_machine_is_refused() -> None:
    with socket.socket() as sock, pytest.raises(NetworkIsShut):
        sock.connect((ELSEWHERE, 80))


def test_a_connection_that_returns_an_error_number_is_refused_too() -> None:
    with socket.socket() as sock, pytest.raises(NetworkIsShut):
        sock.connect_ex((ELSEWHERE, 80))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkIsShut):
        socket.getaddrinfo("example.org", 443)


def test_a_web_request_is_refused() -> None:
    with pytest.raises(NetworkIsShut):
        urllib.request.urlopen("http://example.org/")


def test_this_machine_can_still_be_spoken_to() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as sock:
        sock.connect(server.getsockname())
        assert sock.getpeername() == server.getsockname()
