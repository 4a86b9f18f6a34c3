#!/usr/bin/env python3
"""Times the expressions of expressions.json in Docket and, in the same run, in the engines of CEL that are installed.

    bench/expressions.py [--rounds N] [--docket PATH] [--save FILE]

An engine is timed as (time of 110 repetitions - time of 10) / 100 in one expression, a loop over 1,000 elements by 11
and 1; the best of all rounds counts, and the spread says how far the rounds lie apart.
"""

import argparse
import json
import os
import subprocess
import sys

import peers
from table import print_table

HERE = os.path.dirname(os.path.abspath(__file__))
CASES = os.path.join(HERE, "expressions.json")


class Variable:
    def __init__(self, record):
        self.type = record["type"]
        first, last = record.get("range", (1, 0))
        self.value = list(range(first, last + 1)) if "range" in record else record["value"]

    @property
    def literal(self):
        return cel_literal(self.value)


class Case:
    def __init__(self, record):
        self.name = record["case"]
        self.title = record["title"]
        self.expression = record["expression"]
        # The case whose figures of the peers stand for this one as well.
        self.peers = record.get("peers")
        self.repeats = tuple(record["repeats"])
        self.variables = {name: Variable(variable) for name, variable in record["variables"].items()}

    @property
    def is_structured(self):
        return any(isinstance(variable.value, (list, dict)) for variable in self.variables.values())

    @property
    def is_loop(self):
        return any(isinstance(variable.value, list) for variable in self.variables.values())


def cel_literal(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{cel_literal(key)}: {cel_literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(cel_literal, value)) + "]"
    # JSON writes numbers, texts and truth as CEL does.
    return json.dumps(value, ensure_ascii=False)


def read_cases():
    with open(CASES, encoding="utf-8") as file:
        return [Case(record) for record in json.load(file)["cases"]]


def time_docket(program, rounds, timings):
    """Adds rounds to {(case, evaluator): timing}."""
    for _ in range(rounds):
        output = subprocess.run(
            [program, "expressions", "--json", "--cases", CASES], check=True, capture_output=True, text=True).stdout
        for line in filter(None, output.splitlines()):
            record = json.loads(line)
            timing = timings.setdefault((record["case"], record["evaluator"]), peers.Timing(record["repetitions"]))
            timing.short.append(record["short_ns"])
            timing.long.append(record["long_ns"])
            timing.compile_ns = min(timing.compile_ns, record["compile_ns"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket-bench", help="the program to time")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--save", help="write the samples to this file, as JSON")
    options = parser.parse_args()

    cases = read_cases()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores; trust ratios, and those of a quiet machine")
    docket = {}
    # Half of Docket's rounds come before the others' and half after, so that all see the same weather.
    time_docket(options.docket, options.rounds - options.rounds // 2, docket)
    columns, results, present, absent = [], {case.name: [] for case in cases}, [], []
    for kind in peers.ENGINES:
        try:
            engine = kind()
        except peers.Absent:
            absent.append(kind)
            continue
        present.append(kind)
        columns.append(kind.name)
        for case in cases:
            results[case.name].append(time_peer(engine, case, results, options))
    time_docket(options.docket, options.rounds // 2, docket)

    print()
    print(f"Nanoseconds an evaluation, best of {options.rounds} rounds (and how far the middle one lies off), times Docket")
    show(cases, docket, "docket by tree", columns, results, evaluation)
    print()
    print("Nanoseconds to compile, times Docket; cel-rust only parses, the others check too")
    show(cases, docket, "without lowering", columns, results, compilation)
    print()
    for kind in present:
        print(f"beside {kind.name}: {kind.package} {peers.version(kind)}")
    for kind in absent:
        print(f"without {kind.name}; to compare with it: pip install {kind.package}")
    if options.save:
        for (case, evaluator), timing in docket.items():
            results[case].append(timing)
        with open(options.save, "w", encoding="utf-8") as file:
            json.dump({name: [vars(item) for item in row if item] for name, row in results.items()}, file, indent=1)


def time_peer(engine, case, results, options):
    if case.peers:
        return results[case.peers][len(results[case.name])]
    try:
        return peers.time_case(engine, case, options.rounds)
    except Exception as problem:  # an engine that refuses a case leaves a gap, and the others go on
        print(f"{engine.name} cannot do `{case.name}`: {problem}", file=sys.stderr)
        return None


def show(cases, docket, tree, columns, results, cell):
    rows = []
    for case in cases:
        own = docket.get((case.name, "lowered"))
        others = [docket.get((case.name, "tree"))] + results[case.name]
        rows.append([case.title, cell(own, None)] + [cell(item, own) for item in others])
    print_table(["expression", "docket", tree] + columns, rows)


def evaluation(item, docket):
    if item is None:
        return "-"
    return f"{number(item.best)} ({item.spread:.0%})" + ratio(item.best, docket and docket.best)


def compilation(item, docket):
    return "-" if item is None else number(item.compile_ns) + ratio(item.compile_ns, docket and docket.compile_ns)


def ratio(ns, docket_ns):
    if not docket_ns:
        return ""
    times = ns / docket_ns
    return f" {times:,.0f}x" if times >= 20 else f" {times:.1f}x"


def number(ns):
    return f"{ns:.1f}" if ns < 100 else f"{ns:,.0f}"


if __name__ == "__main__":
    main()
