#!/usr/bin/env python3
"""Writes scripts/incidents/limits: a made-up log in which every measure meets its limits exactly.

    python3 scripts/dev/limits-sample.py > scripts/incidents/limits/incident_event_log.csv

scripts/incidents/measure_tests.docket says what the measures must make of it.
"""
from datetime import datetime, timedelta

HEADING = (
    "number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,caller_id,opened_by,opened_at,"
    "sys_created_by,sys_created_at,sys_updated_by,sys_updated_at,contact_type,location,category,subcategory,u_symptom,"
    "cmdb_ci,impact,urgency,priority,assignment_group,assigned_to,knowledge,u_priority_confirmation,notify,problem_id,"
    "rfc,vendor,caused_by,closed_code,resolved_by,resolved_at,closed_at")
LEVEL = {"low": "3 - Low", "medium": "2 - Medium", "high": "1 - High"}
PRIORITY = {"low": "4 - Low", "moderate": "3 - Moderate", "high": "2 - High", "critical": "1 - Critical"}
MATRIX = {"low": ("low", "low"), "moderate": ("medium", "medium"), "high": ("high", "medium"), "critical": ("high", "high")}

number = 0


def text(instant):
    return f"{instant.day}/{instant.month}/{instant.year} {instant:%H:%M}" if instant else "?"


def incident(priority, opened, resolved, closed, made, hand_overs=0, reopened=0, channel="Phone", levels=None, last=None):
    """Two lines: as it was opened, and as it is now."""
    global number
    number += 1
    impact, urgency = levels or MATRIX[priority]
    final = last or ("Closed" if closed else "Resolved" if resolved else "New")
    for count, (state, updated) in enumerate([("New", opened), (final, closed or resolved or opened)]):
        if count and updated == opened:
            continue
        print(",".join([
            f"INC{number:07}", state, "false" if state == "Closed" else "true", str(hand_overs), str(reopened), str(count),
            "true" if made else "false", "Caller 1", "?", text(opened), "?", text(opened), "?", text(updated), channel,
            "?", "?", "?", "?", "?", LEVEL[impact], LEVEL[urgency], PRIORITY[priority], "?", "?", "false", "false",
            "Do Not Notify", "?", "?", "?", "?", "?", "?", text(resolved), text(closed)]))


def group(priority, first, count, late, resolve, **other):
    """`late` of the incidents are closed forty days after they were opened, the rest as they are resolved."""
    for index in range(count):
        opened = first + timedelta(minutes=index)
        resolved = opened + resolve(index)
        is_late = index < late
        values = {name: value(index) if callable(value) else value for name, value in other.items()}
        made = values.pop("made", not is_late)
        incident(priority, opened, resolved, opened + timedelta(days=40) if is_late else resolved, made, **values)


def hours(amount):
    return lambda index: timedelta(hours=amount)


print(HEADING)
march, may, june, july = (datetime(2016, *day, 9) for day in [(3, 7), (5, 2), (6, 6), (7, 4)])
# March: 90 %, 80 % and less of them in time; 24 h, 48 h and a minute more to resolve; one too few; 3 of 119 came back.
group("high", march, 30, 3, hours(24), hand_overs=1)
group("moderate", march, 30, 6, hours(48), hand_overs=1)
group("low", march, 30, 7, lambda index: timedelta(hours=48, minutes=1), hand_overs=2)
group("critical", march, 29, 0, lambda index: timedelta(hours=500 if index == 28 else index + 1), hand_overs=2,
      made=lambda index: index < 8, reopened=lambda index: int(index < 3), channel="Email")
# The first instant at which the desk's flag is compared with our clock.
incident("critical", datetime(2016, 4, 1), datetime(2016, 4, 1, 1), datetime(2016, 4, 1, 1), True)
# May: 80 % in time, and twice the flag and the clock differ; 1 of 50 came back; one priority is not that of the matrix.
group("moderate", may, 50, 10, lambda index: timedelta(hours=30, minutes=10 * index),
      made=lambda index: index == 0 or index > 10, reopened=lambda index: int(index == 0),
      levels=lambda index: ("high", "high") if index == 5 else ("medium", "medium"))
# June: just enough.
group("critical", june, 30, 3, hours(1))
# July: 90 of 100 in time, once the flag and the clock differ; a minute more than a day to resolve; 1 of 100 came back.
group("low", july, 100, 9, lambda index: timedelta(hours=24, minutes=1), made=lambda index: index > 9, hand_overs=1,
      reopened=lambda index: int(index == 0))
# August: resolved and late, but not closed; closed, but never resolved; opened yesterday.
august = datetime(2016, 8, 1, 9)
incident("high", august, august + timedelta(hours=2), None, True)
incident("critical", august, None, august + timedelta(hours=2), False)
incident("low", datetime(2016, 8, 31, 12), None, None, True)
