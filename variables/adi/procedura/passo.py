"""Un mese della procedura: dallo stato del mese prima a quello del mese. DL 48/2023, artt. 3, 4, 8 e 9.

La procedura si legge dall'alto in basso, come la percorre l'INPS: finisce il periodo, si apre il prossimo,
si decade, si paga. Ogni funzione guarda un mese e tutti i nuclei che hanno un patto di attivazione
digitale: un array per ogni fatto, un elemento per nucleo.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
from openfisca_core.indexed_enums import Enum

from openfisca_adi.dates import (
    DAY,
    LONG_AGO,
    MONTH,
    NEVER,
    add_days,
    add_months,
    by_month,
    first_day,
    last_day,
    last_of_month,
    month_of,
)
from openfisca_adi.members import Rows
from openfisca_adi.money import to_cent
from openfisca_adi.variables.adi.procedura.serie import RINNOVI, serie_domande

MAI = month_of(NEVER)
PRIMO_PERIODO, PRIMO_RINNOVO = 1, 2


class MotivoMese(Enum):
    """Perché il mese è pagato, sospeso o senza beneficio."""

    __order__ = (
        "senza_patto in_attesa pagato pagato_con_arretrati mese_senza_beneficio periodo_finito domanda_senza_effetto "
        "sospeso_lavoro_breve sospeso_impedimento sospeso_primo_appuntamento sospeso_servizi_sociali sospeso_psp "
        "sospeso_cpi sospeso_lavoro_non_comunicato sospeso_isee sospeso_verifica_svantaggio decaduto_evento "
        "decaduto_lavoro_non_comunicato decaduto_requisiti"
    )
    senza_patto = "Nessun patto di attivazione digitale"
    in_attesa = "In attesa della decorrenza"
    pagato = "Pagato"
    pagato_con_arretrati = "Pagato, con gli arretrati"
    mese_senza_beneficio = "Mese senza beneficio prima del rinnovo"
    periodo_finito = "Periodo finito, nessun rinnovo in corso"
    domanda_senza_effetto = "Domanda respinta o senza effetto"
    sospeso_lavoro_breve = (
        "Sospeso: lavoro da uno a sei mesi (riprende quando finisce; il mese non si consuma)"
    )
    sospeso_impedimento = "Sospeso: struttura pubblica, istruzione o misura cautelare (riprende quando finisce, senza arretrati)"
    sospeso_primo_appuntamento = (
        "Sospeso: primo appuntamento con i servizi sociali non tenuto (riprende quando si tiene)"
    )
    sospeso_servizi_sociali = (
        "Sospeso: mancata presentazione ai servizi sociali (riprende presentandosi)"
    )
    sospeso_psp = (
        "Sospeso: patto di servizio personalizzato non sottoscritto (riprende sottoscrivendolo)"
    )
    sospeso_cpi = "Sospeso: mancata presentazione al centro per l'impiego (riprende presentandosi)"
    sospeso_lavoro_non_comunicato = (
        "Sospeso: lavoro avviato non comunicato (riprende comunicandolo)"
    )
    sospeso_isee = "Sospeso: ISEE non rinnovato (riprende rinnovandolo)"
    sospeso_verifica_svantaggio = (
        "Sospeso: verifica dello svantaggio in corso (riprende con l'esito)"
    )
    decaduto_evento = "Decaduto: fatto dell'art. 8, c. 6"
    decaduto_lavoro_non_comunicato = "Decaduto: lavoro non comunicato entro tre mesi"
    decaduto_requisiti = "Decaduto: requisiti perduti"


@dataclass
class Domande:
    """Le domande di ogni nucleo, nell'ordine: la prima e i rinnovi. Array di 4 righe, una colonna per nucleo."""

    data: np.ndarray
    patto: np.ndarray
    decorrenza_nuova: np.ndarray
    decorrenza_rinnovo: np.ndarray
    scadenza_appuntamento: np.ndarray
    appuntamento: np.ndarray

    def di(self, nome, posto):
        """Il campo ``nome`` della domanda numero ``posto`` (da 0) di ogni nucleo."""
        return np.take_along_axis(
            getattr(self, nome), posto.clip(0, len(self.patto) - 1)[np.newaxis], axis=0
        )[0]


