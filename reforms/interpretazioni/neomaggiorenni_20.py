"""I neomaggiorenni della lettera i) fino al 21° compleanno: DM 154/2023, art. 3, c. 5, lett. i) (I-19)."""

from openfisca_core.reforms import Reform

from openfisca_adi.reform_tools import with_own_parameters


class neomaggiorenni_20(Reform):
    """La lettera i), "tra 18 e 21 anni", vale fino al giorno prima del 21° compleanno."""

    name = "Neomaggiorenni fino a 20 anni"

    def apply(self):
        """Abbassa l'età massima del DM 154/2023, art. 3, c. 5, lett. i)."""
        self.modify_parameters(lambda parametri: with_own_parameters(parametri, __file__))
