"""Il Reddito di cittadinanza, con i valori del 2023, al posto dell'Assegno di inclusione: DL 4/2019, artt. 2-3."""

from functools import reduce
from pathlib import Path

from openfisca_core.reforms import Reform

from openfisca_adi.reform_tools import freeze, overlay
from openfisca_adi.reforms.proposte.scala_piena.scala_piena import adi_maggiorazione_scala
from openfisca_adi.reforms.proposte.senza_requisito_categoriale import (
    adi_accesso_solo_per_svantaggio,
    adi_requisito_categoriale,
)
from openfisca_adi.reforms.reddito_di_cittadinanza import _importo, _requisiti, _scala

#: L'ISEE speciale del 2026 è soltanto per i benefici elencati dalla L. 199/2025, art. 1, c. 208.
ISEE_SPECIALE = (
    "isee.scala_equivalenza.figli",
    "isee.patrimonio.abitazione.franchigia",
    "isee.patrimonio.abitazione.franchigia_capoluogo",
    "isee.patrimonio.abitazione.figli_senza_incremento",
)

REGOLE = (
    adi_requisito_categoriale,
    adi_accesso_solo_per_svantaggio,
    _requisiti.adi_isee_entro_soglia,
    _requisiti.adi_abitazione_eccedente,
    _requisiti.adi_patrimonio_mobiliare_figli,
    _requisiti.rdc_autoveicolo_nuovo,
    _requisiti.adi_requisito_beni_durevoli,
    _requisiti.adi_requisito_dimissioni,
    _requisiti.adi_requisito_istruzione,
    _scala.adi_componente_anche_in_struttura,
    _scala.adi_maggiorazione_condizione,
    adi_maggiorazione_scala,
    _importo.rdc_quota_mutuo,
    _importo.rdc_somma_quote,
    _importo.adi_beneficio_pieno,
)


class reddito_di_cittadinanza(Reform):
    """Il Reddito di cittadinanza nelle variabili dell'ADI: ``adi_spettante`` è l'importo del Rdc.

    I numeri di ``parameters/`` prendono il posto di quelli dell'ADI con lo stesso percorso; le regole che non
    cambiano (residenza, patrimonio, regime dei 67 anni, minimo) li leggono. Permessi in deroga e SFL, nati con
    l'ADI, non ci sono. Le ipotesi sono in docs/reddito_di_cittadinanza.md.
    """

    name = "Reddito di cittadinanza"
    cartelle = (Path(__file__).parent / "parameters",)

    def apply(self):
        """Sostituisce i numeri e le regole dell'ADI con quelli del DL 4/2019, artt. 2-3."""
        self.modify_parameters(
            lambda parametri: freeze(
                reduce(overlay, self.cartelle, parametri), ISEE_SPECIALE, "2025-01-01"
            )
        )
        for regola in REGOLE:
            self.update_variable(regola)
        self.neutralize_variable("adi_permesso_in_deroga")
        self.neutralize_variable("sfl_requisiti")
