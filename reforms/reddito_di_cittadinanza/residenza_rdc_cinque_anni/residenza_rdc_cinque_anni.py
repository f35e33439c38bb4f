"""Il Reddito di cittadinanza con cinque anni di residenza: Corte costituzionale, sentenza n. 31 del 2025."""

from pathlib import Path

from openfisca_adi.reforms.reddito_di_cittadinanza.reddito_di_cittadinanza import (
    reddito_di_cittadinanza,
)


class residenza_rdc_cinque_anni(reddito_di_cittadinanza):
    """Cinque anni di residenza in luogo di dieci, gli ultimi due continuativi."""

    name = "Reddito di cittadinanza, cinque anni di residenza"
    cartelle = (*reddito_di_cittadinanza.cartelle, Path(__file__).parent / "parameters")
