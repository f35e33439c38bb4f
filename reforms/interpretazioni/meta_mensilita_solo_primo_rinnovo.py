"""La prima mensilità è dimezzata solo nel primo rinnovo: L. 199/2025, art. 1, c. 158 (I-12)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import freeze

QUOTA = "adi.procedura.rinnovo.quota_prima_mensilita_successivi"


class meta_mensilita_solo_primo_rinnovo(Reform):
    """I rinnovi dopo il primo hanno intera anche la prima mensilità."""

    name = "Metà della prima mensilità solo al primo rinnovo"
    author = "openfisca-adi"
    reference = "L. 30 dicembre 2025, n. 199, art. 1, c. 158"

    def apply(self):
        """Ferma al 2025 la quota dei rinnovi successivi, di cui la L. 199/2025, art. 1, c. 158, non parla."""
        self.modify_parameters(lambda parametri: freeze(parametri, [QUOTA], "2025-01-01"))
