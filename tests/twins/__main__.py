"""Compare the files of so many twins: ``python -m tests.twins [PAIRS]``."""

from __future__ import annotations

import argparse
import sys
import time

from tests.twins.files import compare, make, say


def main() -> int:
    """Compare so many pairs; 0 when no file tells them apart."""
    parser = argparse.ArgumentParser(prog="python -m tests.twins", description=__doc__)
    parser.add_argument("pairs", nargs="?", type=int, default=300)
    parser.add_argument("--first", type=int, default=0, help="seed of the first pair")
    parser.add_argument("--side", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.side is not None:
        make(options.side)
        return 0
    began = time.monotonic()
    count = compare(range(options.first, options.first + options.pairs), loud=True)
    by_audience = ", ".join(f"{number} TLP:{name}" for name, number in count.audiences.items())
    say(f"pairs tried: {count.pairs} ({by_audience})")
    say(f"pairs of files compared: {count.files}, {count.size:,} bytes each side")
    say(f"differences: {len(count.differences)} {count.differences or ''}".rstrip())
    say(f"took {time.monotonic() - began:.0f} s")
    return int(bool(count.differences))


sys.exit(main())
