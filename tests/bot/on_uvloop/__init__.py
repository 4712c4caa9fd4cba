"""What depends on the loop's transports, on the loop on which the service runs."""
