"""The bench: what an act costs, beside two peers that do the same in the same run."""
