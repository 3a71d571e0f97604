"""The files of one form: parked under its token, and spoken of in it by signed references."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, Signer
from django.http import QueryDict
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from tasks_ui.schema_form.controls.files import chooser_name
from tasks_ui.schema_form.posted.field_names import FILE, UNSEEN, VALUE
from tasks_ui.schema_form.posted.reader import Unreadable
from workflows import engine
from workflows.exceptions import FileRefused
from workflows.values.data_urls import ID, FileReference

SIGNER: Final = Signer(salt="tasks_ui.uploads")
REFUSED: Final = "refused"

Files = MultiValueDict[str, UploadedFile]


def own_address(id_: UUID) -> str:
    """Give the address at which whoever has uploaded a file looks at it."""
    return reverse("own_file", args=[id_])


class Uploads:
    """What one showing of a form, to one person, has of files.

    Attributes:
        token: which showing it is; a reference that was signed for another one is worth nothing.
            Where it changes, what was found before stays good.
    """

    def __init__(
        self,
        user: User,
        token: str,
        files: Files | None,
        address: Callable[[UUID], str] = own_address,
    ) -> None:
        self.token = token
        self._user = user
        self._files: Files = MultiValueDict() if files is None else files
        self._address = address
        self._received: dict[str, str] = {}
        self._refusals: list[str] = []
        self._found: dict[str, FileReference] = {}

    def with_files(self, post: Mapping[str, Any]) -> Mapping[str, Any]:
        """Give the post with a text for each file, after the texts of the same name."""
        return PostWithFiles(post, self._files, self.receive)

    def receive(self, name: str) -> str:
        """Park the file that came for a field; give the text that `find` understands.

        A form reads its post several times: a file is parked the first time.
        """
        if name not in self._received:
            file: Any = self._files[chooser_name(name)]
            try:
                found = engine.park(self._user, self.token, file)
                self._received[name] = self.sign(found.reference)
            except FileRefused as error:
                self._refusals.append(error.reason)
                self._received[name] = f"{REFUSED}:{len(self._refusals) - 1}"
        return self._received[name]

    @property
    def refusals(self) -> list[str]:
        """Give why some of the files were not parked."""
        return self._refusals

    def in_texts(self, post: Mapping[str, Any]) -> QueryDict:
        """Give the post as a draft keeps it: each file that came is parked, and a text names it."""
        posted, texts = self.with_files(post), QueryDict(mutable=True)
        for name in posted:
            found = (self._text_of(text) for text in posted[name])
            texts.setlist(name, [text for text in found if text is not None])
        texts["submission"] = self.token
        return texts

    def _text_of(self, text: str) -> str | None:
        """Give the text that this showing of the form understands; none for a refused file."""
        if text.startswith(f"{REFUSED}:"):
            return None
        if f";{ID}=" not in text:
            return text
        try:
            return self.sign(self.find(text))
        except Unreadable:
            return text

    def find(self, text: str) -> FileReference:
        """Give the file that a posted text stands for; raises Unreadable."""
        if text in self._found:
            return self._found[text]
        signature, _colon, said = text.partition(":")
        if signature == REFUSED and said.isdecimal() and int(said) < len(self._refusals):
            raise Unreadable(self._refusals[int(said)])
        reference = FileReference.of(said)
        if reference is None or not self._is_signed(signature, said):
            raise Unreadable(_("The file did not arrive. Choose it again."))
        self._found[text] = reference
        return reference

    def sign(self, reference: FileReference) -> str:
        """Give the text to be posted for a file that is kept."""
        return f"{SIGNER.signature(self._mine(reference.text))}:{reference.text}"

    def url(self, id_: UUID) -> str:
        """Give the address at which the file can be looked at."""
        return self._address(id_)

    def _is_signed(self, signature: str, text: str) -> bool:
        try:
            SIGNER.unsign(f"{self._mine(text)}{SIGNER.sep}{signature}")
        except BadSignature:
            return False
        return True

    def _mine(self, text: str) -> str:
        return f"{self._user.pk}:{self.token}:{text}"


class PostWithFiles(Mapping[str, Any]):
    """Texts that were posted, and for each file one more, as the last of its field: lists."""

    def __init__(
        self, post: Mapping[str, Any], files: Files, receive: Callable[[str], str]
    ) -> None:
        self._post = post
        self._fields = {f"{VALUE}{name[1:]}" for name in files if name.startswith(f"{FILE}/")}
        self._fields |= {f"{UNSEEN}{name[1:]}" for name in self._fields}
        self._receive = receive

    def __getitem__(self, name: str) -> list[str]:
        if name not in self:
            raise KeyError(name)
        texts = self._texts(name)
        return [*texts, self._receive(name)] if name in self._fields else texts

    def __contains__(self, name: object) -> bool:
        return name in self._post

    def __iter__(self) -> Iterator[str]:
        return iter(self._post)

    def __len__(self) -> int:
        return len(self._post)

    def _texts(self, name: str) -> list[str]:
        if isinstance(self._post, QueryDict):
            return self._post.getlist(name)
        found = self._post[name]
        return list(found) if isinstance(found, list) else [found]
