"""Upload handler that keeps no more of a file than could be accepted, so that refused files do not fill a disk.

The rest is read and thrown away, and the file says how large it was, so that the form refuses it by its size with a
sentence beside the field. A handler that stops would leave the form without a file, and without a reason.
"""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class BoundedUploadHandler(TemporaryFileUploadHandler):
    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if start <= settings.UPLOAD_MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
        return None
