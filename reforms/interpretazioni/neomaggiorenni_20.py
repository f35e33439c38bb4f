"""I neomaggiorenni della lettera i) fino al 21° compleanno: DM 154/2023, art. 3, c. 5, lett. i) (I-19)."""

from openfisca_adi.reform import Reform


def limite_escluso(parametri):
    """L'ultimo anno di età che la legge ammette non è più compreso."""
    eta_massima = parametri.adi.svantaggio.eta_massima_neomaggiorenni
    eta_massima.update(start="2024-01-01", value=eta_massima("2024-01-01") - 1)
    return parametri


class neomaggiorenni_20(Reform):
    """La lettera i), "tra 18 e 21 anni", vale fino al giorno prima del 21° compleanno."""

    name = "Neomaggiorenni fino a 20 anni"
    author = "openfisca-adi"
    reference = "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, lett. i)"

    def apply(self):
        """Legge "21 anni" del DM 154/2023, art. 3, c. 5, lett. i), come un limite escluso."""
        self.modify_parameters(limite_escluso)
