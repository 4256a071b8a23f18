"""What points at a person is found with its place; what only looks like it is not."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.personal_data.__main__ import ours
from benchmarks.personal_data.lines import read_lines, score
from indices.documents import PersonalKind
from indices.personal_data import find_personal_data, kinds_in
from indices.personal_data.numbers import _ACCOUNT, _BEFORE_BANK, _NIK, _PHONE, has_many_digits
from indices.personal_data.plates import _CALLED, _MAYBE, _WRITTEN


def found(text: str) -> list[tuple[str, str]]:
    return [(str(each.kind), text[each.start : each.end]) for each in find_personal_data(text)]


def test_all_kinds_are_found_in_one_text_with_their_places() -> None:
    text = (
        "Pelaku: Andi, NIK 6408051107790004, KT 2210 CE, rek BCA 8290123456,\n"
        "WA 0813-4600-1199, tinggal di Jl. Sejati Gg. Damai RT 08 No. 3 📢"
    )
    assert found(text) == [
        ("nik", "6408051107790004"),
        ("plate", "KT 2210 CE"),
        ("account", "8290123456"),
        ("phone", "0813-4600-1199"),
        ("address", "Jl. Sejati Gg. Damai RT 08 No. 3"),
    ]
    assert kinds_in("", text) == tuple(sorted(PersonalKind))


@pytest.mark.parametrize(
    ("number", "is_nik"),
    [
        ("6474011503900002", True),
        ("6474015503900002", True),  # a woman's day of birth is 40 more
        ("6474013202900002", False),  # no 32nd of February
        ("6474011513900002", False),  # no 13th month
        ("9974011503900002", False),  # no such province
        ("6474011503900000", False),  # no serial
        ("64740115039000021", False),
        ("6474.0115.0390.0002", True),
    ],
)
def test_sixteen_digits_are_a_nik_when_region_and_birthday_can_be(
    number: str, is_nik: bool
) -> None:
    assert bool(found(f"cek {number} ya")) == is_nik
    assert found(f"NIK {number} ya") or len(number) == 17


def test_no_number_is_found_twice_and_a_surer_kind_wins() -> None:
    assert found("transfer dana ke 081234567890 BRI") == [("phone", "081234567890")]
    assert found("rek BRI 6474011503900002 NIK") == [("nik", "6474011503900002")]


def test_the_invented_lines_keep_their_figures() -> None:
    """docs/performance/personal-data.md quotes them; here is the floor."""
    lines = read_lines()
    assert len(lines) >= 300
    result = score(lines[1::2], ours)
    for kind in PersonalKind:
        assert result.recall(kind) >= 0.9, kind
        assert result.precision(kind) >= 0.85, kind


@pytest.mark.parametrize(
    "piece", ["1 ", "1", "Jl. ", "alamat ", "0 8", "http://", "bank ", "RT 1 "]
)
def test_a_text_made_to_be_slow_is_not(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    find_personal_data(text)
    assert time.process_time() - started < 2


_PIECES = (
    "0812|62|(0)|+|) |(|\u200b|_|-|. |\n|x|8|3456|rek BCA |NIK |6474011503900002|KT |B|plat |1|2210"
    "|ce |٣|Avanza kt|BRI"
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(_PIECES.split("|")), max_size=14).map("".join))
def test_the_quick_look_before_the_thorough_ones_never_costs_a_find(text: str) -> None:
    thorough = [*_NIK.finditer(text), *_PHONE.finditer(text), *_ACCOUNT.finditer(text)]
    thorough += [*_BEFORE_BANK.finditer(text)]
    assert has_many_digits(text) or not thorough
    plates = [*_WRITTEN.finditer(text), *_CALLED.finditer(text)]
    assert _MAYBE.search(text) or not plates
