"""The 57 partnerships and their 114 local authorities: every name is invented, none is a place on a map."""

from typing import cast

from service.demo.content.model import Language, Organisation, Partnership, Region, Theme

REGIONS: dict[str, Region] = {
    "SSA": "sub_saharan_africa",
    "AP": "asia_pacific",
    "LAC": "latin_america_caribbean",
    "SN": "southern_neighbourhood",
    "EN": "eastern_neighbourhood",
}
THEMES: dict[str, Theme] = {
    "urban": "integrated urban development",
    "water": "water and sanitation",
    "waste": "waste",
    "mobility": "sustainable mobility",
    "housing": "housing",
    "space": "public space",
    "climate": "climate adaptation",
    "economy": "local economy",
    "governance": "governance and digital",
    "culture": "culture and youth",
}

# A table reads better as a table. Per line: city of a Member State, its language and time zone; city of a
# partner country, its language and time zone; region; themes; what the two do together.
TABLE = """
Ribera Norte | es | Europe/Madrid | Port Amara | fr | Africa/Abidjan | SSA | water, governance | Water for the hill quarters
Lindahlsvik | en | Europe/Stockholm | Kesi Bay | en | Africa/Dar_es_Salaam | SSA | waste, economy | Waste collected where streets have no names
Vilamarena | es | Europe/Madrid | Puerto Almagra | es | America/Guayaquil | LAC | space, culture | A waterfront for everyone
Lauterquell | en | Europe/Berlin | Zelenobrid | en | Europe/Kyiv | EN | climate, urban | Heat, floods and a plan for both
Trévanne-les-Saules | fr | Europe/Paris | Tamsiri | fr | Africa/Dakar | SSA | mobility, governance | Buses that arrive when they say
Egelundsborg | en | Europe/Copenhagen | Kota Serinda | en | Asia/Jakarta | AP | climate, water | Living behind the dyke
Kaldemeer | en | Europe/Amsterdam | Dalampasi | en | Asia/Manila | AP | water, climate | Room for the river
Sint-Aldrik | en | Europe/Brussels | Ouadarou | fr | Africa/Niamey | SSA | economy, culture | A covered market and its youth
Porto Mirandello | en | Europe/Rome | Ksar Timlal | fr | Africa/Tunis | SN | space, economy | The old town as a place to work
Castel Serigno | en | Europe/Rome | Valle Albor | es | America/La_Paz | LAC | water, governance | A water board of neighbours
Monteverano | en | Europe/Rome | Mzetsikhe | en | Asia/Tbilisi | EN | urban, culture | A plan drawn by its residents
Vilar da Bruma | pt | Europe/Lisbon | São Firmo | pt | Africa/Luanda | SSA | housing, water | Homes that can grow
Foz do Alveiro | pt | Europe/Lisbon | Nova Ibirema | pt | America/Sao_Paulo | LAC | waste, economy | Waste pickers as partners
Pedrasalva | pt | Europe/Lisbon | Vila Quendara | pt | Africa/Maputo | SSA | climate, urban | After the storm, before the next
Santa Irela | pt | Europe/Lisbon | Serra do Cajuí | pt | America/Fortaleza | LAC | culture, space | Squares that young people run
Puente Almara | es | Europe/Madrid | Nueva Marisca | es | America/Bogota | LAC | mobility, space | The hillside cable and the square below
Fuentelvira | es | Europe/Madrid | Sidi Nourane | fr | Africa/Algiers | SN | water, climate | Every drop twice
Almedira del Río | es | Europe/Madrid | Puquiorumi | es | America/Lima | LAC | housing, governance | A title to the house one lives in
Belmarais | fr | Europe/Paris | Koundayara | fr | Africa/Conakry | SSA | waste, water | A clean lagoon begins upstream
Clairvignes | fr | Europe/Paris | Aïn Zahrouna | fr | Africa/Tunis | SN | economy, climate | Orchards on the edge of town
Rocheverne | fr | Europe/Paris | Morne Caliste | fr | America/Martinique | LAC | climate, housing | Roofs that hold
Pont-Aubray | fr | Europe/Paris | Dagoumbé | fr | Africa/Ouagadougou | SSA | governance, economy | The budget on the wall of the town hall
Villemorane | fr | Europe/Paris | Sanmarou | fr | Africa/Lome | SSA | mobility, climate | Safe on a bicycle
Grünauerbach | en | Europe/Berlin | Kitarembe | en | Africa/Nairobi | SSA | housing, urban | Upgrading without eviction
Eschenhorn am See | en | Europe/Berlin | Sribnolis | en | Europe/Kyiv | EN | governance, housing | Rebuilding with the neighbours
Weidenmark | en | Europe/Berlin | Tarangipatna | en | Asia/Kolkata | AP | mobility, governance | One ticket for the whole city
Hochsteingau | en | Europe/Vienna | Lusaberdik | en | Asia/Yerevan | EN | economy, culture | Workshops in the old mill
Nieuwerhaven | en | Europe/Amsterdam | Ngolani East | en | Africa/Lagos | SSA | water, climate | Drains that children keep clean
Zilverdam | en | Europe/Amsterdam | Prek Samravan | en | Asia/Phnom_Penh | AP | water, waste | The canal is not a bin
Jasnobrzeg | en | Europe/Warsaw | Kalynohrad | en | Europe/Kyiv | EN | urban, governance | A city plan in open files
Wysokie Zdroje | en | Europe/Warsaw | Ak-Sarbulak | en | Asia/Bishkek | AP | climate, space | Trees for a hot valley
Lipogród | en | Europe/Warsaw | Viorești | en | Europe/Chisinau | EN | waste, economy | Compost that pays for itself
Javorohrad | en | Europe/Prague | Dzurgan Bulag | en | Asia/Ulaanbaatar | AP | housing, climate | Warm homes without smoke
Stříbrolesy | en | Europe/Prague | Narbulaq | en | Asia/Baku | EN | water, governance | Meters that both sides trust
Zlatobrod | en | Europe/Bratislava | Bukorani | en | Africa/Kampala | SSA | economy, culture | A craft quarter with a lease
Ezüstberek | en | Europe/Budapest | Mbelanyika | en | Africa/Blantyre | SSA | water, governance | Kiosks run by their users
Tölgyváros | en | Europe/Budapest | Ban Nam Sorn | en | Asia/Bangkok | AP | space, culture | The riverbank given back
Bradova Nouă | en | Europe/Bucharest | Tell Marwan | ar | Asia/Amman | SN | housing, culture | Hosts and newcomers under one plan
Cetatea Bradului | en | Europe/Bucharest | Makulweni | en | Africa/Johannesburg | SSA | mobility, economy | Minibuses with a timetable
Rozograd | en | Europe/Sofia | Qasr Nadim | ar | Asia/Amman | SN | waste, governance | Sorting begins at school
Zelenbrijeg | en | Europe/Zagreb | Rumichasqui | es | America/Lima | LAC | climate, water | Reading the glacier together
Jasenluka | en | Europe/Zagreb | Bir Salwan | ar | Africa/Cairo | SN | urban, space | Streets in the shade
Bistrodol | en | Europe/Ljubljana | Tinkuyacu | es | America/Guayaquil | LAC | economy, climate | A forest that feeds the town
Asterochori | en | Europe/Athens | Deir Rimal | ar | Asia/Beirut | SN | culture, space | A library in every quarter
Chrysavlona | en | Europe/Athens | Mersa Tamim | ar | Africa/Cairo | SN | economy, climate | The harbour and the sea behind it
Marsabella | en | Europe/Malta | Coralhaven | en | America/Port_of_Spain | LAC | climate, economy | Small harbours, rising water
Hõbejärve | en | Europe/Tallinn | Zambakuru | en | Africa/Lusaka | SSA | governance, culture | Permits from a telephone
Bērzukrasts | en | Europe/Riga | Nelumarawa | en | Asia/Colombo | AP | culture, economy | Young people write the call
Ąžuolupis | en | Europe/Vilnius | Tsebelani | en | Africa/Maseru | SSA | urban, housing | Serviced plots before houses
Koivulinna | en | Europe/Helsinki | Nandirombe | en | Africa/Kampala | SSA | governance, water | Open data on open drains
Tuulisatama | en | Europe/Helsinki | Vaitelomu | en | Pacific/Apia | AP | climate, urban | Moving the road before the sea does
Solvikshamn | en | Europe/Stockholm | Olomarua | en | Pacific/Port_Moresby | AP | waste, climate | Islands without a landfill
Björkestrand | en | Europe/Stockholm | Quebrada Lucero | es | America/Tegucigalpa | LAC | governance, space | Lights where women walk
Ballinamoira | en | Europe/Dublin | Kwabretu | en | Africa/Accra | SSA | culture, governance | A youth council with a budget
Carrigdoran | en | Europe/Dublin | San Aurelio del Monte | es | America/Guatemala | LAC | water, economy | Springs, pipes and co-operatives
Lintzerbourg | fr | Europe/Luxembourg | Borj Lamrine | fr | Africa/Casablanca | SN | mobility, governance | A tramway needs a pavement
Lemonara | en | Asia/Nicosia | Yaguarimá | es | America/Asuncion | LAC | space, housing | Courtyards in common
"""


