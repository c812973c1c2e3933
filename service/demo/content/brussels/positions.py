"""What forty cities said of each text in Brussels, one lead city for its partnership."""

from service.demo.content.model import Position, PositionPlan

LEADS: tuple[int, ...] = tuple(2 * k - 1 for k in range(1, 45) if k not in {13, 21, 29, 38})
"""The forty lead cities that came to the endorsement; the other seventeen left no record."""


def _plan(recommendation: str, *others: Position, absent: tuple[int, ...] = ()) -> PositionPlan:
    apart = {position.city for position in others} | set(absent)
    return PositionPlan(recommendation, "adopted", tuple(city for city in LEADS if city not in apart), others)


POSITIONS: tuple[PositionPlan, ...] = (
    _plan(
        "contact",
        Position(
            11,
            "endorsed_with_reservation",
            "In a country with three Delegations for one region the contact may sit in the neighbouring capital.",
            "substantive",
        ),
        Position(
            43,
            "endorsed_with_reservation",
            "Sous réserve de l’approbation du conseil municipal du 23 mars.",
            "scrutiny",
            language="fr",
        ),
        Position(61, "no_objection"),
        Position(71, "no_objection", "Our partner has a contact already and is content."),
        Position(85, "abstained", "The council has not yet discussed the text."),
    ),
    _plan(
        "calendar",
        Position(
            31,
            "endorsed_with_reservation",
            "«Update» debe traducirse por «actualización» y no por «revisión».",
            "linguistic",
            language="es",
        ),
        Position(53, "no_objection"),
        Position(
            67,
            "endorsed_with_reservation",
            "A calendar without the share that cities must pay would be of little use; we read item three as a condition.",
            "substantive",
        ),
        Position(79, "abstained"),
        Position(
            87,
            "objection",
            "A calendar that is not binding will be read as a promise and quoted against those who planned by it.",
            resolved_by="A sentence saying that a date may move by three months at most without a reason being given.",
        ),
        absent=(9,),
    ),
    _plan(
        "rules",
        Position(
            1,
            "endorsed_with_reservation",
            "La versión española debe ser revisada por una tesorería municipal.",
            "linguistic",
            language="es",
        ),
        Position(
            23,
            "endorsed_with_reservation",
            "A versão portuguesa deve servir os dois lados do Atlântico.",
            "linguistic",
            language="pt",
        ),
        Position(
            45,
            "endorsed_with_reservation",
            "La réserve sera levée dès que notre service juridique aura lu le manuel.",
            "scrutiny",
            language="fr",
        ),
        Position(73, "no_objection"),
        Position(81, "recused", "An officer of the city has been asked to write a chapter of the handbook."),
    ),
    _plan(
        "exchange",
        Position(5, "no_objection"),
        Position(
            27,
            "endorsed_with_reservation",
            "Uma segunda visita à distância não substitui o terreno depois de um ciclone.",
            "substantive",
            language="pt",
        ),
        Position(47, "no_objection"),
        Position(
            55,
            "objection",
            "Flights are the largest part of our carbon budget, and the text still makes travel the rule.",
            resolved_by="Making the visit at a distance the rule and the journey the exception.",
        ),
        Position(63, "abstained"),
        Position(69, "abstained", "We could not reach our partner city in time."),
        absent=(15, 77),
    ),
    _plan(
        "failures",
        Position(
            17,
            "endorsed_with_reservation",
            "Legal advice is needed on what may be published about a contractor.",
            "scrutiny",
        ),
        Position(
            33,
            "endorsed_with_reservation",
            "Publicar un fallo exige el acuerdo de las dos ciudades.",
            "substantive",
            language="es",
        ),
        Position(51, "no_objection"),
        Position(59, "no_objection"),
        Position(
            65,
            "objection",
            "A published failure is used in our elections before it is used by our neighbours.",
            resolved_by="Allowing a city to publish its failure under the name of the network, without its own.",
        ),
        Position(83, "abstained"),
        absent=(37,),
    ),
    PositionPlan(
        "quota",
        "not_adopted",
        (5, 9, 15, 19, 23, 27, 31, 35, 43, 45, 61, 65, 73),
        (
            Position(
                1,
                "objection",
                "A fixed share of a sum that nobody knows is a number without a meaning.",
                resolved_by="Counting first what reaches cities today.",
            ),
            Position(
                7,
                "objection",
                "A fifth for partnerships is a fifth less for cities that have no partner.",
                resolved_by="A share for cities as such, of which partnerships are one form.",
            ),
            Position(
                11,
                "objection",
                "The figure was not supported by any evidence in the round.",
                resolved_by="A study of what partnerships can spend well in a year.",
            ),
            Position(
                39,
                "objection",
                "Un quota crée des projets pour le quota.",
                resolved_by="Un montant qui suit la qualité des demandes.",
                language="fr",
            ),
            Position(
                67,
                "objection",
                "Our council asked us not to bind funds whose rules are still being evaluated.",
                resolved_by="Waiting for the mid-term evaluation.",
            ),
            Position(
                87,
                "objection",
                "A quota protects those who are already in.",
                resolved_by="A part of the share that only new cities can receive.",
            ),
            Position(3, "abstained", "A tenth would have had our endorsement."),
            Position(13, "abstained"),
            Position(17, "abstained"),
            Position(21, "abstained", "We agree with the aim and not with the instrument."),
            Position(29, "abstained"),
            Position(33, "abstained"),
            Position(37, "abstained"),
            Position(47, "abstained"),
            Position(51, "abstained"),
            Position(59, "abstained"),
            Position(49, "no_objection"),
            Position(53, "no_objection"),
            Position(55, "no_objection"),
            Position(
                63,
                "endorsed_with_reservation",
                "The share should be reached step by step over three years.",
                "substantive",
            ),
            Position(
                69,
                "endorsed_with_reservation",
                "One fifth of new funding, and not of funding that is already committed.",
                "substantive",
            ),
            Position(71, "endorsed_with_reservation", "Subject to the vote of the council.", "scrutiny"),
            Position(77, "recused", "The city is negotiating a grant that the text would affect."),
        ),
    ),
)
