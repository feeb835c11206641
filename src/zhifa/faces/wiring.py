"""The wiring table: which projection and effect reads which event, which panel shows where."""
