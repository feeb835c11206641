"""Documents and numbers, service, evidence, dossiers."""
