#!/usr/bin/env python3
"""Times measures over rows in memory, by product and month with a count, a ratio, a mean and an exact 90th percentile, in
Docket and, in the same run, in those of DuckDB, ClickHouse (chdb), DataFusion and Polars that this Python has.

    bench/kpis.py [--rows N] [--rounds N] [--bench PATH]

All have the same rows, made by the same formulas as in Sources/DocketBench/KPIs.swift, in memory and in their own form
before the clock starts. A process is started for each engine and number of threads. Memory is the peak of the process
while the question is answered, its rows included. The answers are compared.
"""

import argparse
import importlib.util
import json
import subprocess
import sys

from table import print_table

PEERS = ["datafusion", "chdb", "duckdb", "polars"]

ROWS = """
import json, os, sys, time
engine, rows, rounds, threads, percentile = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]), sys.argv[5] == "p90"
os.environ["POLARS_MAX_THREADS"] = os.environ["OMP_NUM_THREADS"] = str(threads)
import numpy as np
import pyarrow as pa
pa.set_cpu_count(threads)

def number(column):
    x = (np.arange(rows, dtype=np.uint64) * np.uint64(8) + np.uint64(column)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))

def table():
    codes = pa.array((number(1) % np.uint64(40)).astype(np.int8))
    names = pa.array([f"product {n}" for n in range(40)])
    created = ((number(2) % np.uint64(63158400)).astype(np.int64) + 1704067200) * 1000000
    return pa.table({
        "id": pa.array(np.arange(rows)),
        "product": pa.DictionaryArray.from_arrays(codes, names),
        "created": pa.array(created, type=pa.timestamp("us")),
        "severity": pa.array((number(3) % np.uint64(5)).astype(np.int64) + 1),
        "csat": pa.array(1 + (number(4) >> np.uint64(11)).astype(np.float64) * 2.0 ** -51),
    })

def peak():
    return next(int(l.split()[1]) >> 10 for l in open("/proc/self/status") if l.startswith("VmHWM"))

def measure(ask, read):
    pa.default_memory_pool().release_unused()
    open("/proc/self/clear_refs", "w").write("5")
    best = 1e9
    for _ in range(rounds):
        start = time.perf_counter()
        answer = ask()
        best = min(best, time.perf_counter() - start)
    mb = peak()
    print(json.dumps({"seconds": best, "peak_mb": mb, "cells": read(answer)}))
"""

CODE = {
    "duckdb": """
import duckdb
connection = duckdb.connect(config={"threads": threads})
rows_ = table()
connection.execute("CREATE TYPE product AS ENUM (" + ",".join(f"'product {n}'" for n in range(40)) + ")")
connection.execute("CREATE TABLE t AS SELECT id, product::VARCHAR::product AS product, created, severity, csat FROM rows_")
del rows_
p90 = ", quantile_cont(csat, 0.9)" if percentile else ""
sql = f"SELECT date_trunc('month', created) m, product, count(*), avg((csat >= 4)::INT), avg(csat){p90} FROM t GROUP BY ALL"
measure(lambda: connection.execute(sql).fetchall(), lambda a: sorted([[str(r[0])[:7], r[1]] + list(r[2:]) for r in a]))
""",
    "chdb": """
from chdb import session
base = session.Session()
base.query(f"SET max_threads = {threads}")
base.query("CREATE TABLE t (id Int64, product LowCardinality(String), created DateTime('UTC'), severity Int64, csat Float64) ENGINE = Memory")
import pyarrow as pa
t_ = table()
t_ = t_.set_column(1, "product", t_["product"].cast(pa.string()))
t_ = t_.set_column(2, "created", pa.array((t_["created"].cast(pa.int64()).to_numpy() // 1000000).astype(np.uint32)))
import pyarrow.feather as feather, tempfile
folder = tempfile.mkdtemp()
feather.write_feather(t_, folder + "/t.arrow", compression="uncompressed")
del t_
base.query(f"INSERT INTO t SELECT * FROM file('{folder}/t.arrow', 'Arrow', 'id Int64, product String, created UInt32, severity Int64, csat Float64')")
import shutil; shutil.rmtree(folder)
p90 = ", quantileExactInclusive(0.9)(csat)" if percentile else ""
sql = f"SELECT toStartOfMonth(created) m, product, count(), avg(csat >= 4), avg(csat){p90} FROM t GROUP BY m, product"
measure(lambda: base.query(sql, "JSONCompactEachRow"), lambda a: sorted([[r[0][:7], r[1]] + [float(v) for v in r[2:]] for r in map(json.loads, str(a).strip().splitlines())]))
""",
    "datafusion": """
import datafusion
config = datafusion.SessionConfig().with_target_partitions(threads)
context = datafusion.SessionContext(config)
rows_ = table()
batches = rows_.to_batches(max_chunksize=1 << 17)
share = (len(batches) + threads - 1) // threads
context.register_record_batches("t", [batches[n:n + share] for n in range(0, len(batches), share)])
p90 = ", percentile_cont(csat, 0.9)" if percentile else ""
sql = f"SELECT date_trunc('month', created) m, product, count(*), avg(CASE WHEN csat >= 4 THEN 1.0 ELSE 0.0 END), avg(csat){p90} FROM t GROUP BY 1, 2"
def ask():
    return pa.Table.from_batches(context.sql(sql).collect())
measure(ask, lambda a: sorted([[str(r[0])[:7], r[1]] + list(r[2:]) for r in zip(*(c.to_pylist() for c in a.columns))]))
""",
    "polars": """
import polars as pl
frame = pl.from_arrow(table()).with_columns(pl.col("product").cast(pl.Categorical))
def ask():
    wanted = [pl.len().alias("n"), (pl.col("csat") >= 4).mean().alias("share"), pl.col("csat").mean().alias("mean")]
    if percentile:
        wanted.append(pl.col("csat").quantile(0.9, "linear").alias("p90"))
    return (frame.lazy().with_columns(m=pl.col("created").dt.truncate("1mo")).group_by("m", "product").agg(wanted).collect())
measure(ask, lambda a: sorted([[str(r[0])[:7], r[1]] + list(r[2:]) for r in a.rows()]))
""",
}


