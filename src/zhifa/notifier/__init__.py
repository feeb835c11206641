"""Reminders to officials (提醒): what is owed, what ends, what is late; number and act only."""
