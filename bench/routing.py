#!/usr/bin/env python3
"""Times the routing of tickets by 10, 100, 1,000 and 10,000 rules in Docket and, in the same run, in what is installed of the
others: a bitmap index and an if-chain in C, if-chains in JavaScript and Lua, CASE in DuckDB, DataFusion and Polars.

    bench/routing.py [--rows N] [--rounds N] [--sizes 10,100] [--only NAME,NAME] [--docket PATH]

All decide the same tickets by the same rules, from columns in memory to an array of first matches, with one thread; the best
of the rounds counts, in time on the processor, so that what else the machine does counts less. Parsing, planning and compiling are told apart. Who finds another rule for any ticket ends the run with
an error. What is too slow for all tickets decides the first of them.
"""

import argparse
import array
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time

import chains
import workload
from table import print_table

HERE = os.path.dirname(os.path.abspath(__file__))
# A round that takes longer has fewer tickets.
ROUND = 2.0
SAMPLE = 20_000
FEW = 2_000
# So many rules are slow in all but an index.
MANY_RULES = 5_000


class Absent(Exception):
    """The peer is not on this machine, or not for so many rules."""


class Failed(Exception):
    """The peer is there and does not do it."""


def command(arguments, limit=120):
    try:
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired as problem:
        raise Failed(f"longer than {limit} s") from problem
    if done.returncode:
        raise Failed((done.stderr.strip() or done.stdout.strip() or f"exit code {done.returncode}").splitlines()[-1])
    return done.stdout


def program(*names):
    for name in names:
        if shutil.which(name):
            return name
    raise Absent(f"{names[0]} is not installed")


class Job:
    """The rules of one size, the tickets, and a folder for what is made of them."""

    def __init__(self, size, rows, tickets, rounds):
        self.size, self.rows, self.tickets, self.rounds = size, rows, tickets, rounds
        self.folder = f"{os.path.dirname(tickets)}/rules-{size}"
        self.rulebook, self.json = workload.write_rules(size, self.folder)
        self.rules = chains.read(self.json)
        self.columns = os.path.join(tickets, "columns")
        self.matches = os.path.join(self.folder, "matches")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def first(self, rows):
        """A folder with the first tickets."""
        if rows == self.rows:
            return self.tickets
        folder = os.path.join(self.folder, f"first-{rows}")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "tickets.csv")
        if not os.path.exists(path):
            with open(os.path.join(self.tickets, "tickets.csv")) as source, open(path, "w") as file:
                file.writelines(line for _, line in zip(range(rows + 1), source))
        return folder


def sized(job, run):
    """`run(rows, rounds)` on a sample, and then on as many tickets as a round has time for."""
    few = min(FEW if job.size > MANY_RULES else SAMPLE, job.rows)
    result = run(few, 1)
    wanted = ROUND / max(result["ns"] * 1e-9, 1e-12)
    # Round numbers, so that runs read the same files.
    many = max((rows for rows in (scale * 10 ** zeros for scale in (1, 2, 5) for zeros in range(3, 9)) if rows <= wanted),
               default=0)
    many = min(job.rows, many)
    return run(many, job.rounds) if many > few else result


# MARK: Docket and its peers

class Docket:
    name = "docket"

    def __init__(self, path):
        self.program = path

    def measure(self, job):
        if not os.path.exists(self.program):
            raise Absent(f"{self.program} is not built")

        def run(rows, rounds):
            return self.run(job, rows, rounds)

        # An engine and one decision: what is made before the others.
        made = run(1, 3)
        # What is made once a round makes a few tickets dear, so their number grows until a round is long.
        rows = min(SAMPLE, job.rows)
        while rows < job.rows and min(run(rows, 1)["rounds_s"]) < ROUND:
            rows = min(job.rows, 10 * rows)
        return run(rows, job.rounds) | {"prepare_s": made["check_s"] + min(made["rounds_s"])}

    def run(self, job, rows, rounds):
        output = command([self.program, "routing", job.rulebook, job.first(rows), "--rounds", str(rounds),
                          "--matches", job.matches], 600)
        result = json.loads(output)
        return result | {"ns": min(result["rounds_s"]) / result["rows"] * 1e9}


