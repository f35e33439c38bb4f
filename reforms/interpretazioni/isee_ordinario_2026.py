"""L'ISEE ordinario anche dopo il 2025: l'ADI e l'SFL senza l'ISEE speciale della L. 199/2025, art. 1, c. 208 (I-36)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import freeze

ISEE_SPECIALE = (
    "isee.scala_equivalenza.figli",
    "isee.patrimonio.abitazione.franchigia",
    "isee.patrimonio.abitazione.franchigia_capoluogo",
    "isee.patrimonio.abitazione.figli_senza_incremento",
)


class isee_ordinario_2026(Reform):
    """Scala di equivalenza e franchigia per la casa dell'ISEE ferme ai valori del 2025."""

    name = "ISEE ordinario anche dal 2026"
    author = "openfisca-adi"
    reference = "L. 30 dicembre 2025, n. 199, art. 1, c. 208"

    def apply(self):
        """Ferma al 2025 la scala e la franchigia che la L. 199/2025, art. 1, c. 208, ha aumentato da gennaio 2026."""
        self.modify_parameters(lambda parametri: freeze(parametri, ISEE_SPECIALE, "2025-01-01"))
