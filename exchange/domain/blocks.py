"""Many numbers in little room: which numbers of a block of 4,096 are meant is a row of bits, packed.

A sheet of a million counterparties takes 250 such rows of a few bytes each, and whether one of them is in it is told
by a single row, found by the number of its block.
"""

import zlib
from collections.abc import Iterable

#: A block holds 2 to the power of this.
POWER = 12
SIZE = 1 << POWER
INSIDE = SIZE - 1


def block_of(number: int) -> int:
    return number >> POWER


def packed(numbers: Iterable[int]) -> list[tuple[int, bytes]]:
    """(block, its numbers) of all these, each said once however often it is given."""
    found: dict[int, bytearray] = {}
    for number in numbers:
        block = number >> POWER
        if (bits := found.get(block)) is None:
            bits = found[block] = bytearray(SIZE // 8)
        place = number & INSIDE
        bits[place >> 3] |= 1 << (place & 7)
    return [(block, zlib.compress(bytes(bits), 1)) for block, bits in sorted(found.items())]


def holds(members: bytes | memoryview, number: int) -> bool:
    """Is the number among these of its block?"""
    place = number & INSIDE
    return bool(zlib.decompress(bytes(members))[place >> 3] >> (place & 7) & 1)
