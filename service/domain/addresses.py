"""Which addresses of the internet are open to everyone, and which lead into somebody's house.

Source: the IANA special-purpose address registries for IPv4 and IPv6, as of 2025.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_CLOSED_4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/3",
        ),
    )
)
# All that is given out to networks of the internet; whatever is not in it is nobody's, or somebody's own.
_OPEN_6 = ip_network("2000::/3")
# Of that: protocols, tunnels that carry an IPv4 address inside, and documentation.
_CLOSED_6 = tuple(
    map(ip_network, ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20"))
)


def is_open(address: str) -> bool:
    """Tell whether an address, as a resolver wrote it, belongs to the open internet; what is none does not."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        return parsed.scope_id is None and parsed in _OPEN_6 and not any(parsed in n for n in _CLOSED_6)
    return isinstance(parsed, IPv4Address) and not any(parsed in network for network in _CLOSED_4)
