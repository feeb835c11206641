"""What the pages of a case are made of: who looks, where the case stands, what it shows."""