class Bitmap:
    """Both ways of the same program: numbers placed at load, or in each decision."""

    name = "C bitmap"

    def measure(self, job):
        path = compiled(job, os.path.join(HERE, "bitmap.c"), "bitmap")
        rules = job.write("rules.txt", chains.plain(job.rules))
        return json.loads(command([path, job.columns, str(job.rows), rules, str(job.rounds + 2), job.matches]))


class CChain:
    name = "C chain"

    def measure(self, job):
        start = time.perf_counter()
        path = compiled(job, job.write("chain.c", chains.c(job.rules, 100)), "chain")
        elapsed = time.perf_counter() - start
        return sized(job, lambda rows, rounds: json.loads(
            command([path, job.columns, str(rows), str(rounds), job.matches]))) | {"prepare_s": elapsed}


def compiled(job, source, name):
    path = os.path.join(job.folder, name)
    try:
        command([program("cc", "gcc", "clang"), "-O2", "-o", path, source])
    except Failed as problem:
        raise Failed(f"cc: {problem}") from problem
    return path


class Chain:
    """An if-chain in functions of some rules each; the best of a few sizes counts."""

    def measure(self, job):
        runs = []
        for size in dict.fromkeys(min(size, job.size) for size in self.sizes):
            path = job.write(f"chain-{size}.{self.extension}", self.source(job.rules, size))

            def run(rows, rounds, path=path):
                return json.loads(command(
                    [program(*self.programs), *self.options, path, job.columns, str(rows), str(rounds), job.matches]))

            try:
                runs.append((run(min(FEW if job.size > MANY_RULES else SAMPLE, job.rows), 2)["ns"], size, run))
            except Failed as problem:
                print(f"  {self.name}, {size} rules a function: {problem}", file=sys.stderr)
        if not runs:
            raise Failed("no size works")
        return sized(job, min(runs)[2])


class Node(Chain):
    name, programs, options, extension = "node", ("node", "nodejs"), (), "js"
    # Larger functions are never optimised.
    sizes = (50, 100, 1_000)

    def source(self, rules, size):
        return chains.javascript(rules, size)


class LuaJIT(Chain):
    name, programs, options, extension = "luajit", ("luajit",), (), "ffi.lua"
    sizes = (100, 1_000)

    def source(self, rules, size):
        return chains.lua(rules, size, "ffi")


class LuaJITOff(LuaJIT):
    name, options, extension = "luajit -joff", ("-joff",), "tables.lua"

    def source(self, rules, size):
        return chains.lua(rules, size, "tables")


class Lua(Chain):
    name, programs, options, extension = "lua", ("lua5.4", "lua"), (), "lua"
    sizes = (100, 1_000)

    def source(self, rules, size):
        return chains.lua(rules, size, "5.4")


class Columnar:
    def measure(self, job):
        for module in self.modules:
            if not importlib.util.find_spec(module):
                raise Absent(f"{module} is not installed for {sys.executable}")
        if job.size > self.most:
            raise Absent(f"{self.name} plans for too long")
        path = os.path.join(job.tickets, "tickets.csv")

        def run(rows, rounds):
            return json.loads(command([sys.executable, os.path.join(HERE, "columnar.py"), self.modules[0], path, str(rows),
                                       job.json, str(rounds), job.matches]))

        # All planning is done anew for each number of rows.
        return sized(job, run) if job.size <= MANY_RULES else run(min(SAMPLE, job.rows), 1)


class DuckDB(Columnar):
    name, modules, most = "duckdb", ("duckdb", "numpy"), 10_000


class DataFusion(Columnar):
    name, modules, most = "datafusion", ("datafusion", "pyarrow", "numpy"), 1_000


class Polars(Columnar):
    name, modules, most = "polars", ("polars", "numpy"), 100


# MARK: The run

def read_matches(path, rows):
    matches = array.array("i")
    with open(path, "rb") as file:
        matches.fromfile(file, rows)
    return matches


def compare(name, found, known, known_name):
    """The same rule for each ticket that both decided."""
    count = min(len(found), len(known))
    if found[:count] == known[:count]:
        return
    ticket = next(number for number in range(count) if found[number] != known[number])
    sys.exit(f"error: {name} decides ticket {ticket} by rule {found[ticket]}, {known_name} by rule {known[ticket]}")


