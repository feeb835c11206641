"""Signing in and out, the second proof, and one's own account."""