@dataclass
class Stato:
    """Lo stato dei nuclei alla fine di un mese e ciò che il mese mostra: un elemento per nucleo con un patto."""

    domande: Domande
    aperto: np.ndarray
    periodo: np.ndarray
    durata: np.ndarray
    consumate: np.ndarray
    domanda: np.ndarray
    esaurito: np.ndarray
    decaduto: np.ndarray
    decadenza: np.ndarray
    causa: np.ndarray
    primo_mese: np.ndarray
    ultimo_mese_primo_periodo: np.ndarray
    maturati: np.ndarray
    mensilita: np.ndarray
    sospeso: np.ndarray
    contributo_straordinario: np.ndarray
    arretrati: np.ndarray
    erogato: np.ndarray
    motivo: np.ndarray
    scadenza_appuntamento: np.ndarray
    fine_periodo: np.ndarray
    domanda_in_corso: np.ndarray

    @classmethod
    def iniziale(cls, domande, primo_mese):
        """Lo stato prima del primo mese."""
        iniziale = {
            "aperto": False,
            "esaurito": False,
            "decaduto": False,
            "sospeso": False,
            "domanda": np.int16(-1),
            "decadenza": NEVER,
            "primo_mese": primo_mese,
            "ultimo_mese_primo_periodo": MAI,
            "scadenza_appuntamento": NEVER,
            "fine_periodo": NEVER,
            "domanda_in_corso": NEVER,
            "maturati": 0.0,
            "contributo_straordinario": 0.0,
            "arretrati": 0.0,
            "erogato": 0.0,
        }
        nuclei = domande.patto.shape[1]
        campi = [f.name for f in fields(cls) if f.name != "domande"]
        return cls(
            domande, **{nome: np.full(nuclei, iniziale.get(nome, np.int16(0))) for nome in campi}
        )

    def copia(self):
        """Una copia, i cui array si possono cambiare."""
        campi = [f.name for f in fields(self) if f.name != "domande"]
        return replace(self, **{nome: getattr(self, nome).copy() for nome in campi})


class Mese:
    """Un mese visto dai nuclei con un patto: ``mese("x")`` è la variabile x di quei nuclei."""

    def __init__(self, nucleo, period, righe, parameters):
        self.nucleo, self.period, self.righe = nucleo, period, righe
        self.legge = parameters(period).adi.procedura
        self.primo_giorno = first_day(period)
        self.ultimo_giorno = last_day(period)
        self.numero = month_of(self.primo_giorno)
        self.giorno_utile = self.primo_giorno + (self.legge.giorno_utile - 1) * DAY

    def __call__(self, nome):
        return self.nucleo(nome, self.period)[self.righe]


def domande_dei_nuclei(nucleo, period, righe, parameters):
    """Le domande con un patto sottoscritto; la prima senza patto chiude la serie. DL 48/2023, art. 3, c. 2, e art. 4."""

    def leggi(nome):
        return nucleo(nome, period)[righe]

    data, patto = serie_domande(leggi)
    appuntamento = np.array(
        [
            leggi("adi_data_primo_appuntamento"),
            *(leggi(f"adi_data_appuntamento_rinnovo_{n}") for n in RINNOVI),
        ]
    )
    mese_del_patto = month_of(patto)

    entrata_in_vigore = parameters("2024-01-01").adi.procedura
    decorrenza_nuova = mese_del_patto + entrata_in_vigore.domande.mesi_dal_patto * MONTH
    decorrenza_nuova[0] = month_of(leggi("adi_decorrenza"))
    mesi_dal_patto = by_month(
        mese_del_patto, lambda mese: parameters(mese).adi.procedura.rinnovo.mesi_dal_patto
    )
    scadenza = add_days(patto, entrata_in_vigore.primo_appuntamento.giorni)
    scadenza[0] = leggi("adi_scadenza_primo_appuntamento")
    return Domande(
        data=data,
        patto=patto,
        decorrenza_nuova=decorrenza_nuova,
        decorrenza_rinnovo=mese_del_patto + mesi_dal_patto.astype(np.int64) * MONTH,
        scadenza_appuntamento=scadenza,
        appuntamento=appuntamento,
    )


def passo(prima, mese):
    """Lo stato alla fine del mese, da quello alla fine del mese prima. DL 48/2023, artt. 3, 4, 8 e 9."""
    stato = prima.copia()
    finisci_periodo(stato, mese)
    apri_periodo(stato, mese)
    fai_decadere(stato, mese)
    paga(stato, mese)
    segna_scadenze(stato, mese)
    return stato