def figure(ns):
    return f"{ns:,.1f}" if ns < 100 else f"{ns:,.0f}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket-bench")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", default="10,100,1000,10000")
    parser.add_argument("--only", help="these programs only, such as docket,node")
    parser.add_argument("--folder", help="where tickets and rules are made and kept")
    options = parser.parse_args()
    tickets = options.folder or f".build/bench/{options.rows}"
    workload.write_tickets(options.rows, tickets)
    workload.write_columns(options.rows, tickets)
    sizes = list(map(int, options.sizes.split(",")))
    contestants = [Docket(options.docket)] + [kind() for kind in (
        Bitmap, CChain, Node, LuaJIT, LuaJITOff, Lua, DuckDB, DataFusion, Polars)]
    if options.only:
        contestants = [one for one in contestants if one.name in options.only.split(",")]

    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; trust ratios, and those of a quiet machine")
    results, notes, known = {}, [], {}
    for size in sizes:
        job = Job(size, options.rows, tickets, options.rounds)
        for one in contestants:
            if os.path.exists(job.matches):
                os.remove(job.matches)
            try:
                result = one.measure(job)
            except (Absent, Failed) as problem:
                notes.append(f"{one.name}, {size:,} rules: {problem}")
                continue
            found = read_matches(job.matches, result["rows"])
            # Each is held against all that came before, by the one that decided most tickets.
            if size in known:
                compare(one.name, found, *known[size])
            if size not in known or len(found) > len(known[size][0]):
                known[size] = (found, one.name)
            results[one.name, size] = result
            if result["rows"] < options.rows:
                notes.append(f"{one.name}, {size:,} rules: the first {result['rows']:,} tickets")

    matched = ", ".join(f"{sum(rule >= 0 for rule in found) / len(found):.0%} at {size:,}" for size, (found, _) in known.items())
    print(f"\nTickets that a rule matches: {matched}; all find the same rule for each")
    heading = [f"{size:,} rules" for size in sizes]
    show(f"Nanoseconds a decision on the processor, {options.rows:,} tickets, one thread, best of {options.rounds}; times Docket",
         heading, rows_of(results, contestants, sizes, "ns", figure))
    grow(contestants[0], [Job(size, options.rows, tickets, options.rounds) for size in sizes], heading, results)
    show("Milliseconds to read, check, plan or compile the rules", heading,
         rows_of(results, contestants, sizes, "prepare_s", lambda seconds: figure(seconds * 1e3)))
    for size in sizes:
        if ("docket", size) in results:
            own = results["docket", size]
            print(f"docket, {size:,} rules: {own['rules_hit']:,} rules decided some ticket; parsed and checked in "
                  f"{own['check_s'] * 1e3:,.1f} ms")
    for note in notes:
        print(f"note: {note}")


def grow(docket, jobs, heading, results):
    """How the time of all decisions grows with the number of tickets."""
    if not all((docket.name, job.size) in results for job in jobs):
        return
    table = []
    for rows in (jobs[0].rows // 100, jobs[0].rows // 10, jobs[0].rows):
        times = [min(docket.run(job, rows, job.rounds)["rounds_s"]) for job in jobs]
        table.append([f"{rows:,} tickets"] + [f"{figure(seconds * 1e3)} ms" for seconds in times])
    print("\nDocket: a new engine and the decisions of so many tickets")
    print_table([""] + heading, table)


def rows_of(results, contestants, sizes, key, shown):
    rows = []
    kinds = [(one.name, one.name, key) for one in contestants]
    if key == "ns":
        # The other form of the same program.
        place = next((index for index, kind in enumerate(kinds) if kind[0] == Bitmap.name), None)
        if place is not None:
            kinds.insert(place + 1, ("C bitmap, numbers", Bitmap.name, "ns_numbers"))
    for title, name, of in kinds:
        cells = []
        for size in sizes:
            item, own = results.get((name, size)), results.get(("docket", size))
            if item is None or of not in item:
                cells.append("-")
            elif own is None or key != "ns":
                cells.append(shown(item[of]))
            else:
                times = item[of] / own[key]
                cells.append(f"{shown(item[of])} {times:,.0f}x" if times >= 20 else f"{shown(item[of])} {times:.2g}x")
        if set(cells) != {"-"}:
            rows.append([title] + cells)
    return rows


def show(title, heading, rows):
    print(f"\n{title}")
    if rows:
        print_table(["engine"] + heading, rows)


if __name__ == "__main__":
    main()
