"""A zip archive that is sent while it is being packed: nothing is sought back, nothing is kept but its directory."""

import struct
from collections.abc import Iterable, Iterator

from zlib_ng import zlib_ng as zlib

# As small as level 6 of the usual zlib, in half the time.
LEVEL = 5
SIZES_FOLLOW, NAMES_ARE_UTF8 = 0x0008, 0x0800
FLAGS = SIZES_FOLLOW | NAMES_ARE_UTF8
VERSION, DEFLATED, NEW_YEAR_1980 = 20, 8, 0x0021


class Archive:
    """Members go in one after another; `pack` and `close` give the bytes to send."""

    def __init__(self):
        self.position = 0
        self.directory = []

    def pack(self, name: str, parts: Iterable[bytes]) -> Iterator[bytes]:
        """Pack one member out of parts that may still be in the making."""
        encoded, start = name.encode(), self.position
        yield self._sent(
            struct.pack(
                "<IHHHHHIIIHH",
                0x04034B50,
                VERSION,
                FLAGS,
                DEFLATED,
                0,
                NEW_YEAR_1980,
                0,
                0,
                0,
                len(encoded),
                0,
            )
            + encoded
        )
        checksum = size = 0
        began, deflate = self.position, zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        for part in parts:
            checksum, size = zlib.crc32(part, checksum), size + len(part)
            if packed := deflate.compress(part):
                yield self._sent(packed)
        yield self._sent(deflate.flush())
        packed_size = self.position - began
        yield self._sent(struct.pack("<IIII", 0x08074B50, checksum, packed_size, size))
        self.directory.append((encoded, checksum, packed_size, size, start))

    def close(self) -> Iterator[bytes]:
        """The directory, by which a reader finds the members."""
        began = self.position
        for name, checksum, packed_size, size, start in self.directory:
            yield self._sent(
                struct.pack(
                    "<IHHHHHHIIIHHHHHII",
                    0x02014B50,
                    VERSION,
                    VERSION,
                    FLAGS,
                    DEFLATED,
                    0,
                    NEW_YEAR_1980,
                    checksum,
                    packed_size,
                    size,
                    len(name),
                    0,
                    0,
                    0,
                    0,
                    0,
                    start,
                )
                + name
            )
        count = len(self.directory)
        yield struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, self.position - began, began, 0)

    def _sent(self, data: bytes) -> bytes:
        self.position += len(data)
        return data
