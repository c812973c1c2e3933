"""Translations of what was agreed on in Brussels, approved before it was published: into French, and one into Arabic."""

from service.demo.content.model import Translation

TRANSLATIONS = (
    Translation(
        "contact",
        "fr",
        "city9",
        2,
        (
            ("title", "Donner à chaque partenariat un interlocuteur à la délégation de l’UE"),
            (
                "ask",
                (
                    "Les délégations de l’UE devraient désigner, d’ici à septembre 2023, **un interlocuteur** et un suppléant "
                    "pour les partenariats de leur pays, et faire connaître leur nom aux deux villes."
                ),
            ),
            (
                "why1",
                (
                    "Un partenariat, ce sont deux mairies, deux langues et deux séries de règles. Il lui faut, à la "
                    "délégation, une porte derrière laquelle quelqu’un sait qu’il existe."
                ),
            ),
            (
                "why2",
                (
                    "L’interlocuteur n’a pas besoin de s’y connaître en égouts ni en couloirs de bus. Il suffit qu’il sache "
                    "à qui s’adresser, et qu’il dise dans la semaine quand viendra la réponse."
                ),
            ),
            (
                "success",
                (
                    "La réussite se verra quand, à la fin de 2023, chaque partenariat pourra nommer son interlocuteur "
                    "et l’aura rencontré une fois."
                ),
            ),
        ),
        approved=True,
    ),
    Translation(
        "failures",
        "fr",
        "city9",
        2,
        (
            ("title", "Partager ce qui échoue aussi librement que ce qui réussit"),
            (
                "ask",
                (
                    "Les villes partenaires et leurs réseaux devraient publier, à partir du second semestre 2023, au moins un "
                    "échec par an, avec ce qu’il a appris."
                ),
            ),
            (
                "why1",
                (
                    "Cinquante-sept partenariats qui ne publient que leurs réussites répéteront en privé les erreurs des "
                    "autres. Un échec bien raconté fait gagner un an au voisin."
                ),
            ),
            (
                "why2",
                (
                    "Il y faut du courage, et *le courage a besoin d’être couvert*. Un échec publié et expliqué ne devrait "
                    "pas compter contre une ville lorsqu’elle pose de nouveau sa candidature."
                ),
            ),
            ("form", "La forme est libre : un film, une visite du chantier ou deux pages honnêtes."),
            (
                "success",
                (
                    "La réussite se verra quand, à la deuxième réunion mondiale, dix partenariats au moins raconteront "
                    "un échec sur scène."
                ),
            ),
        ),
        approved=True,
    ),
    Translation(
        "contact",
        "ar",
        "city76",
        2,
        (
            ("title", "جهة اتصال لكل شراكة في وفد الاتحاد الأوروبي"),
            (
                "ask",
                (
                    "ينبغي لوفود الاتحاد الأوروبي أن تسمّي، بحلول سبتمبر 2023، **جهة اتصال** ونائبًا عنها للشراكات في بلدها، "
                    "وأن تُعرّف المدينتين بالاسمين."
                ),
            ),
            (
                "why1",
                (
                    "للشراكة بلديتان ولغتان ومجموعتان من القواعد. وهي تحتاج في الوفد إلى باب واحد يقف وراءه من يعلم بوجودها."
                ),
            ),
            (
                "why2",
                (
                    "لا يلزم أن تكون جهة الاتصال خبيرة في المجاري أو في مسارات الحافلات. يكفي أن تعرف من تسأل، وأن تقول "
                    "خلال أسبوع متى يأتي الجواب."
                ),
            ),
            (
                "success",
                (
                    "يُرى النجاح حين تستطيع كل شراكة، في نهاية عام 2023، أن تسمّي جهة اتصالها وتكون قد التقت بها مرة واحدة."
                ),
            ),
        ),
        approved=True,
    ),
)
