from __future__ import annotations

import os
from pathlib import Path

import pytest

from indices.whole_files import PRIVATE, whole_file


def test_a_whole_file_takes_the_old_ones_place(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"old")
    with whole_file(path) as out:
        out.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert [each.name for each in tmp_path.iterdir()] == ["list.txt"]


def test_what_fails_halfway_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(b"old")
    with pytest.raises(TypeError), whole_file(path) as out:
        out.writelines([b"new", "no bytes"])  # type: ignore[list-item]
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["list.txt"]


def test_a_private_file_is_its_owners_alone_even_where_the_mask_is_open(tmp_path: Path) -> None:
    path = tmp_path / "keys.toml"
    mask = os.umask(0)
    try:
        with whole_file(path, PRIVATE) as out:
            out.write(b"secret")
    finally:
        os.umask(mask)
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_laid_in_its_way_is_not_followed(tmp_path: Path) -> None:
    path, victim = tmp_path / "keys.toml", tmp_path / "victim"
    victim.write_bytes(b"mine")
    path.with_name(f".{path.name}.{os.getpid()}.part").symlink_to(victim)
    with whole_file(path) as out:
        out.write(b"new")
    assert victim.read_bytes() == b"mine"
    assert path.read_bytes() == b"new"
