"""HTTP with the platforms: calls and their responses, uploads, webhooks, lenient decoding."""
