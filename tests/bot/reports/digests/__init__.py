"""The weekly digest for a chat, as mail and as a sheet."""
