"""What every room stands on: ledger, clock, wiring, errors, vault, typesetting, page kit."""
