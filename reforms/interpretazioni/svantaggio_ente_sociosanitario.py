"""Le lettere d) ed e) prese in carico dai servizi sanitari, la e) da un centro antiviolenza: DM 154/2023, art. 3, c. 5 (I-21)."""

from openfisca_core.reforms import Reform

from openfisca_adi.reform_tools import with_own_parameters


class svantaggio_ente_sociosanitario(Reform):
    """Per la presa in carico vale l'elenco dell'art. 3, c. 5, e non la matrice del webinar."""

    name = "Lettere d) ed e) anche in carico ai servizi sanitari"

    def apply(self):
        """Aggiunge alla matrice gli enti che l'elenco del DM 154/2023, art. 3, c. 5, nomina."""
        self.modify_parameters(lambda parametri: with_own_parameters(parametri, __file__))
