"""La serie delle domande di un nucleo: la prima e i rinnovi, nell'ordine in cui sono dati. DL 48/2023, art. 3, c. 2."""

import numpy as np

from openfisca_adi.dates import NEVER

RINNOVI = ("1", "2", "3")


def serie_domande(leggi):
    """Le date delle domande e dei loro patti di attivazione digitale: due array, una riga per domanda.

    ``leggi("x")`` è la variabile x, un elemento per nucleo. Una domanda di rinnovo senza data ha quella del suo
    patto. La prima domanda senza patto chiude la serie: conta come domanda presentata, quelle dopo non si guardano.
    """
    date = np.array(
        [leggi("adi_data_prima_domanda"), *(leggi(f"adi_data_rinnovo_{n}") for n in RINNOVI)]
    )
    patti = np.array(
        [leggi("adi_data_pad"), *(leggi(f"adi_data_pad_rinnovo_{n}") for n in RINNOVI)]
    )
    date = np.where(date == NEVER, patti, date)
    senza_patto = np.logical_or.accumulate(patti == NEVER)
    chiusa = np.zeros_like(senza_patto)
    chiusa[1:] = senza_patto[:-1]
    return np.where(chiusa, NEVER, date), np.where(senza_patto, NEVER, patti)
