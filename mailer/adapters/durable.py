"""Does a file's new name outlast a power cut? Once its folder is on the disk too.

Law: a name counts only after this; the content was synced before it was given the name.
"""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Put the names in `folder` on the disk.

    Raises:
        OSError: the folder cannot be opened or synced.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
