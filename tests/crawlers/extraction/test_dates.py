from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.extraction.dates import parse_date


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Senin, 23 Februari 2016 | 14:29 WIB", "2016-02-23T14:29:00+07:00"),
        ("Selasa 23 Feb 2016, 08:53 WIB", "2016-02-23T08:53:00+07:00"),
        ("23/02/2016, 10:00 WITA", "2016-02-23T10:00:00+08:00"),
        ("Jum'at, 17 Pebruari 2017 - 13:30 wib", "2017-02-17T13:30:00+07:00"),
        ("Jumat , 17 February 2017, 13:16 WIB", "2017-02-17T13:16:00+07:00"),
        ("Rabu, 4 Nopember 2020 pukul 21.04 WIT", "2020-11-04T21:04:00+09:00"),
        ("Kamis, 05/11/2015 09:25 WIB", "2015-11-05T09:25:00+07:00"),
        ("16 Agt 2024 | 7:05", "2024-08-16T07:05:00+07:00"),
        ("12-Des-2023 23:59:58", "2023-12-12T23:59:58+07:00"),
        ("5 Mei 2021", "2021-05-05T00:00:00+07:00"),
        ("May 5, 2021 3:04 pm", "2021-05-05T15:04:00+07:00"),
        ("2016-02-16 09:20:00", "2016-02-16T09:20:00+07:00"),
        ("2015-11-05 T10:08:58Z", "2015-11-05T10:08:58+00:00"),
        ("2026-11-16T09:00:00.123+0800", "2026-11-16T09:00:00+08:00"),
        ("2024/03/05 09:30:12", "2024-03-05T09:30:12+07:00"),
        ("2026-11-16T09:00+08:00", "2026-11-16T09:00:00+08:00"),
        ("Mon, 16 Nov 2026 09:00:00 +0800", "2026-11-16T09:00:00+08:00"),
        ("Mon, 16 Nov 2026 01:00:00 GMT", "2026-11-16T01:00:00+00:00"),
        ("Diterbitkan oleh Rani pada 16 Nov 2026, 09:00 WITA", "2026-11-16T09:00:00+08:00"),
    ],
)
def test_a_date_is_read_as_it_was_meant(text: str, moment: str) -> None:
    written = parse_date(text)
    assert written is not None
    assert written.moment.isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "2016", "31/02/2016", "32 Mei 2016", "10 ribu warga", "Rp 2.016,00", "13/13/2016"]
)
def test_what_is_no_date_stays_unread(text: str) -> None:
    assert parse_date(text) is None


def test_a_time_without_a_zone_takes_the_zone_of_its_outlet() -> None:
    written = parse_date("16 November 2026 09:00", ZoneInfo("Asia/Makassar"))
    assert written is not None
    assert written.moment.isoformat() == "2026-11-16T09:00:00+08:00"
    assert written.has_time
    assert not written.has_zone


@given(st.text(max_size=80), st.sampled_from(["", " 2016 ", " 12 Mei 2016 ", "2016-99-99T"]))
def test_no_text_breaks_the_reader(text: str, salt: str) -> None:
    written = parse_date(text + salt + text)
    assert written is None or written.moment.tzinfo is not None
