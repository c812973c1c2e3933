"""Who signs in to the demonstration: people are named by what they do, so no real person's name occurs."""

from service.demo.content.model import Organisation, Person
from service.demo.content.places import CITIES, ZONES

FACILITY = Organisation(
    key="facility",
    name="City-to-city coordination facility (demonstration)",
    kind="facility",
    country="Belgium",
    region="european_union",
    language="en",
)
DELEGATION = Organisation(
    key="delegation",
    name="EU Delegation to the Amaran Coast (invented)",
    kind="eu_service",
    country="a partner country",
    region="sub_saharan_africa",
    language="fr",
)
HEADQUARTERS = Organisation(
    key="intpa",
    name="EU headquarters unit for cities (demonstration)",
    kind="eu_service",
    country="Belgium",
    region="european_union",
    language="en",
)
NETWORK = Organisation(
    key="network",
    name="Network of Learning Cities and Towns (invented)",
    kind="network",
    country="an EU Member State",
    region="european_union",
    language="en",
)

ORGANISATIONS: tuple[Organisation, ...] = (FACILITY, DELEGATION, HEADQUARTERS, NETWORK, *CITIES)
"""Every organisation of the demonstration, the cities last and in their order."""

OFFICERS: tuple[Person, ...] = (
    Person("facility", "Coordinator of the facility", "facility", "facility", "en", "Europe/Brussels"),
    Person("rapporteur", "Rapporteur of the agenda", "rapporteur", "facility", "en", "Europe/Brussels"),
    Person("signatory", "Signatory of the agenda", "signatory", "facility", "en", "Europe/Brussels"),
    Person("approver", "Second signatory of the agenda", "signatory", "facility", "fr", "Europe/Brussels"),
    Person("delegation", "Programme officer for cities", "stakeholder", "delegation", "fr", "Africa/Abidjan"),
    Person("intpa", "Policy officer for local authorities", "stakeholder", "intpa", "en", "Europe/Brussels"),
    Person("observer", "Observer from a network of cities", "observer", "network", "en", "Europe/Madrid"),
)

REPRESENTATIVES: tuple[Person, ...] = tuple(
    Person(city.key, f"Representative of {city.name}", "representative", city.key, city.language, zone)
    for city, zone in zip(CITIES, ZONES, strict=True)
)

PEOPLE: tuple[Person, ...] = OFFICERS + REPRESENTATIVES
"""Every account of the demonstration, those of the cities last and in their order."""
