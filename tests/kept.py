"""Where a test's files are kept: a folder of its own, or a bucket of moto's, by the same words."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from engagement.core.storage.address import LOCAL, storage_of
from engagement.core.storage.base import file_storage

BUCKET = "papers"
ADDRESS = f"s3://{BUCKET}/engagement?region_name=eu-west-1"
KEYS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "eu-west-1"}


class Kept:
    """What is in the storage, whichever it is."""

    def __init__(self, is_bucket: bool) -> None:
        self.is_bucket = is_bucket

    def names(self) -> list[str]:
        return [name for name, _written in file_storage().walk()]

    def contents(self) -> list[bytes]:
        return sorted(self.read(name) for name in self.names())

    def read(self, name: str) -> bytes:
        with file_storage().open(name) as file:
            return bytes(file.read())

    def write(self, name: str, content: bytes) -> None:
        """Past the site, under exactly this name."""
        if self.is_bucket:
            client().put_object(Bucket=BUCKET, Key=f"engagement/{name}", Body=content)
            return
        path = Path(file_storage().location) / name  # type: ignore[attr-defined]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    def delete(self, name: str) -> None:
        file_storage().delete(name)


def client() -> Any:
    import boto3

    return boto3.client("s3", region_name="eu-west-1")


@contextmanager
def keeping(kind: str, settings: Any, folder: Path) -> Iterator[Kept]:
    """``kind`` is "folder" or "bucket"."""
    settings.MEDIA_ROOT = folder / "media"
    if kind == "folder":
        settings.STORAGES = {**settings.STORAGES, "default": {"BACKEND": LOCAL}}
        yield Kept(is_bucket=False)
        return
    from moto import mock_aws

    with pytest.MonkeyPatch.context() as patch:
        for name, value in KEYS.items():
            patch.setenv(name, value)
        with mock_aws():
            client().create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
            settings.STORAGES = {**settings.STORAGES, "default": storage_of(ADDRESS)}
            yield Kept(is_bucket=True)


@pytest.fixture(params=["folder", "bucket"])
def kept(request: pytest.FixtureRequest, settings: Any, tmp_path: Path) -> Iterator[Kept]:
    """``kept.contents()``: what is kept; the test runs on both storages."""
    with keeping(request.param, settings, tmp_path) as found:
        yield found
