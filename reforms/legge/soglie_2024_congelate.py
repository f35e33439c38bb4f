"""Le soglie del 2024 anche dopo il 2025: l'ADI senza la L. 207/2024, art. 1, c. 198."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import freeze

SOGLIE = (
    "adi.requisiti.isee.soglia",
    "adi.requisiti.reddito.base",
    "adi.requisiti.reddito.base_67",
    "adi.requisiti.reddito.base_locazione",
    "adi.importo.tetto_locazione",
    "adi.importo.tetto_locazione_67",
)


class soglie_2024_congelate(Reform):
    """Soglie e tetti dell'ADI fermi ai valori del 2024."""

    name = "Soglie del 2024 congelate"
    author = "openfisca-adi"
    reference = "L. 30 dicembre 2024, n. 207, art. 1, c. 198"

    def apply(self):
        """Ferma al 2024 soglie e tetti che la L. 207/2024, art. 1, c. 198, ha aumentato da gennaio 2025."""
        self.modify_parameters(lambda parametri: freeze(parametri, SOGLIE, "2024-01-01"))
