"""The running service: processes, sockets, clocks and commands."""
