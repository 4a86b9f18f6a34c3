#!/usr/bin/env python3
"""Times whole commands: `docket run` on the shipped rulebook with its stages, the start-up, the check of the rulebook.

    bench/job.py [--rounds N] [--docket PATH] [--data DIR]

Nothing is kept: the output of a command goes nowhere. The best of the rounds counts; the peak of memory is the largest.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time

from table import print_table

RULEBOOK = "scripts/incidents"
SAMPLE = "scripts/incidents/data"
LOG = "incident_event_log.csv"


def run(arguments, keeps_output=False):
    """Seconds, peak of memory in MB, and what went to standard error, or to standard output where that is kept."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdout=errors if keeps_output else subprocess.DEVNULL, stderr=None if keeps_output else errors)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read().decode("utf-8", "replace")
    if process.returncode:
        sys.exit(f"{' '.join(arguments)} ended with exit code {process.returncode}\n{text}")
    # macOS counts bytes, Linux kilobytes.
    peak = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return elapsed, peak, text


def stages(text):
    """[(stage, milliseconds)] of the table of `--timings`; a stage within another keeps its indent."""
    found = []
    for line in text.splitlines():
        name, _, figure = line.rstrip().rpartition(" ")
        try:
            found.append((name.rstrip(), float(figure.replace(",", ""))))
        except ValueError:
            continue
    return found


def lines(path):
    with open(path, "rb") as file:
        return sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))


def job(docket, data, rounds):
    arguments = [docket, "run", RULEBOOK, "--data", data, "--format", "jsonl", "--timings"]
    runs = [run(arguments) for _ in range(rounds)]
    tables = [dict(stages(text)) for _, _, text in runs]
    names = [name for name, _ in stages(runs[0][2])]
    print(f"docket run {RULEBOOK} on {lines(os.path.join(data, LOG)):,} lines, milliseconds, best and median of {rounds}")
    rows = [[name] + figures([table[name] for table in tables if name in table]) for name in names]
    rows.append(["whole command"] + figures([elapsed * 1e3 for elapsed, _, _ in runs]))
    print_table(["stage", "best", "median"], rows)
    print(f"  peak of memory: {max(peak for _, peak, _ in runs):,.0f} MB")
    print()


def figures(samples):
    return [f"{min(samples):,.1f}", f"{sorted(samples)[len(samples) // 2]:,.1f}"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--docket", default=".build/release/docket", help="the program to time")
    parser.add_argument("--data", help=f"a folder with the whole log, {LOG}")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    job(options.docket, SAMPLE, options.rounds)
    if options.data and os.path.exists(os.path.join(options.data, LOG)):
        job(options.docket, options.data, options.rounds)
    else:
        print(f"without the whole log: {options.data or 'DATA'}/{LOG} is not there")
        print()
    starts(options.docket)


def starts(docket, samples=50):
    """The commands take turns, so that all see the same weather."""
    commands = [["true"], ["docket", "eval", "1+1"], ["docket", "--version"], ["docket", "check", RULEBOOK],
                ["docket", "check", "scripts/support"]]
    walls, works = [[] for _ in commands], [[] for _ in commands]
    nowhere = [(os.POSIX_SPAWN_OPEN, descriptor, os.devnull, os.O_WRONLY, 0) for descriptor in (1, 2)]
    for _ in range(samples):
        for index, command in enumerate(commands):
            program = docket if command[0] == "docket" else command[0]
            start = time.perf_counter()
            process = os.posix_spawnp(program, [program] + command[1:], os.environ, file_actions=nowhere)
            _, status, usage = os.wait4(process, 0)
            walls[index].append((time.perf_counter() - start) * 1e3)
            works[index].append((usage.ru_utime + usage.ru_stime) * 1e3)
            if status:
                sys.exit(f"{' '.join(command)} ended with exit code {os.waitstatus_to_exitcode(status)}")
    print(f"Whole commands, milliseconds, best and median of {samples}; `true` is what starting any program costs here")
    print_table(["command", "best", "median", "processor"],
                [[" ".join(command)] + figures(wall) + [f"{min(work):,.1f}"]
                 for command, wall, work in zip(commands, walls, works)])


if __name__ == "__main__":
    main()
