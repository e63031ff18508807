"""A region in one piece: its files in an archive, to keep beside the plan that was made of it.

The same region gives the same bytes, so that a plan can be made again years later and compared.
"""

import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from koempel.region.tables import FILES, Region, read_region, region_digest, write_region


def pack_region(region: Region) -> tuple[bytes, str]:
    """Put a region in an archive; gives its bytes and the digest of its files."""
    with TemporaryDirectory() as folder:
        there = Path(folder) / "region"
        write_region(region, there)
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in FILES:
                if (there / name).exists():
                    # ZipInfo without a date keeps the bytes the same from run to run.
                    info = zipfile.ZipInfo(name)
                    info.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(info, (there / name).read_bytes())
        return packed.getvalue(), region_digest(there)


def unpack_region(packed: bytes) -> Region:
    """Read a region back from an archive.

    Raises
    ------
    RegionError
        When its tables have faults.
    """
    with TemporaryDirectory() as folder:
        with zipfile.ZipFile(BytesIO(packed)) as archive:
            for name in sorted(set(archive.namelist()) & set(FILES)):
                archive.extract(name, folder)
        return read_region(Path(folder))
