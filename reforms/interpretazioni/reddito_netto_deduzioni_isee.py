"""Il reddito familiare al netto delle deduzioni dell'ISEE: DPCM 159/2013, art. 4, c. 3 e 4 (I-07)."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.reform import Reform
from openfisca_adi.variable import PresumedFact


class reddito_familiare(PresumedFact):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito familiare al netto delle deduzioni dell'ISEE, annuo; se non dato, si calcola"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 2",
        "DPCM 5 dicembre 2013, n. 159, art. 4, c. 3 e 4",
    ]

    def formula_2024(nucleo, period):
        """Come nell'ISR: i redditi di ciascuno meno le sue detrazioni, il reddito figurativo, meno il canone di locazione.

        DPCM 159/2013, art. 4, c. 3 e 4. Il reddito familiare che è dato resta com'è. Da gennaio 2024.
        """
        redditi = nucleo.members("adi_redditi_persona", period)
        netti = (redditi - nucleo.members("isee_detrazioni", period)).clip(min=0)
        reddito = (
            nucleo.sum(netti * nucleo.members("adi_nato", period))
            + nucleo("isee_reddito_figurativo", period)
            - nucleo("isee_detrazione_locazione", period)
        )
        return to_cent(reddito.clip(min=0))


class reddito_netto_deduzioni_isee(Reform):
    """Dal reddito familiare si tolgono spese, franchigie e canone, come dall'ISEE."""

    name = "Il reddito familiare al netto delle deduzioni dell'ISEE"
    author = "openfisca-adi"
    reference = "DPCM 5 dicembre 2013, n. 159, art. 4, c. 3 e 4"

    def apply(self):
        """Applica anche i commi 3 e 4 dell'art. 4, DPCM 159/2013."""
        self.update_variable(reddito_familiare)
