"""People, and organs as identities; sign-in."""
