from datetime import timedelta

import pytest

from service.domain.access import LinkPurpose, network


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("a socket", "a socket"),
        ("", ""),
    ],
)
def test_whoever_has_a_network_of_addresses_is_counted_once(address: str, counted: str) -> None:
    assert network(address) == counted


def test_links_last_as_long_as_their_purpose_needs() -> None:
    assert {purpose.value: purpose.lasts for purpose in LinkPurpose} == {
        "sign_in": timedelta(minutes=15),
        "invitation": timedelta(days=7),
        "confirm": timedelta(minutes=15),
    }
