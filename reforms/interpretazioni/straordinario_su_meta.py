"""Il contributo straordinario sull'importo dimezzato della prima mensilità: L. 199/2025, art. 1, c. 159 (I-31)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import set_from


class straordinario_su_meta(Reform):
    """Se la prima mensilità del rinnovo è dimezzata, anche il contributo straordinario si calcola sulla metà."""

    name = "Contributo straordinario sulla mensilità dimezzata"
    author = "openfisca-adi"
    reference = "L. 30 dicembre 2025, n. 199, art. 1, c. 159"

    def apply(self):
        """Cambia la base del contributo del DL 92/2025, art. 10-ter."""
        self.modify_parameters(
            lambda parametri: set_from(
                parametri,
                "adi.procedura.contributo_straordinario.su_importo_intero",
                "2024-01-01",
                False,
            )
        )
