"""La scala di equivalenza dell'ISEE: DPCM 159/2013, Allegato 1."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.money import to_cent
from openfisca_adi.variable import PresumedFact, Variable


class figlio_nel_nucleo(PresumedFact):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È figlio, di qualunque età, nel nucleo; se non detto, chi è minorenne"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 1"]

    def formula_2024(persona, period):
        """Se non è detto altro si presume figlio ogni minorenne (I-43).

        DPCM 159/2013, Allegato 1. Da gennaio 2024.
        """
        return persona("adi_minorenne", period)


class ha_lavorato_sei_mesi(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha svolto attività di lavoro per almeno sei mesi nell'anno dei redditi"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 1"]


class isee_numero_figli(Variable):
    value_type = int
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "person"
    label = "Numero di figli nel nucleo"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 1"]

    def formula_2024(nucleo, period):
        """I figli già nati, di qualunque età (I-43).

        DPCM 159/2013, Allegato 1. Da gennaio 2024.
        """
        nato = nucleo.members("adi_nato", period)
        return nucleo.sum(nato & nucleo.members("figlio_nel_nucleo", period))


class isee_figlio_piccolo(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha l'età di un figlio piccolo: meno di tre anni"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 1"]

    def formula_2024(persona, period, parameters):
        """Chi il primo giorno del mese non ha ancora tre anni.

        DPCM 159/2013, Allegato 1, lett. b). Da gennaio 2024.
        """
        return persona("eta", period) < parameters(period).isee.scala_equivalenza.eta_figlio_piccolo


class isee_maggiorazione_figli_minori(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione per figli minori di genitori che lavorano o di un genitore solo"
    reference = ["DPCM 5 dicembre 2013, n. 159, Allegato 1"]

    def formula_2024(nucleo, period, parameters):
        """0,20 con figli minori, 0,30 con un figlio sotto i tre anni, se tutti i genitori hanno lavorato sei mesi.

        DPCM 159/2013, Allegato 1, lett. b) e c). Spetta anche al nucleo di un genitore solo e di figli minori,
        lavori o no. Genitori sono gli adulti che non sono figli nel nucleo. Da gennaio 2024.
        """
        scala = parameters(period).isee.scala_equivalenza
        nato = nucleo.members("adi_nato", period)
        minore = nucleo.members("adi_minorenne", period)
        figlio = nucleo.members("figlio_nel_nucleo", period)
        genitore = nato & ~minore & ~figlio
        lavora = nucleo.members("ha_lavorato_sei_mesi", period)

        figli_minori = nucleo.sum(figlio & minore)
        genitori = nucleo.sum(genitore)
        tutti_lavorano = (genitori > 0) & ~nucleo.any(genitore & ~lavora)
        genitore_solo = (genitori == 1) & (nucleo.sum(nato) == 1 + figli_minori)

        piccolo = figlio & minore & nucleo.members("isee_figlio_piccolo", period)
        maggiorazione = np.where(
            nucleo.any(piccolo),
            scala.genitori_lavoratori_figlio_piccolo,
            scala.genitori_lavoratori,
        )
        return maggiorazione * ((figli_minori > 0) & (tutti_lavorano | genitore_solo))


class isee_scala_equivalenza(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Scala di equivalenza dell'ISEE"
    reference = [
        "DPCM 5 dicembre 2013, n. 159, Allegato 1",
        "L. 30 dicembre 2025, n. 199, art. 1, c. 208",
    ]

    def formula_2024(nucleo, period, parameters):
        """Il parametro per il numero di componenti, più le maggiorazioni per i figli e per la disabilità.

        DPCM 159/2013, Allegato 1; dal 2026 le maggiorazioni per i figli sono quelle della L. 199/2025, art. 1,
        c. 208. Da gennaio 2024.
        """
        scala = parameters(period).isee.scala_equivalenza
        componenti = nucleo.sum(nucleo.members("adi_nato", period)).astype(np.int64)
        con_disabilita = nucleo.sum(nucleo.members("adi_con_disabilita", period))
        per_componenti = np.array([0.0, *scala.componenti])
        per_figli = np.array([0.0, *scala.figli])
        tabellati = len(scala.componenti)
        figli = nucleo("isee_numero_figli", period).clip(max=len(scala.figli))
        return to_cent(
            per_componenti[componenti.clip(max=tabellati)]
            + scala.ulteriore_componente * (componenti - tabellati).clip(min=0)
            + per_figli[figli]
            + nucleo("isee_maggiorazione_figli_minori", period)
            + scala.disabilita * con_disabilita
        )
