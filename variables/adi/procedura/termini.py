"""I termini del percorso e del lavoro avviato, chi vi è tenuto, le sospensioni: DL 48/2023, art. 4, c. 4 e 5.

Anche il termine per comunicare il lavoro (art. 3, c. 5) e le sospensioni per l'ISEE scaduto (art. 2) e per la
verifica dello svantaggio (DM 154/2023, art. 4, c. 7).
"""

from datetime import date

import numpy as np
from openfisca_core.periods import DateUnit

from openfisca_adi.dates import DAY, NEVER, add_days, first_day
from openfisca_adi.entities import Nucleo, Persona
from openfisca_adi.members import Rows, any_member
from openfisca_adi.variable import Variable


class adi_ultima_presentazione_servizi_sociali(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultima presentazione ai servizi sociali registrata entro il giorno utile del mese; se non data, il termine non corre"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]


class adi_ultima_presentazione_cpi(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultima presentazione al centro per l'impiego registrata entro il giorno utile del mese; se non data, il termine non corre"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]


class adi_data_avvio_cpi(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Avvio al centro per l'impiego"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]


class adi_data_psp(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.ETERNITY
    label = "Sottoscrizione del patto di servizio personalizzato"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]


class adi_scadenza_primo_appuntamento(Variable):
    value_type = date
    entity = Nucleo
    definition_period = DateUnit.ETERNITY
    label = "Ultimo giorno per il primo appuntamento con i servizi sociali, dopo la prima domanda"
    reference = [
        "DL 4 maggio 2023, n. 48, art. 4, c. 4",
        "Ministero del Lavoro, nota 6062/2024",
        "INPS, msg 2132/2024",
    ]

    def formula(nucleo, period, parameters):
        """120 giorni dal patto di attivazione digitale.

        DL 48/2023, art. 4, c. 4. Per le domande fino al 29 febbraio 2024 dall'invio al Comune o, se non è noto,
        dal più tardo tra il patto e il 26 gennaio 2024 (nota 6062/2024; msg 2132/2024). I parametri sono quelli
        dell'entrata in vigore.
        """
        termine = parameters("2024-01-01").adi.procedura.primo_appuntamento
        patto = nucleo("adi_data_pad", period)
        comunicazione = nucleo("adi_data_comunicazione_comune", period)
        primo_invio = np.datetime64(termine.primo_flusso.comunicazione)
        invio = np.where(comunicazione == NEVER, np.maximum(patto, primo_invio), comunicazione)
        ultima_domanda = np.datetime64(termine.primo_flusso.ultima_domanda)
        primo_flusso = nucleo("adi_data_prima_domanda", period) <= ultima_domanda
        return add_days(np.where(primo_flusso, invio, patto), termine.giorni)


class adi_inizio_termine_servizi_sociali(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Giorno da cui corrono i 90 giorni per ripresentarsi ai servizi sociali"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]

    def formula_2024(persona, period):
        """L'ultima presentazione; se non è data il termine non corre (I-28).

        DL 48/2023, art. 4, c. 4. Da gennaio 2024.
        """
        return persona("adi_ultima_presentazione_servizi_sociali", period)


class adi_inizio_termine_cpi(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Giorno da cui corrono i 90 giorni per ripresentarsi al centro per l'impiego"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period):
        """L'ultima presentazione; se non è data il termine non corre (I-28).

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        return persona("adi_ultima_presentazione_cpi", period)


class adi_scadenza_servizi_sociali(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per ripresentarsi ai servizi sociali o al patronato"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]

    def formula_2024(persona, period, parameters):
        """90 giorni dall'ultima presentazione.

        DL 48/2023, art. 4, c. 4. Da gennaio 2024.
        """
        giorni = parameters(period).adi.procedura.servizi_sociali.giorni
        return add_days(persona("adi_inizio_termine_servizi_sociali", period), giorni)


class adi_scadenza_cpi(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per ripresentarsi al centro per l'impiego"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period, parameters):
        """90 giorni dall'ultima presentazione.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        giorni = parameters(period).adi.procedura.cpi.giorni
        return add_days(persona("adi_inizio_termine_cpi", period), giorni)


class adi_scadenza_psp(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per sottoscrivere il patto di servizio personalizzato"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(persona, period, parameters):
        """60 giorni dall'avvio al centro per l'impiego.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        giorni = parameters(period).adi.procedura.psp.giorni
        return add_days(persona("adi_data_avvio_cpi", period), giorni)


class adi_esonerato_per_eta_o_disabilita(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Per età o disabilità non è tenuto a presentarsi periodicamente ai servizi sociali"
    reference = ["Ministero del Lavoro, nota 12607/2024"]

    def formula_2024(persona, period, parameters):
        """Persone di almeno 60 anni o con disabilità, se non restano le sole adulte accanto a minori di 6-15 anni.

        Ministero del Lavoro, nota 12607/2024: l'esonero cade se nel nucleo ci sono minori di quell'età e nessun
        altro adulto non esonerato. Da gennaio 2024.
        """
        minori = parameters(period).adi.procedura.servizi_sociali
        eta = persona("eta", period)
        esonerato = persona("adi_over_60", period) | persona("adi_con_disabilita", period)
        adulto = persona("adi_nato", period) & ~persona("adi_minorenne", period)
        in_eta_scolare = (minori.eta_minima_minori <= eta) & (eta <= minori.eta_massima_minori)
        altro_adulto = persona.nucleo.any(adulto & ~esonerato)
        return esonerato & (altro_adulto | ~persona.nucleo.any(in_eta_scolare))


class adi_tenuto_servizi_sociali(Variable):
    value_type = bool
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "È tenuto a presentarsi periodicamente ai servizi sociali"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4", "Ministero del Lavoro, nota 12607/2024"]

    def formula_2024(persona, period):
        """Gli adulti del nucleo non avviati al centro per l'impiego, salvo gli esonerati e chi è in protezione.

        DL 48/2023, art. 4, c. 4; nota 12607/2024. Contano anche gli adulti fuori dalla scala. Da gennaio 2024.
        """
        adulto = persona("adi_nato", period) & ~persona("adi_minorenne", period)
        return (
            adulto
            & ~persona("adi_avviato_cpi", period)
            & ~persona("adi_esonerato_per_eta_o_disabilita", period)
            & ~persona("percorso_protezione_violenza", period)
        )


class adi_sospeso_servizi_sociali(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Un componente non si è ripresentato in tempo ai servizi sociali"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 4"]

    def formula_2024(nucleo, period):
        """Il beneficio è sospeso dal mese dopo la scadenza di chi è tenuto a presentarsi.

        DL 48/2023, art. 4, c. 4. Da gennaio 2024.
        """
        scaduto = nucleo.members("adi_scadenza_servizi_sociali", period) < first_day(period)
        return any_member(nucleo, scaduto & nucleo.members("adi_tenuto_servizi_sociali", period))


class adi_sospeso_psp(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Un componente non ha sottoscritto in tempo il patto di servizio personalizzato"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5", "INPS, msg 2132/2024"]

    def formula_2024(nucleo, period, parameters):
        """Sospeso dal mese dopo la scadenza, finché il patto non è registrato entro il 20 del mese (I-27).

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        scadenza = nucleo.members("adi_scadenza_psp", period)
        patto = nucleo.members("adi_data_psp", period)
        giorno_utile = first_day(period) + (parameters(period).adi.procedura.giorno_utile - 1) * DAY
        tardivo = (patto > scadenza) & (patto > giorno_utile)
        scaduto = (scadenza < first_day(period)) & tardivo
        return any_member(nucleo, scaduto & nucleo.members("adi_avviato_cpi", period))


class adi_sospeso_cpi(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "Un componente non si è ripresentato in tempo al centro per l'impiego"
    reference = ["DL 4 maggio 2023, n. 48, art. 4, c. 5"]

    def formula_2024(nucleo, period):
        """Il beneficio è sospeso dal mese dopo la scadenza di chi è avviato al centro per l'impiego.

        DL 48/2023, art. 4, c. 5. Da gennaio 2024.
        """
        scaduto = nucleo.members("adi_scadenza_cpi", period) < first_day(period)
        return any_member(nucleo, scaduto & nucleo.members("adi_avviato_cpi", period))


class adi_sospeso_isee(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "L'ISEE non è stato rinnovato"
    reference = ["DL 4 maggio 2023, n. 48, art. 2, c. 2, lett. b), n. 1"]

    def formula_2024(nucleo, period):
        """Durante un periodo l'ISEE scaduto sospende; non conta per chi ha un permesso in deroga (I-46).

        DL 48/2023, art. 2, c. 2, lett. b), n. 1; prassi INPS. Da gennaio 2024.
        """
        valido = nucleo("isee_in_corso_di_validita", period)
        return ~valido & ~nucleo("adi_deroga_economica", period)


class adi_sospeso_verifica_svantaggio(Variable):
    value_type = bool
    entity = Nucleo
    definition_period = DateUnit.MONTH
    label = "L'accesso dipende da uno svantaggio la cui verifica è ancora in corso"
    reference = ["DM Lavoro 13 dicembre 2023, n. 154, art. 4, c. 7", "INPS, msg 1816/2024"]

    def formula_2024(nucleo, period):
        """L'accesso si regge solo sullo svantaggio, e per tutti la verifica comunicata è in corso (I-25).

        DM 154/2023, art. 4, c. 7; INPS, msg 1816/2024. Da gennaio 2024.
        """
        esito = nucleo.members("adi_svantaggio_esito", period)
        comunicata = nucleo.members("svantaggio_verifica_comunicazione", period) != NEVER
        in_corso = (esito == esito.possible_values.in_corso) & comunicata
        contato = nucleo.members("adi_componente_per_categoria", period)
        svantaggio = nucleo.members("adi_svantaggio_riconosciuto", period)
        verificato = any_member(nucleo, contato & svantaggio & ~in_corso)
        return nucleo("adi_accesso_solo_per_svantaggio", period) & ~verificato


class adi_termine_comunicazione_lavoro(Variable):
    value_type = date
    entity = Persona
    definition_period = DateUnit.MONTH
    label = "Ultimo giorno per comunicare il lavoro avviato"
    reference = ["DL 4 maggio 2023, n. 48, art. 3, c. 5", "INPS, msg 3624/2024"]

    def formula_2024(persona, period, parameters):
        """30 giorni dall'inizio del lavoro.

        DL 48/2023, art. 3, c. 5. Da gennaio 2024.
        """
        giorni = parameters(period).adi.procedura.lavoro.giorni_comunicazione
        lavoratori = Rows(persona, period, persona("lavoro_intrapreso_data", period) != NEVER)
        termine = add_days(lavoratori("lavoro_intrapreso_data"), giorni)
        return lavoratori.spread(termine, elsewhere=NEVER)
