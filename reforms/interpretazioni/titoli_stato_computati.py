"""I titoli di Stato e il risparmio postale contano nel patrimonio dell'ADI: DL 48/2023, art. 2, c. 2, lett. b), n. 4 (I-34)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import freeze

ESCLUSIONE = "adi.requisiti.patrimonio_mobiliare.esclusione_titoli_di_stato"


class titoli_stato_computati(Reform):
    """L'esclusione fino a 50.000 euro del DPCM 13/2025 vale per l'ISEE e non per il patrimonio mobiliare dell'ADI."""

    name = "I titoli di Stato contano nel patrimonio"
    author = "openfisca-adi"
    reference = "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 4; DPCM 14 gennaio 2025, n. 13"

    def apply(self):
        """Ferma al 2024 l'esclusione che il DPCM 13/2025 ha introdotto da maggio 2025."""
        self.modify_parameters(lambda parametri: freeze(parametri, [ESCLUSIONE], "2024-01-01"))
