"""La scala di equivalenza dell'ADI: DL 48/2023, art. 2, c. 4."""

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member, first_of_household, place_in_household
from openfisca_adi.money import to_cent
from openfisca_adi.variable import Variable


class carico_cura_dichiarato(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Dichiara i carichi di cura"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]


class percepisce_sfl(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Percepisce nel mese il Supporto per la formazione e il lavoro"
    reference = ["DL 4 maggio 2023, n. 48, art. 12, c. 2"]


class adi_componente_anche_in_struttura(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È contato nella scala, o lo sarebbe se non fosse in una struttura pubblica"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. a), n. 3, e c. 4",
        "DL 4 maggio 2023, n. 48, art. 12, c. 2",
    ]

    def formula_2024(persona, period):
        """Nato, residente senza interruzioni, senza SFL e senza cause ostative.

        DL 48/2023, art. 2, c. 2, lett. a), n. 3, e c. 4, e art. 12, c. 2. Per il richiedente con un permesso in
        deroga la residenza non si guarda. Da gennaio 2024.
        """
        residente = persona("adi_residente_senza_interruzioni", period)
        return (
            persona("adi_nato", period)
            & (residente | persona("adi_richiedente_in_deroga", period))
            & ~persona("percepisce_sfl", period)
            & ~persona("adi_causa_ostativa_penale", period)
        )


class adi_componente_in_scala(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È contato nella scala di equivalenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4 e 5"]

    def formula_2024(persona, period):
        """Chi ha le condizioni per essere contato e non è in una struttura a totale carico pubblico.

        DL 48/2023, art. 2, c. 4 e 5. Da gennaio 2024.
        """
        in_struttura = persona("adi_in_struttura_pubblica", period)
        return persona("adi_componente_anche_in_struttura", period) & ~in_struttura


class adi_adulto_in_scala(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È un adulto contato nella scala di equivalenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """Componente contato che ha compiuto 18 anni.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        return persona("adi_componente_in_scala", period) & ~persona("adi_minorenne", period)


class adi_maggiorazione_condizione(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione per la condizione propria: disabilità, 60 anni, svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """0,50 per la disabilità, 0,40 per chi ha almeno 60 anni, 0,30 per lo svantaggio: una sola, la più alta (I-05).

        DL 48/2023, art. 2, c. 4; per lo svantaggio DM 154/2023. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        maggiorazione = persona("adi_over_60", period) * scala.anziano
        for condizione, valore in (
            ("adi_svantaggio_riconosciuto", scala.svantaggio),
            ("adi_con_disabilita", scala.disabilita),
        ):
            (righe,) = np.nonzero(persona(condizione, period))
            maggiorazione[righe] = np.maximum(maggiorazione[righe], valore)
        return maggiorazione


class adi_titolare_base(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ha il parametro 1 del nucleo e dunque nessuna maggiorazione propria"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """L'adulto con la maggiorazione propria più bassa; a parità chi non ha dichiarato carichi di cura (I-01).

        DL 48/2023, art. 2, c. 4: le maggiorazioni spettano "per ciascun altro componente". Se nessun adulto è
        contato, un minore, prima chi non ha disabilità. Da gennaio 2024.
        """
        adulto = persona("adi_adulto_in_scala", period)
        return first_of_household(
            persona,
            period,
            persona("adi_componente_in_scala", period),
            ~adulto,
            persona("adi_maggiorazione_condizione", period),
            adulto & persona("carico_cura_dichiarato", period),
        )


class adi_prima_infanzia(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Non ha compiuto tre anni"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """Chi il primo giorno del mese non ha ancora tre anni.

        DL 48/2023, art. 2, c. 4: il carico di cura di componenti di età inferiore a tre anni. Da gennaio 2024.
        """
        return persona("eta", period) < parameters(period).adi.eta.prima_infanzia


class adi_carico_cura_possibile(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Nel nucleo può esserci un carico di cura"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """Un componente sotto i tre anni, tre o più minori, o un componente con disabilità, tra quelli contati.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        contato = nucleo.members("adi_componente_in_scala", period)
        bisognoso = nucleo.members("adi_prima_infanzia", period)
        bisognoso = bisognoso | nucleo.members("adi_con_disabilita", period)
        minori = nucleo.sum(contato & nucleo.members("adi_minorenne", period))
        molti_minori = minori >= scala.carico_cura_numero_minori
        return molti_minori | any_member(nucleo, contato & bisognoso)


class adi_candidato_carico_cura(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Può avere il carico di cura del nucleo"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4", "INPS, msg 592/2025"]

    def formula_2024(persona, period, parameters):
        """Un adulto diverso dal titolare della base (I-02) a cui il carico di cura porta di più.

        DL 48/2023, art. 2, c. 4: fino al 2024 solo chi lo dichiara, da gennaio 2025 d'ufficio (INPS,
        msg 592/2025; I-03).
        """
        scala = parameters(period).adi.scala_equivalenza
        adulto = persona("adi_adulto_in_scala", period) & ~persona("adi_titolare_base", period)
        adulto &= persona("adi_maggiorazione_condizione", period) < scala.carico_cura
        if not scala.carico_cura_automatico:
            adulto &= persona("carico_cura_dichiarato", period)
        return adulto & persona.nucleo("adi_carico_cura_possibile", period)


class adi_carico_cura(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È l'adulto a cui è riconosciuto il carico di cura"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4", "INPS, msg 592/2025"]

    def formula_2024(persona, period):
        """Uno solo per nucleo: chi ha la maggiorazione propria più bassa; a parità chi lo ha dichiarato (I-03).

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        return first_of_household(
            persona,
            period,
            persona("adi_candidato_carico_cura", period),
            persona("adi_maggiorazione_condizione", period),
            ~persona("carico_cura_dichiarato", period),
        )


class adi_minore_ordinario(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È un minore contato che occupa un posto nella scala"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period):
        """I minori contati senza disabilità (I-06), escluso chi tiene la base.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        minore = persona("adi_componente_in_scala", period) & persona("adi_minorenne", period)
        minore &= ~persona("adi_con_disabilita", period)
        return minore & ~persona("adi_titolare_base", period)


class adi_maggiorazione_minore(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione per la minore età"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """0,15 per ciascuno dei primi due minori, 0,10 per ogni altro.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        posto = place_in_household(persona, period, persona("adi_minore_ordinario", period))
        maggiorazione = np.full(len(posto), scala.ulteriori_minori)
        maggiorazione[posto <= scala.numero_primi_minori] = scala.primi_minori
        return maggiorazione * (posto > 0)


class adi_maggiorazione_scala(Variable):
    value_type = float
    entity = Persona
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Maggiorazione della scala di equivalenza portata dal componente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(persona, period, parameters):
        """La più alta tra condizione propria, minore età e carico di cura; nessuna a chi tiene la base.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        altro = persona("adi_componente_in_scala", period) & ~persona("adi_titolare_base", period)
        maggiorazione = np.maximum(
            persona("adi_maggiorazione_condizione", period),
            persona("adi_maggiorazione_minore", period),
        )
        carico = persona("adi_carico_cura", period) * scala.carico_cura
        return np.maximum(maggiorazione * altro, carico)


class adi_tetto_scala(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Valore massimo della scala di equivalenza"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """2,20; 2,30 se è contato un componente con disabilità grave o non autosufficiente.

        DL 48/2023, art. 2, c. 4. Da gennaio 2024.
        """
        scala = parameters(period).adi.scala_equivalenza
        contato = nucleo.members("adi_componente_in_scala", period)
        grave = nucleo.members("disabilita_grave_o_non_autosufficienza", period)
        return np.where(
            any_member(nucleo, contato & grave), scala.tetto_disabilita_grave, scala.tetto
        )


class adi_scala_equivalenza(Variable):
    value_type = float
    entity = Nucleo
    definition_period = DateUnit.MONTH
    unit = "/1"
    label = "Scala di equivalenza dell'Assegno di inclusione"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 4"]

    def formula_2024(nucleo, period, parameters):
        """1, più le maggiorazioni dei componenti contati, fino al tetto; 0 se nessuno è contato.

        DL 48/2023, art. 2, c. 4. In centesimi esatti. Da gennaio 2024.
        """
        base = parameters(period).adi.scala_equivalenza.base
        maggiorazioni = nucleo.sum(nucleo.members("adi_maggiorazione_scala", period))
        scala = np.minimum(to_cent(base + maggiorazioni), nucleo("adi_tetto_scala", period))
        return scala * nucleo.any(nucleo.members("adi_componente_in_scala", period))
