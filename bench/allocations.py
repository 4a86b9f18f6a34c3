#!/usr/bin/env python3
"""Counts what a decision allocates: calls of the allocator while 2N tickets are decided, less those for N, by callgrind.

    bench/allocations.py [--tickets N] [--sizes 100,1000] [--docket PATH]
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile

import routing
import workload
from table import print_table

# Whatever hands out memory; what calls another of these is counted once, there.
ALLOCATORS = ("malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc")
# Counted beside them, to tell whose they are.
SWIFT = ("swift_slowAlloc", "swift_allocObject")


def counts(program, rulebook, tickets):
    """{function: calls} and all instructions, while the tickets are decided; loading and printing are not counted."""
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "callgrind.out")
        routing.command(
            ["valgrind", "--tool=callgrind", "--collect-atstart=no", "--toggle-collect=*RoutingBench*decide*",
             "--toggle-collect=*RoutingB0V6decide*", f"--callgrind-out-file={output}", program, "routing", rulebook, tickets,
             "--rounds", "1"], 900)
        with open(output) as file:
            return calls(file)


def calls(lines):
    found, names, called, instructions = {}, {}, None, 0
    for line in lines:
        if match := re.match(r"c?fn=\((\d+)\)(?: (.*))?", line):
            name = names.setdefault(match[1], (match[2] or "").partition("@")[0].partition("'")[0])
            called = name if line.startswith("c") else called
        elif match := re.match(r"calls=(\d+)", line):
            found[called] = found.get(called, 0) + int(match[1])
        elif match := re.match(r"(?:summary|totals): (\d+)", line):
            instructions = int(match[1])
    return found, instructions


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket-bench")
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--sizes", default="10,1000")
    options = parser.parse_args()
    missing = [tool for tool in ("valgrind", "strip") if not shutil.which(tool)]
    if missing:
        return print(f"{' and '.join(missing)} not installed: allocations are not counted")
    if not os.path.exists(options.docket):
        sys.exit(f"{options.docket} is not built")
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind stumbles over the debugging information, and needs none but the names.
        program = os.path.join(folder, "docket-bench")
        routing.command(["strip", "--strip-debug", "-o", program, options.docket])
        for size in map(int, options.sizes.split(",")):
            rulebook, _ = workload.write_rules(size, os.path.join(folder, f"rules-{size}"))
            measured = []
            for count in (options.tickets, 2 * options.tickets):
                tickets = os.path.join(folder, f"tickets-{count}")
                workload.write_tickets(count, tickets)
                measured.append(counts(program, rulebook, tickets))
            (few, few_instructions), (many, many_instructions) = measured
            if not many_instructions:
                sys.exit("callgrind saw no decision: is the function of docket-bench that decides named otherwise?")

            def each(names):
                more = sum(many.get(name, 0) - few.get(name, 0) for name in names)
                return f"{more / options.tickets:,.3f}"

            rows.append([f"{size:,} rules", each(ALLOCATORS)] + [each([name]) for name in SWIFT]
                        + [f"{(many_instructions - few_instructions) / options.tickets:,.0f}"])
    print(f"What a decision takes, by callgrind: {2 * options.tickets:,} tickets less {options.tickets:,}")
    print_table(["", "allocations", *SWIFT, "instructions"], rows)


if __name__ == "__main__":
    main()
