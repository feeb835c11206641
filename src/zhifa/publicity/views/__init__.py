"""Pages: the public ones of the portal, and those of the publishing desk."""
