"""An app of the peers' side, for viewflow looks up flows by their app."""
