"""The documents that the service produces: digests, charts, posters, spreadsheets, exports."""
