"""The demonstrations: cases of made-up parties, played through the services, each act once."""
