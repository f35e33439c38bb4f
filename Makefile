# `make` da solo elenca i comandi.
AMBIENTE := .venv
BIN := $(AMBIENTE)/bin
AVVIO := python3 avvio.py --ambiente $(AMBIENTE)
CASI := $(filter-out tests/engine,$(wildcard tests/*))

.DEFAULT_GOAL := aiuto
.PHONY: aiuto installa demo test casi controlla formatta pacchetto benchmark pulisci

aiuto:
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

installa: ## Prepara l'ambiente .venv con gli strumenti di sviluppo
	@$(AVVIO) installa

demo: ## Esegue la dimostrazione: popolazione, simulazione, confronto
	@$(AVVIO)

test: ## Esegue tutti i casi YAML e le prove del motore
	@$(AVVIO) test

casi: ## Esegue i soli casi YAML; uno solo con CASI=tests/adi/importo.yaml
	@$(AVVIO) test $(CASI)

controlla: installa ## Controlla stile del codice, YAML, parametri
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/yamllint --strict .
	$(BIN)/openfisca-adi controlla

formatta: installa ## Mette in ordine il codice Python
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

pacchetto: installa ## Prova il pacchetto: lo costruisce e lo usa fuori dal repository
	@.ci/pacchetto $(BIN)/python

benchmark: installa ## Misura tempi e memoria contro numpy scritto a mano e policyengine-core
	for quale in entitlement isee svantaggio procedure reading comparison policyengine; do $(BIN)/python benchmarks/$$quale.py || exit 1; done

pulisci: ## Toglie ciò che si rigenera (non l'ambiente .venv)
	rm -rf build dist *.egg-info .hypothesis .pytest_cache .ruff_cache dimostrazione docs/tutorial
	find . -name __pycache__ -not -path './$(AMBIENTE)/*' -prune -exec rm -rf {} +
