"""Files in an S3 bucket: private objects, read through the site only. Needs the extra ``s3``."""

import datetime as dt
import posixpath
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import File
from django.utils.crypto import get_random_string
from storages.backends.s3 import S3Storage

from .base import StorageUnavailable

IN_MEMORY = 1024 * 1024
"""Bytes of an object that is read whole; a larger one is on the disk meanwhile."""
MARK = 12
"""Letters of the folder that each object has to itself."""
ABSENT = {"404", "NoSuchKey"}


class BucketStorage(S3Storage):
    """The storage of django-storages, which also tells errors of the network from a missing file."""

    def get_default_settings(self) -> dict[str, object]:
        """No ACL is asked for: an object is the bucket owner's alone. Somebody waits for an answer, so not for long."""
        return {
            **super().get_default_settings(),
            "default_acl": None,
            "file_overwrite": False,
            "client_config": Config(
                connect_timeout=3, read_timeout=15, retries={"max_attempts": 2}, signature_version="s3v4"
            ),
        }

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        raise ValueError("Files are sent by the site, to those who may read them.")

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Always another: two that are saved at one moment must not meet, and a bucket cannot be asked to refuse."""
        folder, base = posixpath.split(name)
        return posixpath.join(folder, get_random_string(MARK), base[: (max_length or 300) - len(folder) - MARK - 2])

    def exists(self, name: str) -> bool:
        with self._reached(name):
            return bool(super().exists(name))

    def _save(self, name: str, content: "File[bytes]") -> str:
        with self._reached(name):
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> "File[bytes]":
        spooled = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the file)
        with self._reached(name):
            self.bucket.Object(self._key(name)).download_fileobj(spooled, Config=self.transfer_config)
        spooled.seek(0)
        return File(spooled, name)

    def delete(self, name: str) -> None:
        with self._reached(name):
            super().delete(name)

    def size(self, name: str) -> int:
        with self._reached(name):
            return int(self._client.head_object(Bucket=self.bucket_name, Key=self._key(name))["ContentLength"])

    def open_range(self, name: str, start: int, stop: int) -> IO[bytes]:
        with self._reached(name):
            asked = {"Range": f"bytes={start}-{stop - 1}"} if stop > start else {}
            body: IO[bytes] = self._client.get_object(Bucket=self.bucket_name, Key=self._key(name), **asked)["Body"]
            return body

    def copy_here(self, name: str) -> tuple[Path, object]:
        copy = tempfile.NamedTemporaryFile(prefix="engagement-")  # noqa: SIM115 (removed with the last who holds it)
        with self._reached(name):
            self.bucket.Object(self._key(name)).download_fileobj(copy, Config=self.transfer_config)
        copy.flush()
        return Path(copy.name), copy

    def walk(self) -> Iterator[tuple[str, dt.datetime]]:
        start = self._key("")
        with self._reached():
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name, Prefix=start):
                for one in page.get("Contents", ()):
                    name = one["Key"].removeprefix(start)
                    if name and not name.startswith("."):
                        yield name, one["LastModified"]

    def put_aside(self, label: str) -> None:
        for name, _written in list(self.walk()):
            source = {"Bucket": self.bucket_name, "Key": self._key(name)}
            with self._reached(name):
                self._client.copy(source, self.bucket_name, self._key(f".replaced-{label}/{name}"))
                self._client.delete_object(**source)

    def put(self, name: str, path: Path) -> None:
        with path.open("rb") as file, self._reached(name):
            super()._save(name, File(file, name))

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        with tempfile.TemporaryDirectory(prefix="restoring-") as folder:
            yield Path(folder)

    def check_reachable(self) -> None:
        try:
            self._client.head_bucket(Bucket=self.bucket_name)
        except (ClientError, BotoCoreError, Boto3Error) as error:
            raise StorageUnavailable(str(error)) from error

    @property
    def _client(self) -> Any:
        return self.connection.meta.client

    def _key(self, name: str) -> str:
        return f"{self.location}/{name}" if self.location else name

    @contextmanager
    def _reached(self, name: str = "") -> Iterator[None]:
        try:
            yield
        except ClientError as error:
            if error.response.get("Error", {}).get("Code", "") not in ABSENT:
                raise StorageUnavailable(str(error)) from error
            self.check_reachable()  # a bucket that is gone answers like an object that is
            raise FileNotFoundError(name) from error
        except (BotoCoreError, Boto3Error) as error:
            raise StorageUnavailable(str(error)) from error
