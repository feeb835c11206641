"""The composition root: portal, desk, addresses, wiring."""
