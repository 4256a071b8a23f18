"""The server takes the next free port and says where it is."""

import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from indices.errors import LuruskanError
from review_ui.serving import bind_free_port


def test_the_next_free_port_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with bind_free_port("127.0.0.1", port) as listener:
            assert port < listener.getsockname()[1] < port + 20


def test_an_address_of_another_machine_is_one_clear_line() -> None:
    with pytest.raises(LuruskanError, match="--host"):
        bind_free_port("203.0.113.7", 8080)


@pytest.mark.slow
def test_serve_answers_and_says_what_to_do_when_nobody_can_sign_in(tmp_path: Path) -> None:
    command = [str(Path(sys.executable).parent / "luruskan"), "--home", str(tmp_path)]
    subprocess.run([*command, "init"], check=True, capture_output=True)
    with subprocess.Popen(
        [*command, "serve", "--port", "0"], stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            lines = [server.stdout.readline() for _ in range(2)]
            assert "luruskan users add" in lines[0]
            address = lines[1].split(" at ")[1].split()[0]
            with urllib.request.urlopen(f"{address}klarifikasi", timeout=20) as answer:
                assert b"Belum ada klarifikasi" in answer.read()
        finally:
            server.terminate()
            server.wait(timeout=10)
