#!/usr/bin/env python3
"""Times whole jobs from file to file on a million tickets.

    bench/whole.py [--rows N] [--rounds N] [--docket PATH]

`docket run` on a desk: 100 rules, a clock on a calendar, five measures, the report as text. And, beside C and DuckDB where they
are there, tickets from CSV through 1,000 rules to a CSV of decisions; who decides any ticket otherwise ends the run.
"""

import argparse
import csv
import importlib.util
import os
import sys
import time

import job
import routing
import workload
from table import print_table

DUCKDB = """
import sys
import duckdb
import chains, columnar
from workload import CODED
path, rules, out, threads = sys.argv[1:]
connection = duckdb.connect(config={"threads": int(threads)})
for name, values in CODED.items():
    connection.execute(f"CREATE TYPE {name}_type AS ENUM ({', '.join(map(columnar.text, values))})")
columns = {"id": "VARCHAR"} | {name: columnar.SQL_TYPES.get(name, f"{name}_type") for name in chains.FIELDS}
case = chains.sql_case(chains.read(rules), columnar.spell)
connection.execute(f"COPY (SELECT id AS item, {case} AS rule FROM read_csv('{path}', columns={columns})) TO '{out}' (HEADER)")
"""


def desk(docket, rows, rounds):
    folder = f".build/bench/{rows}"
    rulebook, _ = workload.write_desk(rows, folder)
    command = [docket, "run", rulebook, "--data", folder, "--timings"]
    runs = [job.run(command)]
    # One is enough of what takes long.
    if runs[0][0] < 20:
        runs += [job.run(command) for _ in range(rounds - 1)]
    tables = [dict(job.stages(text)) for _, _, text in runs]
    print(f"docket run on {rows:,} tickets: 100 rules, one clock on a calendar, five measures; milliseconds, "
          f"best and median of {len(runs)}")
    names = [name for name, _ in job.stages(runs[0][2])]
    table = [[name] + job.figures([one[name] for one in tables if name in one]) for name in names]
    print_table(["stage", "best", "median"], table + [["whole command"] + job.figures([run[0] * 1e3 for run in runs])])
    print(f"  peak of memory: {max(run[1] for run in runs):,.0f} MB")


def timed(command, output, rounds):
    """Best seconds, best seconds on processors, peak of memory; standard output goes to the file."""
    best, work, peak = 1e9, 1e9, 0
    for _ in range(rounds):
        with open(output, "wb") as file:
            start = time.perf_counter()
            process = os.posix_spawnp(command[0], command, os.environ,
                                      file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 1)])
            _, status, usage = os.wait4(process, 0)
            elapsed = time.perf_counter() - start
        if os.waitstatus_to_exitcode(status):
            raise routing.Failed(f"{' '.join(command)[:80]} failed")
        best = min(best, elapsed)
        work = min(work, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3))
        if elapsed > 20:
            break
    return best, work, peak


def rules_of(path):
    """{item: rule}; the columns are found by their names."""
    with open(path, newline="") as file:
        rows = csv.reader(file)
        heading = next(rows)
        item, rule = heading.index("item"), heading.index("rule")
        return {row[item]: row[rule].removeprefix("r") if row[rule] not in ("otherwise", "-1") else "" for row in rows}


def file_to_file(docket, rows, rounds):
    tickets = f".build/bench/{rows}"
    workload.write_tickets(rows, tickets)
    work = routing.Job(1_000, rows, tickets, rounds)
    path = os.path.join(tickets, "tickets.csv")
    outputs = {name: os.path.join(work.folder, f"{name}.csv") for name in ("docket", "c", "duckdb")}
    table, found = [], {}

    def measure(title, name, command, output=None):
        table.append((title, *timed(command, output or os.devnull, rounds)))
        found[title] = rules_of(outputs[name])

    measure("docket route --format csv", "docket",
            [docket, "route", work.rulebook, "--data", tickets, "--format", "csv"], outputs["docket"])
    try:
        program = routing.compiled(work, os.path.join(routing.HERE, "bitmap.c"), "bitmap")
        measure("C, bitmap index", "c", [program, path, work.write("rules.txt", routing.chains.plain(work.rules)), outputs["c"]])
    except (routing.Absent, routing.Failed) as problem:
        print(f"without C: {problem}")
    if importlib.util.find_spec("duckdb"):
        os.environ["PYTHONPATH"] = routing.HERE
        for threads in (1, 2):
            measure(f"DuckDB, {threads} thread{'s' * (threads > 1)}", "duckdb",
                    [sys.executable, "-c", DUCKDB, path, work.json, outputs["duckdb"], str(threads)])
    else:
        print(f"duckdb is not installed for {sys.executable}: not compared")
    own = found["docket route --format csv"]
    for title, rules in found.items():
        if rules != own:
            item = next((item for item in own if own[item] != rules.get(item)), None)
            sys.exit(f"error: {title} decides {item} by {rules.get(item)!r}, docket by {own.get(item)!r}")
    print(f"\n{rows:,} tickets from CSV through 1,000 rules to a CSV of decisions, best of {rounds}; times Docket. "
          "All decide the same")
    print_table(["program", "time", "times", "processors", "peak"],
                [[title, f"{seconds:.3f} s", f"{seconds / table[0][1]:.2g}x", f"{work:.3f} s", f"{peak:,.0f} MB"]
                 for title, seconds, work, peak in table])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    desk(options.docket, options.rows, options.rounds)
    file_to_file(options.docket, options.rows, options.rounds)


if __name__ == "__main__":
    main()