def finisci_periodo(stato, mese):
    """Pagata l'ultima mensilità il periodo finisce; fino al 2025 segue un mese senza beneficio. Art. 3, c. 2."""
    finito = stato.aperto & (stato.consumate == stato.durata)
    stato.aperto &= ~finito
    stato.esaurito |= finito
    stato.primo_mese[finito] = mese.numero + mese.legge.rinnovo.mesi_senza_beneficio * MONTH
    stato.ultimo_mese_primo_periodo[finito & (stato.periodo == PRIMO_PERIODO)] = mese.numero - MONTH


def apri_periodo(stato, mese):
    """Apre un periodo la prima domanda non ancora usata che decorre dal mese, se i requisiti ci sono. Art. 4, c. 1-3.

    Chi ha finito un periodo lo rinnova; chi è decaduto o è stato respinto comincia di nuovo, e non riprende le
    mensilità che gli restano (I-30). Dopo una decadenza per un fatto dell'art. 8 le domande dei sei mesi successivi
    non hanno effetto.
    """
    requisiti = mese("adi_requisiti")
    for _ in stato.domande.patto:
        prossima = stato.domanda + 1
        in_attesa = ~stato.aperto & (prossima < len(stato.domande.patto))
        in_attesa &= stato.domande.di("patto", prossima) != NEVER
        nuova = ~stato.esaurito
        decorrenza = np.where(
            nuova,
            stato.domande.di("decorrenza_nuova", prossima),
            stato.domande.di("decorrenza_rinnovo", prossima),
        )
        decorrenza = np.maximum(decorrenza, stato.primo_mese)
        usata = in_attesa & (decorrenza <= mese.numero)
        if not usata.any():
            break
        stato.domanda[usata] = prossima[usata]

        data = stato.domande.di("data", prossima)
        attesa = add_months(stato.decadenza, mese.legge.domande.mesi_dopo_decadenza)
        senza_effetto = (stato.decadenza < data) & (data <= attesa)
        esaminata = usata & (decorrenza == mese.numero) & ~senza_effetto
        accolta = esaminata & requisiti
        rinnovo, nuova = accolta & ~nuova, accolta & nuova
        if not mese.legge.domande.durata_intera:
            nuova &= stato.consumate == stato.durata

        stato.esaurito &= ~esaminata
        stato.aperto |= accolta
        stato.decaduto &= ~accolta
        stato.consumate[rinnovo | nuova] = 0
        stato.maturati[accolta] = 0
        stato.periodo[rinnovo] += 1
        stato.durata[rinnovo] = mese.legge.durata.rinnovo
        stato.periodo[nuova] = PRIMO_PERIODO
        stato.durata[nuova] = mese.legge.durata.primo_periodo
        stato.ultimo_mese_primo_periodo[nuova] = MAI


def fai_decadere(stato, mese):
    """Decade chi è colpito da un fatto dell'art. 8, chi non comunica il lavoro, chi perde un requisito. Artt. 2, 3, 8."""
    domanda = stato.domande.di("data", stato.domanda)
    evento = mese("adi_decadenza_per_fatto")
    per_evento = stato.aperto & (domanda <= evento) & (evento < mese.primo_giorno)

    termine = termine_lavoro_non_comunicato(mese, domanda)
    per_lavoro = stato.aperto & ~per_evento & (termine < mese.primo_giorno)

    perduti = ~mese("adi_requisiti_da_conservare") & ~mese("adi_impedimento_temporaneo")
    per_requisiti = stato.aperto & ~per_evento & ~per_lavoro & perduti

    for colpiti, dal, causa in (
        (per_evento, evento, MotivoMese.decaduto_evento),
        (per_lavoro, termine, MotivoMese.decaduto_lavoro_non_comunicato),
        (per_requisiti, np.full_like(evento, NEVER), MotivoMese.decaduto_requisiti),
    ):
        stato.aperto &= ~colpiti
        stato.decaduto |= colpiti
        stato.decadenza[colpiti] = dal[colpiti]
        stato.causa[colpiti] = causa.index
        stato.primo_mese[colpiti] = mese.numero
        stato.maturati[colpiti] = 0


