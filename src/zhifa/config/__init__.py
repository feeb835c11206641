"""Settings from the environment, the database server, the processes: what is around the rooms."""
