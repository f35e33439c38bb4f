"""Le mensilità sospese per un termine mancato sono perdute: DL 48/2023, art. 4, c. 4 e 5 (I-26)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import set_from


class senza_arretrati(Reform):
    """Chi rispetta in ritardo un termine è pagato da allora, senza i mesi sospesi.

    I mesi in attesa di un ISEE rinnovato (I-46) o dell'esito della verifica (I-25) si recuperano come nella legge.
    """

    name = "Senza arretrati dei mesi sospesi"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 4, c. 4 e 5"

    def apply(self):
        """Toglie il recupero che INPS, msg 2132/2024, ammette."""
        self.modify_parameters(
            lambda parametri: set_from(parametri, "adi.procedura.arretrati", "2024-01-01", False)
        )
