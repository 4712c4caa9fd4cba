"""The platforms' published specifications, where OPINA_PLATFORM_SPECS names their folder."""

from __future__ import annotations

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

VARIABLE = "OPINA_PLATFORM_SPECS"
SKIPPED = f"{VARIABLE} names no folder with the platforms' specifications"


class TelegramSpec:
    """The Bot API as telegram-bot-api.json tells it: methods, types, fields."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._methods = document["methods"]
        self._types = document["types"]

    def problems(self, method: str, params: dict[str, Any]) -> list[str]:
        """What the specification does not allow in a call, in words."""
        if method not in self._methods:
            return [f"no method {method}"]
        return self._fields(method, self._methods[method].get("fields", []), params)

    def update_problems(self, update: dict[str, Any]) -> list[str]:
        """What the specification does not allow in an update."""
        return self._value("update", ["Update"], update)

    def field_names(self, kind: str) -> set[str]:
        """The names of a type's fields."""
        return {field["name"] for field in self._types[kind]["fields"]}

    def _fields(self, place: str, fields: list[dict[str, Any]], value: Any) -> list[str]:
        known = {field["name"]: field for field in fields}
        found = [f"{place}: unknown field {name}" for name in value if name not in known]
        for name, field in known.items():
            if name in value:
                found += self._value(f"{place}.{name}", field["types"], value[name])
            elif field["required"]:
                found.append(f"{place}: {name} is missing")
        return found

    def _value(self, place: str, types: list[str], value: Any) -> list[str]:
        """No problem when one of the allowed types fits; else what the closest says."""
        tried = [self._of_type(place, kind, value) for kind in types]
        return min(tried, key=len)

    def _of_type(self, place: str, kind: str, value: Any) -> list[str]:
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                return [f"{place}: not an array"]
            inner = [kind.removeprefix("Array of ")]
            return [
                problem
                for i, item in enumerate(value)
                for problem in self._value(f"{place}[{i}]", inner, item)
            ]
        if kind in _PLAIN:
            fits = isinstance(value, _PLAIN[kind]) and (
                kind == "Boolean" or not isinstance(value, bool)
            )
            return [] if fits else [f"{place}: not {kind}"]
        if not isinstance(value, dict):
            return [f"{place}: not {kind}"]
        described = self._types[kind]
        if described.get("subtypes"):
            return self._value(place, described["subtypes"], value)
        return self._fields(place, described.get("fields", []), value)


class WhatsAppSpec:
    """The Cloud API's messages as whatsapp-openapi.yaml draws them.

    Its ``additionalProperties: false`` inside ``allOf`` rejects its own examples, so all parts of
    an ``allOf`` are first put together.
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self._schemas = document["components"]["schemas"]
        webhook = document["paths"]["/whatsapp/webhooks"]["post"]["requestBody"]
        self.webhook_examples: dict[str, dict[str, Any]] = {
            name: example["value"]
            for name, example in webhook["content"]["application/json"]["examples"].items()
        }

    def problems(self, message: dict[str, Any]) -> list[str]:
        """What the specification does not allow in a message to be sent, in words."""
        mapping = self._schemas["Message"]["discriminator"]["mapping"]
        kind = message.get("type")
        if kind not in mapping:
            return [f"no message type {kind}"]
        return self._check("message", {"$ref": mapping[kind]}, message)

    def _check(self, place: str, schema: dict[str, Any], value: Any) -> list[str]:
        schema = self._whole(schema)
        if "oneOf" in schema or "anyOf" in schema:
            options = schema.get("oneOf") or schema["anyOf"]
            return min((self._check(place, option, value) for option in options), key=len)
        expected = _JSON_TYPES.get(schema.get("type", ""))
        if expected is not None and not isinstance(value, expected):
            return [f"{place}: not {schema['type']}"]
        if "enum" in schema and value not in schema["enum"]:
            return [f"{place}: {value!r} is none of {schema['enum']}"]
        if isinstance(value, list) and "items" in schema:
            return [
                problem
                for i, item in enumerate(value)
                for problem in self._check(f"{place}[{i}]", schema["items"], item)
            ]
        if not isinstance(value, dict) or "properties" not in schema:
            return []
        known = schema["properties"]
        found = [f"{place}: unknown field {name}" for name in value if name not in known]
        found += [f"{place}: {name} is missing" for name in schema["required"] if name not in value]
        for name in value.keys() & known.keys():
            found += self._check(f"{place}.{name}", known[name], value[name])
        return found

    def _whole(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema with references followed and every ``allOf`` put together."""
        while "$ref" in schema:
            schema = self._schemas[schema["$ref"].rpartition("/")[2]]
        whole = {"required": [], **schema}
        if "allOf" in schema:
            parts = [self._whole(part) for part in schema["allOf"]]
            whole["type"] = "object"
            whole["properties"] = {
                name: value for part in parts for name, value in part.get("properties", {}).items()
            }
            whole["required"] = [name for part in parts for name in part["required"]]
        return whole


_PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
}
_JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "object": dict,
    "array": list,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
}


@cache
def telegram() -> TelegramSpec | None:
    """Telegram's specification, or None where there is none."""
    path = _folder() / "telegram-bot-api.json"
    if not path.is_file():
        return None
    return TelegramSpec(json.loads(path.read_text(encoding="utf-8")))


@cache
def whatsapp() -> WhatsAppSpec | None:
    """WhatsApp's specification, or None where there is none (or no YAML reader)."""
    path = _folder() / "whatsapp-openapi.yaml"
    if not path.is_file():
        return None
    try:
        import yaml
    except ImportError:
        return None
    with path.open(encoding="utf-8") as file:
        return WhatsAppSpec(yaml.load(file, yaml.CSafeLoader))


def load() -> tuple[TelegramSpec | None, WhatsAppSpec | None]:
    """Both specifications, each where it is."""
    return telegram(), whatsapp()


def _folder() -> Path:
    return Path(os.environ.get(VARIABLE, "/nonexistent"))
