"""Le lettere d) ed e) prese in carico dai servizi sanitari, la e) da un centro antiviolenza: DM 154/2023, art. 3, c. 5 (I-21)."""

from openfisca_adi.reform import Reform
from openfisca_adi.reform_tools import set_from

PRESA_IN_CARICO = "adi.svantaggio.enti.presa_in_carico"
ENTI_DELL_ELENCO = {
    "d": ["servizi_sociali_territoriali", "servizi_sanitari_sociosanitari"],
    "e": ["servizi_sociali_territoriali", "servizi_sanitari_sociosanitari", "centro_antiviolenza"],
}


def elenco(parametri):
    """La presa in carico delle lettere d) ed e) secondo l'elenco."""
    for lettera, enti in ENTI_DELL_ELENCO.items():
        set_from(parametri, f"{PRESA_IN_CARICO}.{lettera}", "2024-01-01", enti)
    return parametri


class svantaggio_ente_sociosanitario(Reform):
    """Per la presa in carico vale l'elenco dell'art. 3, c. 5, e non la matrice del webinar."""

    name = "Lettere d) ed e) anche in carico ai servizi sanitari"
    author = "openfisca-adi"
    reference = "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5"

    def apply(self):
        """Aggiunge alla matrice gli enti che l'elenco del DM 154/2023, art. 3, c. 5, nomina."""
        self.modify_parameters(elenco)