def termine_lavoro_non_comunicato(mese, domanda):
    """L'ultimo dei termini di tre mesi scaduti senza comunicare un lavoro avviato dopo la domanda; o mai. Art. 3, c. 5."""
    lavoratori, nucleo, dopo_la_domanda = lavori_avviati(mese, domanda)
    termine = add_months(lavoratori("lavoro_intrapreso_data"), mese.legge.lavoro.mesi_decadenza)
    scaduto = dopo_la_domanda & (lavoratori("lavoro_intrapreso_comunicazione") > termine)
    scaduto &= termine < mese.primo_giorno
    ultimo = np.full(mese.nucleo.count, LONG_AGO)
    np.maximum.at(ultimo, nucleo[scaduto], termine[scaduto])
    ultimo = ultimo[mese.righe]
    return np.where(ultimo == LONG_AGO, NEVER, ultimo)


def lavoro_da_comunicare(mese, domanda):
    """Un lavoro avviato dopo la domanda non è comunicato: sospeso dal mese dopo i 30 giorni. Art. 3, c. 5."""
    lavoratori, nucleo, dopo_la_domanda = lavori_avviati(mese, domanda)
    termine = lavoratori("adi_termine_comunicazione_lavoro")
    comunicazione = lavoratori("lavoro_intrapreso_comunicazione")
    scaduto = dopo_la_domanda & (termine < mese.primo_giorno)
    scaduto &= (comunicazione > termine) & (comunicazione > mese.giorno_utile)
    sospeso = np.zeros(mese.nucleo.count, dtype=bool)
    sospeso[nucleo[scaduto]] = True
    return sospeso[mese.righe]


def lavori_avviati(mese, domanda):
    """Le righe dei componenti che hanno avviato un lavoro, i loro nuclei, e se l'hanno fatto dopo la domanda."""
    persona = mese.nucleo.members
    avviato = persona("lavoro_intrapreso_data", mese.period) != NEVER
    lavoratori = Rows(persona, mese.period, avviato & persona("adi_nato", mese.period))
    nucleo = mese.nucleo.members_entity_id[lavoratori.indices]
    domande = np.full(mese.nucleo.count, NEVER)
    domande[mese.righe] = domanda
    return lavoratori, nucleo, domande[nucleo] <= lavoratori("lavoro_intrapreso_data")


def paga(stato, mese):
    """Numera la mensilità e la paga, la sospende o la mette tra gli arretrati. Art. 3, c. 2, artt. 4, 8 e 9."""
    lavoro_breve = stato.aperto & mese("adi_lavoro_breve")
    corre = stato.aperto & ~lavoro_breve
    stato.consumate[corre] += 1
    stato.mensilita = np.where(corre, stato.consumate, 0)

    impedito = corre & mese("adi_impedimento_temporaneo")
    da_pagare = corre & ~impedito
    importo = np.where(da_pagare, mese("adi_spettante_con_isee_valido"), 0)
    prima_mensilita = da_pagare & (stato.consumate == 1)
    primo_rinnovo = prima_mensilita & (stato.periodo == PRIMO_RINNOVO)
    rinnovo_successivo = prima_mensilita & (stato.periodo > PRIMO_RINNOVO)
    rinnovo = mese.legge.rinnovo
    dovuto = importo.copy()
    dovuto[primo_rinnovo] *= rinnovo.quota_prima_mensilita
    dovuto[rinnovo_successivo] *= rinnovo.quota_prima_mensilita_successivi
    dovuto = to_cent(dovuto)
    contributo = contributo_straordinario(stato, mese, primo_rinnovo, importo, dovuto)
    dovuto += contributo

    termini = termini_mancati(stato, mese)
    sospensioni = termini | attese(mese)
    mancato = da_pagare & almeno_una(sospensioni)
    recuperabile = mancato if mese.legge.arretrati else mancato & ~almeno_una(termini)
    pagato = da_pagare & ~mancato
    stato.sospeso = lavoro_breve | impedito | mancato
    stato.contributo_straordinario = contributo
    stato.arretrati = to_cent(np.where(pagato, stato.maturati, 0))
    stato.erogato = to_cent(np.where(pagato, dovuto + stato.arretrati, 0))
    stato.maturati = np.where(pagato, 0, stato.maturati + np.where(recuperabile, dovuto, 0))

    stati = {
        MotivoMese.sospeso_lavoro_breve: lavoro_breve,
        MotivoMese.sospeso_impedimento: impedito,
        **{motivo: corre & sospende for motivo, sospende in sospensioni.items()},
        MotivoMese.pagato_con_arretrati: pagato & (stato.arretrati > 0),
        MotivoMese.pagato: pagato,
        MotivoMese.mese_senza_beneficio: stato.esaurito & (mese.numero < stato.primo_mese),
        MotivoMese.periodo_finito: stato.esaurito,
        MotivoMese.in_attesa: in_attesa(stato, mese) & ~stato.decaduto,
    }
    stato.motivo = np.select(
        list(stati.values()),
        [motivo.index for motivo in stati],
        default=np.where(stato.decaduto, stato.causa, MotivoMese.domanda_senza_effetto.index),
    )


