"""Legal review before a decision."""
