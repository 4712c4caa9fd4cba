"""What leaves the service as a document: posters, spreadsheets, tables, digests."""
