"""Two translations: one into French, which is approved, and one into Arabic, from which the text has moved on."""

from service.demo.content.model import Translation

TRANSLATIONS = (
    Translation(
        "residents",
        "ar",
        "city76",
        1,
        (
            ("title", "افتحوا الشراكة أمام المرافق والجامعات والسكان الشباب"),
            (
                "ask",
                (
                    "ينبغي للمدن الشريكة أن تفتح شراكتها أمام المرافق العامة والجامعات والسكان الشباب، وأن تسند إلى كل منهم "
                    "مهمة في كل خطة عمل ابتداءً من عام 2025."
                ),
            ),
            (
                "why1",
                (
                    "يمكن لبلديتين أن تتفقا على كل شيء تقريبًا. أما بقاء ما اتفقتا عليه فيقرره آخرون: المرفق الذي يشغّل "
                    "المضخة، والجامعة التي تُعدّ المخطط القادم، والشباب الذين سيعيشون مع النتيجة ستين عامًا."
                ),
            ),
            (
                "why2",
                (
                    "كثيرًا ما يُدعى السكان الشباب لإضفاء لون على الشراكة، والأجدر أن يُدعوا لتحديد *اتجاهها*. فحيث كتبوا "
                    "الدعوة إلى الأفكار وحكّموا الإجابات، جاء عدد أكبر من الناس وتكسّر عدد أقل من الأشياء."
                ),
            ),
        ),
    ),
    Translation(
        "residents",
        "fr",
        "city9",
        2,
        (
            ("title", "Ouvrir le partenariat aux services publics, aux universités et aux jeunes habitants"),
            (
                "ask",
                (
                    "Les villes partenaires devraient ouvrir leur partenariat aux services publics, aux universités et aux "
                    "jeunes habitants, et confier à chacun une tâche dans tout plan de travail à partir de 2025."
                ),
            ),
            (
                "why1",
                (
                    "Deux mairies peuvent s’entendre sur presque tout. Ce qui dure, d’autres en décident : le service qui "
                    "fait tourner la pompe, l’université qui forme la prochaine urbaniste, les jeunes qui vivront soixante "
                    "ans avec le résultat."
                ),
            ),
            (
                "why2",
                (
                    "On invite souvent les jeunes habitants à donner de la couleur à un partenariat. Il faut les inviter à "
                    "lui donner une *direction*. Là où ils ont rédigé l’appel à idées et jugé les réponses, il est venu plus "
                    "de monde, et l’on a pris soin de ce qui a été construit."
                ),
            ),
            (
                "why3",
                (
                    "Ouvrir un partenariat, c’est partager son ordre du jour, et pas seulement ses photographies. Nous "
                    "proposons qu’une activité sur trois soit menée par quelqu’un d’autre que les deux administrations."
                ),
            ),
            (
                "quote",
                (
                    "« On nous a demandé de quelle couleur devaient être les bancs. Nous leur avons dit où le bus devait "
                    "s’arrêter. » (Membre d’un conseil de jeunes, inventé pour la démonstration.)"
                ),
            ),
            (
                "success",
                (
                    "On verra que c’est réussi quand, d’ici à 2026, chaque partenariat nommera au moins un service public, "
                    "une université et un groupe de jeunes habitants, et dira ce que chacun a fait."
                ),
            ),
        ),
        approved=True,
    ),
)
