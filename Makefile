PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup browser demo test test-long bench check lock clean

setup:  ## everything that zhifa needs, from packages; a second time it only looks
	@$(PYTHON) tools/bootstrap.py

demo: setup  ## play the demonstration and serve it; ONCE=1 plays, prints one JSON line and ends
	@$(BIN)/zhifa demo $(if $(ONCE),--once)

browser: setup  ## Chromium for browser tests, where root may install it
	@$(PYTHON) tools/bootstrap.py --browser

test: browser  ## every test within its budget
	@$(BIN)/pytest tests -m "not long" -n 2 --dist loadgroup

test-long: browser  ## the rest: thousands of kills, wide fuzzing, all roles in the browser
	@mkdir -p docs/measured
	@ZHIFA_LONG=1 $(BIN)/pytest tests -m long --no-header -rA -o faulthandler_timeout=0 \
	    > docs/measured/test-long.txt 2>&1; \
	    status=$$?; cat docs/measured/test-long.txt; exit $$status

bench: setup  ## acts a second beside two peers, long histories, pages at size; QUICK=1 is shorter
	@$(BIN)/python -m bench $(if $(QUICK),--quick)

check: setup  ## format, lint, import contracts, law, types, migrations
	@$(BIN)/python tools/check.py

lock:  ## write the lock files anew
	@$(BIN)/python tools/lock.py

clean:  ## stop the database and remove everything that was made
	-@$(BIN)/zhifa db stop
	rm -rf .venv .venv-node node_modules var
