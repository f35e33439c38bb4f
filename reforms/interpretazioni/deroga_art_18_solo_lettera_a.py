"""I permessi degli artt. 18 e 18-bis derogano solo a soggiorno e residenza: DL 146/2025, art. 4 (I-35)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.members import any_member, one_of
from openfisca_adi.reform import Reform
from openfisca_adi.variable import Variable


class adi_deroga_economica(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Deroga ai requisiti di ISEE, reddito e patrimonio (lett. b), del solo permesso dell'art. 18-ter"
    reference = [
        "DL 145/2024, art. 6, c. 3, conv. L. 187/2024",
        "DL 146/2025, art. 4, conv. L. 179/2025",
    ]

    def formula_2024(nucleo, period):
        """Deroga anche alla lettera b) il permesso dell'art. 18-ter del richiedente, non quelli degli artt. 18 e 18-bis.

        DL 145/2024, art. 6, c. 3; DL 146/2025, art. 4.
        """
        in_deroga = nucleo.members("adi_richiedente_in_deroga", period)
        titolo = nucleo.members("titolo_soggiorno", period)
        return any_member(nucleo, in_deroga & one_of(titolo, "permesso_art_18_ter"))


class deroga_art_18_solo_lettera_a(Reform):
    """Chi ha un permesso degli artt. 18 o 18-bis deve avere i requisiti economici."""

    name = "I permessi degli artt. 18 e 18-bis derogano alla sola lettera a)"
    author = "openfisca-adi"
    reference = "DL 146/2025, art. 4, conv. L. 179/2025"

    def apply(self):
        """Toglie ai permessi del DL 146/2025, art. 4, la deroga alla lettera b)."""
        self.update_variable(adi_deroga_economica)
