"""The release with other content, or with one service described otherwise."""

from __future__ import annotations

from dataclasses import replace

from handlers.content.model import Content
from handlers.release import Release


def with_content(release: Release, **changes: object) -> Release:
    """The release with other content."""
    content = release.content.model_copy(update=changes)
    return replace(release, content=Content.model_validate(content.model_dump()))


def with_service(release: Release, service_id: str, **changes: object) -> Release:
    """The release with one service described otherwise."""
    services = tuple(
        service.model_copy(update=changes) if service.id == service_id else service
        for service in release.content.services
    )
    return with_content(release, services=services)
