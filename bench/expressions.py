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


def time_docket(program, rounds):
    """{(case, evaluator): timing}, in the order printed."""
    timings = {}
    for _ in range(rounds):
        output = subprocess.run(
            [program, "expressions", "--json", "--cases", CASES], check=True, capture_output=True, text=True).stdout
        for line in filter(None, output.splitlines()):
            record = json.loads(line)
            key = (record["case"], record["evaluator"])
            timing = timings.setdefault(key, peers.Timing(record["repetitions"]))
            timing.short.append(record["short_ns"])
            timing.long.append(record["long_ns"])
            timing.compile_ns = min(timing.compile_ns, record["compile_ns"])
    return timings


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket-bench", help="the program to time")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--budget", type=float, default=0.1, help="seconds a round of a peer")
    parser.add_argument("--save", help="write the samples to this file, as JSON")
    options = parser.parse_args()

    cases = read_cases()
    docket = time_docket(options.docket, options.rounds)
    evaluators = [name for name in ("lowered", "tree") if any(key[1] == name for key in docket)]
    columns = [("docket" if name == "lowered" else f"docket {name}") for name in evaluators]
    results = {case.name: [docket.get((case.name, name)) for name in evaluators] for case in cases}

    present, absent = [], []
    for kind in peers.ENGINES:
        try:
            engine = kind()
        except peers.Absent:
            absent.append(kind)
            continue
        present.append(kind)
        columns.append(kind.name)
        for case in cases:
            if case.peers:
                results[case.name].append(results[case.peers][len(columns) - 1])
                continue
            try:
                results[case.name].append(peers.time_case(engine, case, options.rounds, options.budget))
            except Exception as problem:  # an engine that refuses a case leaves a gap, and the others go on
                print(f"{kind.name} cannot do `{case.name}`: {problem}", file=sys.stderr)
                results[case.name].append(None)

    print(f"Nanoseconds an evaluation, best of {options.rounds} rounds (+ how far the median lies above), times Docket")
    print_table(
        ["expression"] + columns,
        [[case.title] + [evaluation(item, results[case.name][0]) for item in results[case.name]] for case in cases])
    print()
    print("Nanoseconds to compile, times Docket; cel-rust only parses, the others check too")
    print_table(
        ["expression"] + columns,
        [[case.title] + [compilation(item, results[case.name][0]) for item in results[case.name]] for case in cases])
    print()
    for kind in present:
        print(f"beside {kind.name}: {kind.package} {peers.version(kind)}")
    for kind in absent:
        print(f"without {kind.name}; to compare with it: {sys.executable} -m pip install {kind.package}")
    if options.save:
        with open(options.save, "w", encoding="utf-8") as file:
            json.dump(
                {name: {column: vars(item) for column, item in zip(columns, row) if item}
                 for name, row in results.items()}, file, indent=1)


def evaluation(item, docket):
    if item is None:
        return "-"
    return f"{number(item.best)} (+{item.spread:.0%})" + ratio(item.best, docket and docket.best, item is docket)


def compilation(item, docket):
    return "-" if item is None else number(item.compile_ns) + ratio(item.compile_ns, docket and docket.compile_ns, item is docket)


def ratio(ns, docket_ns, is_docket):
    if not docket_ns or is_docket:
        return ""
    times = ns / docket_ns
    return f" {times:,.0f}x" if times >= 20 else f" {times:.1f}x"


def number(ns):
    return f"{ns:.1f}" if ns < 100 else f"{ns:,.0f}"


if __name__ == "__main__":
    main()