def in_attesa(stato, mese):
    """Una domanda presentata, o la prima, non decorre ancora. Art. 4, c. 3."""
    prossima = stato.domanda + 1
    con_patto = stato.domande.di("patto", prossima) != NEVER
    presentata = stato.domande.di("data", prossima) <= mese.ultimo_giorno
    resta = (prossima < len(stato.domande.patto)) & con_patto
    return resta & (presentata | (prossima == 0))


def contributo_straordinario(stato, mese, primo_rinnovo, importo, dovuto):
    """Una volta, nella prima mensilità del primo rinnovo, fino a 500 euro. DL 92/2025, art. 10-ter; L. 199/2025, c. 159.

    Se la diciottesima mensilità è caduta da giugno a novembre 2025 e il rinnovo comincia entro il 2025, o anche
    dopo se è caduta a novembre (I-32). Sull'importo intero del mese, anche se quello dovuto è dimezzato (I-31).
    """
    legge = mese.legge.contributo_straordinario
    primo, ultimo, ultimo_rinnovo = (
        np.datetime64(data, "M")
        for data in (legge.primo_mese, legge.ultimo_mese, legge.ultimo_rinnovo)
    )
    finito = stato.ultimo_mese_primo_periodo
    spetta = primo_rinnovo & (primo <= finito) & (finito <= ultimo)
    spetta &= (mese.numero <= ultimo_rinnovo) | (finito == ultimo)
    base = importo if legge.su_importo_intero else dovuto
    return to_cent(np.minimum(base, legge.massimo) * spetta)


def termini_mancati(stato, mese):
    """I termini non rispettati che sospendono il mese, curabili entro il 20. Art. 4, c. 4 e 5; INPS, msg 2132/2024."""
    scadenza = stato.domande.di("scadenza_appuntamento", stato.domanda)
    appuntamento = stato.domande.di("appuntamento", stato.domanda)
    senza_appuntamento = (
        (stato.consumate > mese.legge.primo_appuntamento.mensilita_garantite)
        & (scadenza < mese.primo_giorno)
        & (appuntamento > scadenza)
        & (appuntamento > mese.giorno_utile)
    )
    domanda = stato.domande.di("data", stato.domanda)
    return {
        MotivoMese.sospeso_primo_appuntamento: senza_appuntamento,
        MotivoMese.sospeso_servizi_sociali: mese("adi_sospeso_servizi_sociali"),
        MotivoMese.sospeso_psp: mese("adi_sospeso_psp"),
        MotivoMese.sospeso_cpi: mese("adi_sospeso_cpi"),
        MotivoMese.sospeso_lavoro_non_comunicato: lavoro_da_comunicare(mese, domanda),
    }


def attese(mese):
    """Ciò che sospende il mese finché manca, senza un termine: l'ISEE rinnovato, l'esito della verifica. Art. 2."""
    return {
        MotivoMese.sospeso_isee: mese("adi_sospeso_isee"),
        MotivoMese.sospeso_verifica_svantaggio: mese("adi_sospeso_verifica_svantaggio"),
    }


def almeno_una(sospensioni):
    """Per nucleo: vale almeno una delle sospensioni."""
    return np.logical_or.reduce(list(sospensioni.values()))


def segna_scadenze(stato, mese):
    """Il primo appuntamento da tenere, la fine del periodo e la domanda in corso. Art. 3, c. 2, e art. 4, c. 4."""
    appuntamento = stato.domande.di("appuntamento", stato.domanda)
    da_tenere = stato.aperto & (appuntamento > mese.ultimo_giorno)
    scadenza = stato.domande.di("scadenza_appuntamento", stato.domanda)
    stato.scadenza_appuntamento = np.where(da_tenere, scadenza, NEVER)
    ultimo_mese = mese.numero + (stato.durata - stato.consumate) * MONTH
    stato.fine_periodo = np.where(stato.aperto, last_of_month(ultimo_mese), NEVER)
    domanda = stato.domande.di("data", stato.domanda)
    stato.domanda_in_corso = np.where(stato.aperto, domanda, NEVER)
