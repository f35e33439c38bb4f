"""L'importo: integrazione del reddito (quota A) e contributo per l'affitto (quota B). DL 48/2023, art. 3."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import MONTHS_IN_A_YEAR
from openfisca_adi.entities import Nucleo
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class adi_soglia_beneficio(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Reddito fino al quale la quota A integra, scala compresa"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]

    def formula_2024(nucleo, period):
        """Il reddito di riferimento moltiplicato per la scala di equivalenza.

        DL 48/2023, art. 3, c. 1. Da gennaio 2024.
        """
        scala = nucleo("adi_scala_equivalenza", period)
        return to_cent(nucleo("adi_base_reddito", period) * scala)


class adi_quota_integrazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Quota A: integrazione del reddito familiare, annua"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]

    def formula_2024(nucleo, period):
        """Quanto manca al reddito familiare per arrivare alla soglia del beneficio.

        DL 48/2023, art. 3, c. 1. Calcolata anche se mancano i requisiti. Da gennaio 2024.
        """
        soglia = nucleo("adi_soglia_beneficio", period)
        return to_cent((soglia - nucleo("adi_reddito_familiare", period)).clip(min=0))


class adi_tetto_locazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Contributo annuo massimo per l'affitto"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 3, c. 1",
        "L. 30 dicembre 2024, n. 207, art. 1, c. 198",
    ]

    def formula_2024(nucleo, period, parameters):
        """3.360 euro (3.640 dal 2025), o 1.800 (1.950) per i nuclei di over 67; non si moltiplica per la scala.

        DL 48/2023, art. 3, c. 1; L. 207/2024, art. 1, c. 198.
        """
        importo = parameters(period).adi.importo
        over_67 = nucleo("adi_nucleo_67", period)
        return np.where(over_67, importo.tetto_locazione_67, importo.tetto_locazione)


class adi_quota_locazione(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Quota B: contributo per l'affitto della casa di abitazione, annuo"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1"]

    def formula_2024(nucleo, period):
        """Il canone annuo di un contratto registrato, fino al tetto; il reddito non lo riduce.

        DL 48/2023, art. 3, c. 1. Calcolata anche se mancano i requisiti. Da gennaio 2024.
        """
        tetto = nucleo("adi_tetto_locazione", period)
        canone = np.minimum(nucleo("canone_locazione_annuo", period), tetto)
        return to_cent(canone * nucleo("contratto_locazione_registrato", period))


class adi_beneficio_minimo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Importo annuo sotto il quale il beneficio non scende"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """480 euro annui, anche se spetta la sola quota B (I-04).

        DL 48/2023, art. 3, c. 4. Da gennaio 2024.
        """
        return nucleo.filled_array(parameters(period).adi.importo.minimo_annuo)


class adi_beneficio_pieno(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Beneficio annuo di chi ha i requisiti: quota A e quota B, non meno del minimo"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1-4"]

    def formula_2024(nucleo, period):
        """La somma delle due quote, non meno del minimo.

        DL 48/2023, art. 3, c. 1-4. Calcolato anche se mancano i requisiti. Da gennaio 2024.
        """
        quote = nucleo("adi_quota_integrazione", period) + nucleo("adi_quota_locazione", period)
        return to_cent(np.maximum(quote, nucleo("adi_beneficio_minimo", period)))


class adi_beneficio_annuo(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Beneficio annuo: quota A e quota B, non meno del minimo; 0 senza i requisiti"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 1-4"]

    def formula_2024(nucleo, period):
        """Il beneficio, se il nucleo ha i requisiti.

        DL 48/2023, art. 3, c. 1-4. Da gennaio 2024.
        """
        return nucleo("adi_beneficio_pieno", period) * nucleo("adi_requisiti", period)


class adi_spettante(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = "Assegno di inclusione che spetta per il mese"
    reference = ["DL 4 maggio 2023, n. 48, art. 3"]

    def formula_2024(nucleo, period):
        """Un dodicesimo del beneficio annuo, arrotondato al centesimo (I-16).

        DL 48/2023, art. 3. Da gennaio 2024; non dipende dalle date della procedura.
        """
        return to_cent(nucleo("adi_beneficio_annuo", period) / MONTHS_IN_A_YEAR)


class adi_spettante_con_isee_valido(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "currency-EUR"
    label = (
        "Assegno di inclusione che spetta per il mese, se l'ISEE si considera in corso di validità"
    )
    reference = ["DL 4 maggio 2023, n. 48, art. 3"]

    def formula_2024(nucleo, period):
        """Come adi_spettante, con l'ISEE preso per valido: durante un periodo l'ISEE scaduto sospende soltanto (I-46).

        DL 48/2023, art. 3. Da gennaio 2024.
        """
        mensile = to_cent(nucleo("adi_beneficio_pieno", period) / MONTHS_IN_A_YEAR)
        return mensile * nucleo("adi_requisiti_con_isee_valido", period)
