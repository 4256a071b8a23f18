from __future__ import annotations

import pytest

from crawlers.fetching.addresses import AddressPolicy, is_public
from tests.crawlers.running import fetch_all
from tests.crawlers.web import InventedWeb

PRIVATE = """
0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 127.0.0.1 127.255.255.254
168.63.129.16 169.254.169.254 169.254.0.1 172.16.0.1 172.31.255.255 192.0.0.8 192.0.2.1 192.88.99.1
192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
:: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::7f00:1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe::
fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 5f00::1 no-address
""".split()


@pytest.mark.parametrize("address", PRIVATE)
def test_a_private_or_reserved_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "103.10.66.1", "172.32.0.1", "2400:cb00::1", "::ffff:8.8.8.8", "64:ff9b::808:808"],
)
def test_an_address_of_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("allowed", "url", "fetched"),
    [
        ("127.0.0.1", "http://127.0.0.1:81/", True),
        ("127.0.0.1:81", "http://127.0.0.1:81/", True),
        ("127.0.0.1:81", "http://127.0.0.1:82/", False),
        ("127.0.0.1:80", "http://127.0.0.1/", True),
        ("[::1]:81", "http://[::1]:81/", True),
        ("::1", "http://[::1]:81/", True),
        ("INTRANET.example", "http://intranet.example/", True),
        ("", "http://10.0.0.1/", False),
    ],
)
def test_settings_open_one_host_or_one_port(allowed: str, url: str, fetched: bool) -> None:
    assert (AddressPolicy([allowed]).find_objection(url) is None) is fetched


def test_a_host_that_settings_name_is_fetched_and_its_neighbour_port_is_not(
    web: InventedWeb, forbidden: InventedWeb
) -> None:
    page = web.serve("/halaman", "halo")
    outcome = fetch_all([page, f"{forbidden.base}/halaman"], allowed=[web.host])
    assert list(outcome.values()) == ["fetched", "refused_address"]
    assert forbidden.server.log == []
