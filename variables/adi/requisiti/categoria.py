"""Chi dà accesso al beneficio: DL 48/2023, art. 2, c. 1."""

from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.variable import Variable


class adi_minorenne(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È minorenne"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period, parameters):
        """Non ha ancora compiuto 18 anni.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        eta = persona("eta", period)
        return (eta >= 0) & (eta < parameters(period).adi.eta.maggiore_eta)


class adi_over_60(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha almeno 60 anni"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period, parameters):
        """Ha compiuto 60 anni.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        return persona("eta", period) >= parameters(period).adi.eta.anziano


class adi_con_disabilita(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha una disabilità ai sensi dell'Allegato 3 del DPCM 159/2013"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 1",
        "DPCM 5 dicembre 2013, n. 159, Allegato 3",
    ]

    def formula_2024(persona, period):
        """Ha una disabilità media o grave o non è autosufficiente, a qualunque età.

        DL 48/2023, art. 2, c. 1; DPCM 159/2013, Allegato 3. Da gennaio 2024.
        """
        classe = persona("disabilita", period)
        return (classe != classe.possible_values.nessuna) & persona("adi_nato", period)


class adi_componente_fragile(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È minorenne, ha almeno 60 anni o una disabilità, o è in condizione di svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(persona, period):
        """Minore, persona di almeno 60 anni, con disabilità o in condizione di svantaggio.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        return (
            persona("adi_minorenne", period)
            | persona("adi_over_60", period)
            | persona("adi_con_disabilita", period)
            | persona("adi_svantaggio_riconosciuto", period)
        )


class adi_componente_per_categoria(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "La sua condizione conta per dare accesso al nucleo"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 1 e 4",
        'Ministero del Lavoro, webinar "La condizione di svantaggio", 28 gennaio 2025',
    ]

    def formula_2024(persona, period):
        """Chi è contato nella scala di equivalenza (I-13).

        DL 48/2023, art. 2, c. 1 e 4. Da gennaio 2024.
        """
        return persona("adi_componente_in_scala", period)


class adi_requisito_categoriale(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Requisito: un componente minorenne, di almeno 60 anni, con disabilità o in svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(nucleo, period):
        """Almeno un componente fragile tra quelli che contano per l'accesso.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        conta = nucleo.members("adi_componente_per_categoria", period)
        return nucleo.any(conta & nucleo.members("adi_componente_fragile", period))
