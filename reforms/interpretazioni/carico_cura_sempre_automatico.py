"""Il carico di cura d'ufficio anche prima del 2025: DL 48/2023, art. 2, c. 4; INPS, msg 592/2025 (I-03)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import set_from


class carico_cura_sempre_automatico(Reform):
    """La maggiorazione per il carico di cura senza dichiarazione, da gennaio 2024."""

    name = "Il carico di cura d'ufficio anche nel 2024"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 4; INPS, msg 592/2025"

    def apply(self):
        """Porta a gennaio 2024 ciò che l'INPS fa da gennaio 2025 (msg 592/2025)."""
        self.modify_parameters(
            lambda parametri: set_from(
                parametri, "adi.scala_equivalenza.carico_cura_automatico", "2024-01-01", True
            )
        )
