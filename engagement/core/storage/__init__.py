"""Storage of uploaded files: a folder of this machine, or an S3 bucket, chosen by ``DOCUMENT_STORAGE``.

``address`` reads the setting, ``local`` and ``bucket`` are the two storages, ``checks`` stops a start that cannot work.
Both keep files private: there is no address of a file but those of the site, which ask who may read it.
"""
