"""The pages of legal review: what waits, one review whole, and the submission."""
