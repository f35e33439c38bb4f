"""Il riconoscimento dello svantaggio e ciò che vale per il nucleo: DL 48/2023, art. 2, c. 1 e 4; DM 154/2023."""

import numpy as np
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit

from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import any_member, one_of
from openfisca_adi.variable import Variable


class adi_svantaggio_riconosciuto(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Condizione di svantaggio riconosciuta ed efficace nel mese"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 1",
        "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, e art. 4, c. 7",
    ]

    def formula_2024(persona, period):
        """Chi può dichiararla, con i documenti in regola e nessun esito negativo; senza categoria, chi è accertato.

        DL 48/2023, art. 2, c. 1; DM 154/2023, art. 3, c. 5, e art. 4, c. 7. Se è data la categoria decidono i
        documenti, e svantaggio_accertato non conta. Da gennaio 2024.
        """
        documentato = (
            persona("adi_svantaggio_enti_competenti", period)
            & persona("adi_svantaggio_condizione", period)
            & persona("adi_svantaggio_certificato", period)
            & persona("adi_svantaggio_programma_precedente", period)
            & persona("adi_svantaggio_programma_in_corso", period)
            & ~one_of(persona("adi_svantaggio_esito", period), "negativo")
        )
        dichiarato = persona("adi_svantaggio_dichiarato", period)
        accertato = persona("svantaggio_accertato", period) & ~dichiarato
        return (documentato | accertato) & persona("adi_svantaggio_dichiarabile", period)


class MotivoSvantaggio(Enum):
    __order__ = (
        "non_dichiarato riconosciuto non_dichiarabile ente_non_competente condizione_mancante "
        "certificazione_mancante presa_in_carico_non_precedente programma_non_in_corso esito_negativo"
    )
    non_dichiarato = "Non è dichiarata una condizione di svantaggio"
    riconosciuto = "Riconosciuto"
    non_dichiarabile = "Minori, persone di almeno 60 anni o con disabilità non la dichiarano"
    ente_non_competente = "Un ente che certifica non è competente per la categoria"
    condizione_mancante = "Non ricorrono le condizioni proprie della categoria"
    certificazione_mancante = "L'attestazione manca, segue la domanda o è senza l'Allegato 1B"
    presa_in_carico_non_precedente = "La presa in carico manca o non precede la domanda"
    programma_non_in_corso = "Il programma non è cominciato o è finito"
    esito_negativo = "La verifica ha avuto esito negativo"


class adi_svantaggio_motivo(Variable):
    value_type = Enum
    possible_values = MotivoSvantaggio
    default_value = MotivoSvantaggio.non_dichiarato
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Perché lo svantaggio è o non è riconosciuto"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 2, c. 1",
        "DM Lavoro 13 dicembre 2023, n. 154, art. 3, c. 5, e art. 4, c. 7",
    ]

    def formula_2024(persona, period):
        """Il primo ostacolo al riconoscimento, nell'ordine in cui i documenti si esaminano.

        DL 48/2023, art. 2, c. 1; DM 154/2023, art. 3, c. 5, e art. 4, c. 7. Da gennaio 2024.
        """
        dichiarato = persona("adi_svantaggio_dichiarato", period)
        ostacoli = {
            "non_dichiarato": ~dichiarato & ~persona("svantaggio_accertato", period),
            "non_dichiarabile": ~persona("adi_svantaggio_dichiarabile", period),
            "riconosciuto": persona("adi_svantaggio_riconosciuto", period),
            "ente_non_competente": ~persona("adi_svantaggio_enti_competenti", period),
            "condizione_mancante": ~persona("adi_svantaggio_condizione", period),
            "certificazione_mancante": ~persona("adi_svantaggio_certificato", period),
            "presa_in_carico_non_precedente": ~persona(
                "adi_svantaggio_programma_precedente", period
            ),
            "programma_non_in_corso": ~persona("adi_svantaggio_programma_in_corso", period),
        }
        motivi = [MotivoSvantaggio[nome].index for nome in ostacoli]
        motivo = np.select(
            list(ostacoli.values()), motivi, default=MotivoSvantaggio.esito_negativo.index
        )
        return EnumArray(motivo.astype(np.int16), MotivoSvantaggio)


class EffettoSvantaggio(Enum):
    __order__ = "nessuno maggiorazione accesso accesso_e_maggiorazione"
    nessuno = "Nessun effetto: l'accesso c'è già e la persona non porta maggiorazioni"
    maggiorazione = "Porta la sua maggiorazione nella scala (che può essere già al tetto)"
    accesso = "Dà accesso al beneficio"
    accesso_e_maggiorazione = "Dà accesso al beneficio e porta la sua maggiorazione nella scala"


class adi_accesso_solo_per_svantaggio(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Il nucleo ha accesso soltanto per una condizione di svantaggio"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1"]

    def formula_2024(nucleo, period):
        """Nessun componente contato è minorenne, di almeno 60 anni o con disabilità; uno è in svantaggio.

        DL 48/2023, art. 2, c. 1. Da gennaio 2024.
        """
        contato = nucleo.members("adi_componente_per_categoria", period)
        svantaggio = nucleo.members("adi_svantaggio_riconosciuto", period)
        fragile = nucleo.members("adi_componente_fragile", period)
        altro_fragile = nucleo.any(contato & fragile & ~svantaggio)
        return any_member(nucleo, contato & svantaggio) & ~altro_fragile


class adi_svantaggio_effetto(Variable):
    value_type = Enum
    possible_values = EffettoSvantaggio
    default_value = EffettoSvantaggio.nessuno
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Che cosa vale per il nucleo lo svantaggio riconosciuto del componente"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 1 e 4"]

    def formula_2024(persona, period):
        """Accesso, se nessun altro lo dà; maggiorazione, se non tiene la base e non ha già il carico di cura.

        DL 48/2023, art. 2, c. 1 e 4: con un solo adulto accanto ai componenti fragili la dichiarazione non
        cambia nulla. Da gennaio 2024.
        """
        riconosciuto = persona("adi_svantaggio_riconosciuto", period)
        accesso = riconosciuto & persona("adi_componente_per_categoria", period)
        accesso &= persona.nucleo("adi_accesso_solo_per_svantaggio", period)
        altra = persona("adi_titolare_base", period) | persona("adi_carico_cura", period)
        maggiorazione = riconosciuto & persona("adi_componente_in_scala", period) & ~altra
        effetto = np.select(
            [accesso & maggiorazione, accesso, maggiorazione],
            [
                EffettoSvantaggio.accesso_e_maggiorazione.index,
                EffettoSvantaggio.accesso.index,
                EffettoSvantaggio.maggiorazione.index,
            ],
            default=EffettoSvantaggio.nessuno.index,
        )
        return EnumArray(effetto.astype(np.int16), EffettoSvantaggio)