def peer(name, rows, rounds, threads, percentile):
    run = subprocess.run(
        [sys.executable, "-c", ROWS + CODE[name], name, str(rows), str(rounds), str(threads), "p90" if percentile else ""],
        capture_output=True, text=True)
    if run.returncode != 0:
        print(f"  {name} failed: {run.stderr.strip().splitlines()[-1] if run.stderr.strip() else run.returncode}")
        return None
    return json.loads(run.stdout.strip().splitlines()[-1])


def docket(bench, rows):
    lines = [json.loads(line) for line in
             subprocess.run([bench, "kpi", str(rows), "--json"], capture_output=True, text=True, check=True)
             .stdout.splitlines() if line.startswith("{")]
    return [line for line in lines if "case" in line], [line for line in lines if "kpi" in line]


def compare(name, answer, cells):
    """Says where an engine's answer is another than Docket's."""
    place = {"tickets": 2, "satisfied": 3, "mean_csat": 4, "slow_tail": 5}
    theirs = {(row[0], row[1]): row for row in answer["cells"]}
    for cell in cells:
        row = theirs.get((cell["period"], cell["product"]))
        if row is None or len(row) <= place[cell["kpi"]]:
            continue
        value = row[place[cell["kpi"]]]
        if abs(value - cell["value"]) > 1e-9 * max(1, abs(value)):
            print(f"  {name} differs at {cell['period']} {cell['product']}, {cell['kpi']}: {value}, Docket {cell['value']}")
            return


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bench", default=".build/release/docket-bench")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    arguments = parser.parse_args()
    installed = [name for name in PEERS if importlib.util.find_spec(name)]
    if importlib.util.find_spec("pyarrow") is None or importlib.util.find_spec("numpy") is None:
        installed = []
    results, cells = docket(arguments.bench, arguments.rows)
    own = {(line["case"], line["threads"]): line for line in results}
    print(f"\nMeasures over {arguments.rows} rows by month and product, {own[('four KPIs', 1)]['bytes_a_row']:.1f} bytes a row")
    heading = ["", "1 thread", "times", "MB", "2 threads", "times", "MB", "without p90", "times"]
    base = [own[("four aggregates in one KPI", 1)], own[("four aggregates in one KPI", 2)], own[("without the percentile", 1)]]
    rows = []

    def add(name, one, two, short):
        row = [name]
        for result, mine, memory in [(one, base[0], True), (two, base[1], True), (short, base[2], False)]:
            row += [f"{result['seconds']:.3f}", f"{result['seconds'] / mine['seconds']:.2f}"] if result else ["–", "–"]
            if memory:
                row.append(str(result["peak_mb"]) if result else "–")
        rows.append(row)

    add("Docket, one KPI", *base)
    add("Docket, four KPIs", own[("four KPIs", 1)], own[("four KPIs", 2)], None)
    for name in installed:
        one = peer(name, arguments.rows, arguments.rounds, 1, True)
        two = peer(name, arguments.rows, arguments.rounds, 2, True)
        add(name, one, two, peer(name, arguments.rows, arguments.rounds, 1, False))
        if one:
            compare(name, one, cells)
    print_table(heading, rows)


if __name__ == "__main__":
    main()
