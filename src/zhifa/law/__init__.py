"""The law as code that cites itself: pure, without framework, clock, database or network."""
