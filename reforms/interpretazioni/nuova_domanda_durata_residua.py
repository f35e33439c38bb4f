"""Dopo una decadenza la nuova domanda riprende le mensilità che restavano: DL 48/2023, art. 3, c. 2 (I-30)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import set_from


class nuova_domanda_durata_residua(Reform):
    """La nuova domanda continua il vecchio periodo: la mensilità dopo l'ultima consumata, fino alla sua durata.

    Chi non ha mai avuto un periodo, o ha consumato tutto l'ultimo, ha la durata intera.
    """

    name = "La nuova domanda ha le mensilità residue"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 3, c. 2"

    def apply(self):
        """Toglie la durata intera della nuova domanda: DL 48/2023, art. 3, c. 2."""
        self.modify_parameters(
            lambda parametri: set_from(
                parametri, "adi.procedura.domande.durata_intera", "2024-01-01", False
            )
        )
