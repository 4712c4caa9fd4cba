"""The channels: each decodes its platform's events and renders replies within its limits."""
