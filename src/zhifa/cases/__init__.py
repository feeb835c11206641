"""Casework: clue, verification, penalty case, proposal, outcome."""
