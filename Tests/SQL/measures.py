#!/usr/bin/env python3
"""The measures of the incident log by SQLite, for a test to compare with.

    measures.py incident_event_log.csv ZONE AS_OF

Prints JSON: {measure: {"period|group": [value, rows]}}. Days and weeks come from zoneinfo, percentiles from window functions;
nothing here knows of Docket.
"""

import csv
import datetime
import json
import sqlite3
import sys
from zoneinfo import ZoneInfo

PERIODS = ["day", "week", "month", "quarter", "year"]
# What is measured, as an aggregate of SQL over the rows of a cell; percentiles are made apart.
AGGREGATES = {
    "count": "count(*)",
    "count_if": "sum(reopen_count > 0)",
    "ratio": "avg(made_sla)",
    "sum": "sum(reassignment_count)",
    "mean": "avg(reassignment_count)",
    "min": "min(reassignment_count)",
    "max": "max(sys_mod_count)",
    "distinct": "count(distinct caller_id)",
    "mean_time": "avg(resolved - opened)",
}
PERCENTILES = {"median": (0.5, "resolved - opened"), "p90": (0.9, "resolved - opened"),
               "p25": (0.25, "sys_mod_count")}


def instant(text):
    if text == "?":
        return None
    return datetime.datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=datetime.timezone.utc)


def periods(moment, zone):
    local = moment.astimezone(zone)
    year, week, _ = local.isocalendar()
    return [f"{local:%Y-%m-%d}", f"{year:04}-W{week:02}", f"{local:%Y-%m}",
            f"{local.year:04}-Q{(local.month - 1) // 3 + 1}", f"{local.year:04}"]


def load(path, zone):
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE TABLE log (number, updated, mods, opened, resolved, priority, made_sla, reopen_count, "
        "reassignment_count, sys_mod_count, caller_id, day, week, month, quarter, year)")
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            opened, resolved = instant(row["opened_at"]), instant(row["resolved_at"])
            database.execute("INSERT INTO log VALUES (" + ",".join("?" * 16) + ")", [
                row["number"], instant(row["sys_updated_at"]).timestamp(), int(row["sys_mod_count"]),
                opened.timestamp(), resolved and resolved.timestamp(), row["priority"],
                1 if row["made_sla"] in ("true", "True", "TRUE") else 0, int(row["reopen_count"]),
                int(row["reassignment_count"]), int(row["sys_mod_count"]),
                None if row["caller_id"] == "?" else row["caller_id"], *periods(opened, zone)])
    return database


def main():
    path, zone, as_of = sys.argv[1], ZoneInfo(sys.argv[2]), datetime.datetime.fromisoformat(sys.argv[3])
    database = load(path, zone)
    # An incident is its newest version by then.
    database.execute(
        "CREATE TABLE incident AS SELECT * FROM (SELECT *, row_number() OVER "
        "(PARTITION BY number ORDER BY updated DESC, mods DESC) AS place FROM log WHERE updated <= ?) WHERE place = 1",
        [as_of.timestamp()])
    found = {}
    windows = [(name, name, "1") for name in PERIODS]
    windows.append(("last", "''", f"opened >= {(as_of - datetime.timedelta(days=300)).timestamp()} "
                                  f"AND opened < {as_of.timestamp()}"))
    for window, column, filter in windows:
        for name, aggregate in AGGREGATES.items():
            needed = "resolved IS NOT NULL" if "resolved" in aggregate else (
                "caller_id IS NOT NULL" if "caller_id" in aggregate else "1")
            rows = database.execute(
                f"SELECT {column} || '|' || priority, {aggregate}, count(*) FROM incident "
                f"WHERE {filter} AND {needed} GROUP BY 1").fetchall()
            found[f"{name}_{window}"] = {key: [value, count] for key, value, count in rows}
        for name, (share, expression) in PERCENTILES.items():
            # Linear interpolation between the closest ranks.
            rows = database.execute(f"""
                WITH one AS (SELECT {column} || '|' || priority AS key, {expression} AS x FROM incident
                             WHERE {filter} AND ({expression}) IS NOT NULL),
                ranked AS (SELECT key, x, row_number() OVER (PARTITION BY key ORDER BY x) - 1 AS place,
                                  count(*) OVER (PARTITION BY key) AS n FROM one),
                spot AS (SELECT DISTINCT key, n, {share} * (n - 1) AS rank FROM ranked)
                SELECT spot.key, low.x + (high.x - low.x) * (rank - CAST(rank AS INTEGER)), spot.n
                FROM spot
                JOIN ranked AS low ON low.key = spot.key AND low.place = CAST(rank AS INTEGER)
                JOIN ranked AS high ON high.key = spot.key AND high.place = min(spot.n - 1, CAST(rank AS INTEGER) + 1)
                """).fetchall()
            found[f"{name}_{window}"] = {key: [value, count] for key, value, count in rows}
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
