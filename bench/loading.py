#!/usr/bin/env python3
"""Times the loading of tickets from CSV and from JSON Lines, in Docket and, in the same run, in the readers of DuckDB and
Polars where they are installed: all with one thread, then all with two.

    bench/loading.py [--rows N] [--rounds N] [--docket PATH]

Every reader makes typed columns in memory: numbers, instants, texts. A process is started for each measurement; the time
is that of reading, the memory the peak of the process. Docket checks keys, names of cases and ranges besides.
"""

import argparse
import importlib.util
import os
import subprocess
import sys

import job
import workload
from table import print_table

PEERS = {
    "duckdb": """
import duckdb, sys, time
path, threads = sys.argv[1:]
connection = duckdb.connect(config={"threads": int(threads)})
columns = {"id": "VARCHAR", "kind": "VARCHAR", "product": "VARCHAR", "priority": "VARCHAR", "tier": "VARCHAR",
           "channel": "VARCHAR", "region": "VARCHAR", "severity": "BIGINT", "csat": "DOUBLE", "created": "TIMESTAMP",
           "arr": "BIGINT"}
reader = "read_csv" if path.endswith(".csv") else "read_json"
extra = "" if path.endswith(".csv") else ", format='newline_delimited'"
start = time.perf_counter()
connection.execute(f"CREATE TABLE t AS SELECT * FROM {reader}('{path}', columns={columns}{extra})")
print(time.perf_counter() - start)
""",
    "polars": """
import os, sys, time
path, threads = sys.argv[1:]
os.environ["POLARS_MAX_THREADS"] = threads
import polars as pl
types = {"id": pl.String, "kind": pl.String, "product": pl.String, "priority": pl.String, "tier": pl.String,
         "channel": pl.String, "region": pl.String, "severity": pl.Int64, "csat": pl.Float64, "created": pl.String,
         "arr": pl.Int64}
start = time.perf_counter()
frame = pl.read_csv(path, schema=types) if path.endswith(".csv") else pl.read_ndjson(path, schema=types)
frame = frame.with_columns(pl.col("created").str.to_datetime("%Y-%m-%dT%H:%M:%SZ"))
print(time.perf_counter() - start)
""",
}


def peer(name, path, rounds, threads):
    best, peak = None, 0
    for _ in range(rounds):
        seconds, memory, text = job.run([sys.executable, "-c", PEERS[name], path, str(threads)], keeps_output=True)
        best = min(best or 1e9, float(text))
        peak = max(peak, memory)
    return best, peak


def docket(program, folder, path, rounds, threads):
    """One thread is that of one processor: Docket takes two where the machine has them."""
    rulebook = os.path.join(folder, "rulebook.docket")
    with open(rulebook, "w") as file:
        file.write(workload.model() + f'\nsource Ticket from "{os.path.basename(path)}"\n')
    best, peak = None, 0
    for _ in range(rounds):
        pinned = ["taskset", "-c", "0"] if threads == 1 else []
        _, memory, text = job.run(pinned + [program, "run", rulebook, "--data", folder, "--timings"])
        best = min(best or 1e9, dict(job.stages(text))["load data"] / 1e3)
        peak = max(peak, memory)
    return best, peak


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", help="where the tickets are made and kept")
    arguments = parser.parse_args()
    folder = arguments.folder or f".build/bench/{arguments.rows}"
    paths = workload.write_tickets(arguments.rows, folder)
    installed = [name for name in PEERS if importlib.util.find_spec(name)]
    for name in PEERS:
        if name not in installed:
            print(f"{name} is not installed for {sys.executable}: not compared")
    for threads in (1, 2):
        rows = []
        for path in paths:
            own, memory = docket(arguments.docket, folder, path, arguments.rounds, threads)
            cells = [f"{os.path.basename(path)}, {os.path.getsize(path) / 1e6:,.0f} MB",
                     f"{own:.3f} s", f"{memory:,.0f} MB"]
            for name in installed:
                seconds, other = peer(name, path, arguments.rounds, threads)
                cells += [f"{seconds:.3f} s {seconds / own:.1f}x", f"{other:,.0f} MB"]
            rows.append(cells)
        print(f"\nLoading {arguments.rows:,} tickets, {threads} thread{'s' * (threads > 1)}, best of {arguments.rounds}; "
              "times Docket; peak of the process")
        print_table(["file", "docket", "peak"] + [cell for name in installed for cell in (name, "peak")], rows)


if __name__ == "__main__":
    main()
