"""The pages of supervision: warnings, a case to read, the log of reading, notices."""
