"""The `format`s that are checked, strictly; a format that is not named here says nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from workflows.schemas.formats.addresses import (
    is_iri,
    is_iri_reference,
    is_uri,
    is_uri_reference,
    is_uri_template,
)
from workflows.schemas.formats.hosts import (
    is_email,
    is_host,
    is_international_email,
    is_international_host,
    is_ipv4,
    is_ipv6,
)
from workflows.schemas.formats.moments import is_date, is_duration, is_moment, is_time
from workflows.schemas.formats.signs import (
    is_color,
    is_pattern,
    is_phone,
    is_pointer,
    is_relative_pointer,
    is_uuid,
)
from workflows.values.data_urls import is_data_url

__all__ = ["CHECKS", "is_date", "is_moment", "is_time"]

CHECKS: Final[dict[str, Callable[[str], bool]]] = {
    "date": is_date,
    "time": is_time,
    "date-time": is_moment,
    "duration": is_duration,
    "email": is_email,
    "idn-email": is_international_email,
    "hostname": is_host,
    "idn-hostname": is_international_host,
    "ipv4": is_ipv4,
    "ipv6": is_ipv6,
    "uri": is_uri,
    "url": is_uri,
    "uri-reference": is_uri_reference,
    "iri": is_iri,
    "iri-reference": is_iri_reference,
    "uri-template": is_uri_template,
    "uuid": is_uuid,
    "json-pointer": is_pointer,
    "relative-json-pointer": is_relative_pointer,
    "regex": is_pattern,
    "color": is_color,
    "data-url": is_data_url,
    "data-uri": is_data_url,
    "phone": is_phone,
    "tel": is_phone,
}