def _rows() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines())


def _partnership(number: int, row: tuple[str, ...]) -> Partnership:
    return Partnership(
        number=number,
        name=f"{row[0]} – {row[3]}",
        project=row[8],
        lead=2 * number - 1,
        partner=2 * number,
        region=REGIONS[row[6]],
        themes=tuple(THEMES[theme.strip()] for theme in row[7].split(",")),
    )


def _cities(number: int, row: tuple[str, ...]) -> tuple[Organisation, Organisation]:
    return (
        Organisation(
            key=f"city{2 * number - 1}",
            name=row[0],
            kind="local_authority",
            country="an EU Member State",
            region="european_union",
            language=cast("Language", row[1]),
            side="member_state",
        ),
        Organisation(
            key=f"city{2 * number}",
            name=row[3],
            kind="local_authority",
            country="a partner country",
            region=REGIONS[row[6]],
            language=cast("Language", row[4]),
            side="partner_country",
        ),
    )


PARTNERSHIPS: tuple[Partnership, ...] = tuple(_partnership(k, row) for k, row in enumerate(_rows(), start=1))
"""Partnership k stands at index k - 1; its lead is the city of a Member State."""

CITIES: tuple[Organisation, ...] = tuple(
    city for k, row in enumerate(_rows(), start=1) for city in _cities(k, row)
)
"""City n stands at index n - 1."""

ZONES: tuple[str, ...] = tuple(zone for row in _rows() for zone in (row[2], row[5]))
"""The time zone of city n, at index n - 1, as a key of the IANA database."""
