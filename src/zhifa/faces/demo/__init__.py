"""The demonstration: a food shop selling food past its date, played through the services."""
