"""Whether the service can listen at its address, and the message for the operator if it cannot."""

from __future__ import annotations

import errno
import socket

from bot.config import WebSettings
from handlers.errors import OperatorError
from storage.files import reason


def check_free(web: WebSettings) -> None:
    """Raise OperatorError if the address cannot be bound, before anything is created."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            web.host, web.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen()
    except OSError as error:
        raise cannot_listen(web, error) from None


def cannot_listen(web: WebSettings, error: OSError) -> OperatorError:
    """What is wrong with the address or the port, in one line."""
    key, remedy = "port", "elija otro puerto en [web] port u OPINA_WEB__PORT"
    if isinstance(error, socket.gaierror) or error.errno == errno.EADDRNOTAVAIL:
        key = "host"
        remedy = "se espera 127.0.0.1, 0.0.0.0 para todas, o una dirección de esta máquina"
    where = f"{web.host}:{web.port}"
    return OperatorError(
        f"[web] {key}: no se puede escuchar en {where} ({reason(error)}); {remedy}"
    )
