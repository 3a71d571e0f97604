"""Slows down guessing: after a few wrong attempts there is a pause."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from django.core.cache import cache
from django.http import HttpRequest

from workflows.http import counting
from workflows.http.client_address import client_address

PAUSE = timedelta(minutes=5)
PER_PERSON_AND_ADDRESS = 5
PER_ADDRESS = 50


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """The attempts at one thing by one address, for one person and in all.

    A person alone is never counted: otherwise a stranger could lock anybody out.
    """

    purpose: str
    person: str
    address: str

    @classmethod
    def of(cls, request: HttpRequest, purpose: str, person: str) -> Attempts:
        """Give the attempts that this request adds to."""
        return cls(purpose=purpose, person=person.casefold(), address=client_address(request))

    def are_exhausted(self) -> bool:
        """Whether there must be a pause first."""
        found = cache.get_many([self._for_person, self._for_address])
        of_person, at_address = found.get(self._for_person, 0), found.get(self._for_address, 0)
        return bool(of_person >= PER_PERSON_AND_ADDRESS or at_address >= PER_ADDRESS)

    def count(self) -> None:
        """Remember one more attempt; all are forgotten when the pause after the first is over."""
        for key in (self._for_person, self._for_address):
            counting.count(key, PAUSE)

    def forgive(self) -> None:
        """Forget this person's attempts: they have shown who they are."""
        cache.delete(self._for_person)

    @property
    def _for_person(self) -> str:
        return self._key(f"{self.address} {self.person}")

    @property
    def _for_address(self) -> str:
        return self._key(self.address)

    def _key(self, who: str) -> str:
        digest = hashlib.sha256(who.encode(errors="surrogatepass")).hexdigest()
        return f"attempts:{self.purpose}:{digest}"
