"""Which addresses are open to everyone: a matrix of those that are not."""

import pytest

from service.domain.addresses import is_open


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.0.1", "172.32.0.1",
     "192.167.1.1", "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "2400:cb00::1"],
)  # fmt: skip
def test_address_of_the_internet_is_open(address: str) -> None:
    assert is_open(address)


@pytest.mark.parametrize(
    "address",
    [
        # this host, and none
        "127.0.0.1", "127.255.255.254", "::1", "0.0.0.1", "0.1.2.3", "::",
        # private networks, carriers' networks, links, metadata services
        "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1", "100.64.0.1", "100.127.255.255",
        "169.254.169.254", "fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd00:ec2::254", "fdff::1",
        # everyone at once, and nobody yet
        "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "ff02::1", "4000::1", "e000::1",
        # protocols, benchmarks, documentation
        "192.0.0.1", "192.0.0.170", "192.0.2.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "192.88.99.1", "2001:db8::1", "3fff::1", "100::1", "5f00::1",
        # an IPv4 address inside an IPv6 one
        "::ffff:127.0.0.1", "::ffff:1.1.1.1", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b:1::a00:1",
        "2002:7f00:1::", "2002:a00:1::1", "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        # not written as a resolver writes one
        "", "localhost", "127.1", "0x7f000001", "2130706433", "017700000001", "127.0.0.1:80", "[::1]", "1.1.1.1 ",
    ],
)  # fmt: skip
def test_address_that_leads_into_a_house_is_not(address: str) -> None:
    assert not is_open(address)
