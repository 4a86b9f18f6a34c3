"""Routing in a columnar engine, one thread: `columnar.py ENGINE CSV ROWS RULES ROUNDS MATCHES`, started by routing.py.

Names are enums or categories, so that the engine compares codes. The time of the same statement over no rows is what parsing
and planning take; the rest is the decisions'.
"""

import array
import json
import os
import sys
import time

import chains
from workload import CODED, ENUMS

os.environ["POLARS_MAX_THREADS"] = "1"
SQL_TYPES = {"severity": "TINYINT", "csat": "DOUBLE", "created": "TIMESTAMP", "arr": "INTEGER"}


def text(item):
    return "'" + item + "'"


def spell(name, operator, values):
    """A predicate in SQL over names."""
    if name in CODED:
        names = [text(CODED[name][code]) for code in values]
        return f"{name} = {names[0]}" if len(names) == 1 else f"{name} IN ({', '.join(names)})"
    value = f"TIMESTAMP {text(instant(values[0]))}" if name == "created" else values[0]
    return f"{name} {operator} {value}"


def instant(seconds):
    return time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(seconds))


def duckdb(path, rows, rules):
    import duckdb as engine
    connection = engine.connect(config={"threads": 1})
    for name, values in CODED.items():
        connection.execute(f"CREATE TYPE {name}_type AS ENUM ({', '.join(map(text, values))})")
    columns = {"id": "VARCHAR"} | {name: SQL_TYPES.get(name, f"{name}_type") for name in chains.FIELDS}
    connection.execute(f"CREATE TABLE t AS SELECT {', '.join(chains.FIELDS)} FROM read_csv('{path}', columns={columns}) LIMIT {rows}")
    connection.execute("CREATE TABLE none AS SELECT * FROM t LIMIT 0")
    statement = f"SELECT {chains.sql_case(rules, spell)} :: INTEGER AS m FROM "

    def run(table):
        return connection.execute(statement + table).fetchnumpy()["m"]

    return lambda: run("none"), lambda: run("t")


def datafusion(path, rows, rules):
    import datafusion as engine
    import pyarrow
    import pyarrow.csv
    configuration = engine.SessionConfig().with_target_partitions(1)
    context = engine.SessionContext(configuration)
    names = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    types = {"severity": pyarrow.int8(), "csat": pyarrow.float64(), "created": pyarrow.timestamp("s", "UTC"),
             "arr": pyarrow.int32()}
    table = pyarrow.csv.read_csv(path, convert_options=pyarrow.csv.ConvertOptions(
        column_types={name: types.get(name, names) for name in chains.FIELDS}, include_columns=chains.FIELDS))
    table = table.slice(0, rows).unify_dictionaries()
    plain = table["created"].cast(pyarrow.timestamp("s"))
    table = table.set_column(chains.FIELDS.index("created"), "created", plain)
    context.register_record_batches("t", [table.to_batches(max_chunksize=8192)])
    context.register_record_batches("none", [[pyarrow.RecordBatch.from_pylist([], schema=table.schema)]])
    statement = f"SELECT CAST({chains.sql_case(rules, spell)} AS INTEGER) AS m FROM "

    def run(name):
        batches = context.sql(statement + name).collect()
        return pyarrow.concat_arrays([batch.column(0) for batch in batches]).to_numpy() if batches else []

    return lambda: run("none"), lambda: run("t")


def polars(path, rows, rules):
    import polars as pl
    types = {"severity": pl.Int8, "csat": pl.Float64, "created": pl.String, "arr": pl.Int32, "id": pl.String}
    frame = pl.read_csv(path, schema_overrides=types | {name: pl.Enum(values) for name, values in CODED.items()}, n_rows=rows)
    frame = frame.with_columns(pl.col("created").str.to_datetime("%Y-%m-%dT%H:%M:%SZ").dt.epoch("s"))

    def test(name, operator, values):
        column = pl.col(name)
        if name in CODED:
            names = [CODED[name][code] for code in values]
            return column == names[0] if len(names) == 1 else column.is_in(names)
        return column >= values[0] if operator == ">=" else column < values[0]

    chain = pl
    for number, rule in enumerate(rules):
        chain = chain.when(*(test(*predicate) for predicate in rule)).then(pl.lit(number, dtype=pl.Int32))
    chain = chain.otherwise(pl.lit(-1, dtype=pl.Int32)).alias("m")
    none = frame.head(0)
    return lambda: none.select(chain)["m"], lambda: frame.select(chain)["m"].to_numpy()


def best(function, rounds):
    times, result = [], None
    for _ in range(rounds):
        start = time.process_time()
        result = function()
        times.append(time.process_time() - start)
    return min(times), result


def main():
    engine, path, rows, rules, rounds, matches = sys.argv[1:]
    plan, run = globals()[engine](path, int(rows), chains.read(rules))
    # The first time pays for what is loaded lazily.
    planning, _ = best(plan, 2)
    seconds, result = best(run, int(rounds))
    with open(matches, "wb") as file:
        array.array("i", [int(number) for number in result]).tofile(file)
    print(json.dumps({"rows": len(result), "ns": max(0, seconds - planning) / len(result) * 1e9, "prepare_s": planning}))


if __name__ == "__main__":
    main()
