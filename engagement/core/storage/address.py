"""Read ``DOCUMENT_STORAGE``: nothing for a folder, ``s3://bucket/prefix?endpoint_url=…&region_name=…`` for a bucket."""

from importlib.util import find_spec
from urllib.parse import parse_qsl, urlsplit

LOCAL = "engagement.core.storage.local.LocalStorage"
BUCKET = "engagement.core.storage.bucket.BucketStorage"
OPTIONS = ("endpoint_url", "region_name", "addressing_style")
NEEDED = ("storages", "boto3")
SHAPE = "s3://bucket/folder, or s3://bucket/folder?endpoint_url=https://s3.example.org&region_name=eu-west-1"


def storage_of(address: str) -> dict[str, object]:
    """For Django's ``STORAGES``. What is wrong with the address is told by ``faults_of``, when the site starts."""
    if not address or faults_of(address):
        return {"BACKEND": LOCAL}
    parts = urlsplit(address)
    options = {"bucket_name": parts.netloc, "location": parts.path.strip("/"), **dict(parse_qsl(parts.query))}
    return {"BACKEND": BUCKET, "OPTIONS": options}


def faults_of(address: str) -> list[str]:
    """Sentences for whoever starts the site; none where the address can be used."""
    if not address:
        return []
    parts = urlsplit(address)
    if parts.scheme != "s3" or not parts.netloc or parts.username or ":" in parts.netloc:
        return [f"DOCUMENT_STORAGE is not the address of a bucket: write {SHAPE}."]
    if unknown := [name for name, _value in parse_qsl(parts.query) if name not in OPTIONS]:
        return [f"DOCUMENT_STORAGE cannot say {unknown[0]}; it can say {', '.join(OPTIONS)}."]
    if any(find_spec(name) is None for name in NEEDED):
        how = "pip install --require-hashes -r requirements/s3.txt"
        return [f"DOCUMENT_STORAGE names a bucket, and what reads buckets is not installed: {how}"]
    return []
