"""The workload of the benchmarks: tickets of a support desk and rules over them, the same on every run.

    bench/workload.py tickets ROWS FOLDER      writes tickets.csv and tickets.jsonl
    bench/workload.py columns ROWS FOLDER      writes the same tickets as one binary file a column, for the peers
    bench/workload.py rules COUNT FOLDER       writes routing.docket and the same rules as rules.json, for the peers
    bench/workload.py desk ROWS FOLDER         writes desk.csv, tickets with first answers and ends, and desk.docket

A rule has 2 to 4 predicates; together the rules of a rulebook match about nine tickets of ten, whatever their number. The
first that matches decides.
"""

import array
import datetime
import json
import os
import sys

ENUMS = {
    "kind": ["incident", "question", "request", "complaint"],
    "priority": ["low", "normal", "high", "urgent"],
    "tier": ["free", "silver", "gold", "platinum"],
    "channel": ["email", "phone", "chat", "web"],
}
TEXTS = {
    "product": [f"product-{number:02}" for number in range(40)],
    "region": ["berlin", "paris", "madrid", "rome", "vienna", "warsaw",
               "beijing", "shanghai", "shenzhen", "chengdu", "wuhan", "xian"],
}
COLUMNS = ["id", "kind", "product", "priority", "tier", "channel", "region", "severity", "csat", "created", "arr"]
START = datetime.datetime(2026, 1, 1)
MINUTES = 270 * 24 * 60
EPOCH = datetime.datetime(1970, 1, 1)
# Columns of the peers: a name of few is a code of one byte, its place in the list above.
CODED = {**ENUMS, **TEXTS}
NUMBERS = {"severity": "b", "csat": "d", "created": "q", "arr": "i"}


class Random:
    """SplitMix64 (Steele, Lea, Flood, 2014): whole numbers only, so no machine differs."""

    def __init__(self, seed):
        self.state = seed

    def below(self, count):
        self.state = (self.state + 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFFFFFFFFFFFFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFFFFFFFFFFFFFF
        return (z ^ (z >> 31)) % count


# MARK: Tickets

def tickets(count, seed=7):
    random = Random(seed)
    minutes = [(START + datetime.timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M") for minute in range(0, MINUTES, 9)]
    for number in range(count):
        # One draw has bits enough for all the small columns.
        bits = random.below(1 << 62)
        row = [f"T{number:07}"]
        for values in (ENUMS["kind"], TEXTS["product"], ENUMS["priority"], ENUMS["tier"], ENUMS["channel"],
                       TEXTS["region"]):
            bits, place = divmod(bits, len(values))
            row.append(values[place])
        bits, severity = divmod(bits, 5)
        bits, csat = divmod(bits, 41)
        bits, minute = divmod(bits, len(minutes))
        bits, second = divmod(bits, 60)
        row += [severity + 1, (csat + 10) / 10, f"{minutes[minute]}:{second:02}Z", bits % 500_000]
        yield row


def write_tickets(count, folder):
    """The paths of the CSV and the JSON Lines; they are made once."""
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, name) for name in ("tickets.csv", "tickets.jsonl")]
    if all(os.path.exists(path) for path in paths):
        return paths
    with open(paths[0] + ".part", "w") as csv, open(paths[1] + ".part", "w") as lines:
        csv.write(",".join(COLUMNS) + "\n")
        for row in tickets(count):
            csv.write(",".join(map(str, row)) + "\n")
            lines.write(json.dumps(dict(zip(COLUMNS, row))) + "\n")
    for path in paths:
        os.rename(path + ".part", path)
    return paths


def write_columns(count, folder):
    """One file a column in the byte order of the machine: codes and severity of one byte, csat doubles, created seconds
    since the epoch in eight bytes, arr in four. They are made once."""
    folder = os.path.join(folder, "columns")
    if os.path.exists(folder):
        return folder
    columns = {name: array.array("B") for name in CODED} | {name: array.array(kind) for name, kind in NUMBERS.items()}
    codes = {name: {value: code for code, value in enumerate(values)} for name, values in CODED.items()}
    for row in tickets(count):
        for name, value in zip(COLUMNS[1:], row[1:]):
            if name in codes:
                value = codes[name][value]
            elif name == "created":
                value = seconds(value)
            columns[name].append(value)
    os.makedirs(folder + ".part", exist_ok=True)
    for name, column in columns.items():
        with open(os.path.join(folder + ".part", name), "wb") as file:
            column.tofile(file)
    os.rename(folder + ".part", folder)
    return folder


def seconds(text):
    return int((datetime.datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ") - EPOCH).total_seconds())


# MARK: Rules

def rules(count, seed=11):
    """[[(field, operator, value)]]: `in` with a list of values, `==` with one, `>=` or `<` with a number or an instant."""
    random = Random(seed)
    # One of `count` rules matches nine tickets of ten when each matches this share. What is corrected is how far the shares
    # of small books lie off, and how many rules of large ones lie over others; tried for these sizes.
    share = 1 - MISSED.get(count, 0.08) ** (1 / count)
    # Nobody writes a rule twice.
    found = {}
    while len(found) < count:
        predicates = rule(share, random)
        found.setdefault(json.dumps(sorted(predicates)), predicates)
    return list(found.values())


MISSED = {10: 0.06, 100: 0.05, 1000: 0.06, 10_000: 0.09}

# People write round numbers: thresholds are whole thousands and whole days.
STEPS = {"created": (MINUTES // 1440, lambda day: (START + datetime.timedelta(days=day)).strftime("%Y-%m-%dT%H:%M:%SZ")),
         "arr": (500, lambda thousand: 1000 * thousand)}
# The smallest share of tickets that a condition on a field names. A low csat is a fifth, or all would speak of the same few.
FINEST = {name: 1 / len(values) for name, values in CODED.items()} | {"severity": 1 / 5, "csat": 1 / 5}
# The smallest share that so many conditions can name: of one product; from 7,000 to 8,000; the two.
REACH = {1: 1 / 40, 2: 1 / 500, 3: 1 / 20_000}


def rule(share, random):
    left, rest, predicates = 2 + random.below(3), share, []
    while left < 4 and share < 0.8 * REACH[left]:
        left += 1
    fields = list(FINEST)
    while left:
        # A span of a number or of time names any share: two conditions, at the end.
        if left == 2 and (rest < 1 / 60 or random.below(2)):
            names = [name for name in STEPS if 1 / STEPS[name][0] < 1.3 * rest] or ["arr"]
            return predicates + span(names[random.below(len(names))], rest, random)
        wanted = rest ** (1 / left)
        if left == 1:
            names = [name for name in fields if FINEST[name] < 1.3 * wanted] + (list(STEPS) if wanted > 0.2 else [])
        else:
            names = [name for name in fields if rest / max(wanted, FINEST[name]) > 0.8 * REACH[left - 1]]
        name = (names or fields)[random.below(len(names or fields))]
        if name in fields:
            fields.remove(name)
        predicate, matched = one(name, wanted, random)
        predicates.append(predicate)
        rest = min(1, rest / matched)
        left -= 1
    return predicates


def span(name, wanted, random):
    steps, at = STEPS[name]
    width = min(steps, max(1, round(steps * wanted)))
    start = random.below(steps - width + 1)
    return [(name, ">=", at(start)), (name, "<", at(start + width))]


def one(name, wanted, random):
    """A predicate that about this share of tickets matches, and the share that it is."""
    if name == "severity":
        threshold = min(5, max(2, round(5 * (1 - wanted)) + 1))
        return (name, ">=", threshold), (6 - threshold) / 5
    if name == "csat":
        steps = min(40, max(8, round(41 * wanted)))
        return (name, "<", (10 + steps) / 10), steps / 41
    if name in STEPS:
        steps, at = STEPS[name]
        width = min(steps - 1, max(1, round(steps * wanted)))
        return ((name, ">=", at(steps - width)) if random.below(2) else (name, "<", at(width))), width / steps
    values = CODED[name]
    size = min(len(values) - 1, max(1, round(len(values) * wanted)))
    first = random.below(len(values))
    chosen = sorted({values[(first + place * 7) % len(values)] for place in range(size)}, key=values.index)
    return ((name, "==", chosen[0]) if len(chosen) == 1 else (name, "in", chosen)), len(chosen) / len(values)


MODEL = """zone "UTC"

{enums}

entity Ticket as t {{
  key id: string
  kind: Kind
  product: string
  priority: Priority
  tier: Tier
  channel: Channel
  region: string
  severity: int
  csat: double
  created: timestamp event
  arr: int
{more}}}
"""


def model(more=()):
    return MODEL.format(
        enums="\n".join(f"enum {name.capitalize()} {{ {', '.join(values)} }}" for name, values in ENUMS.items()),
        more="".join(f"  {field}\n" for field in more))


def literal(name, value):
    if name == "created":
        return "@" + value
    return value if name in ENUMS else json.dumps(value)


def condition(predicate):
    name, operator, value = predicate
    if operator == "in":
        return f"t.{name} in [{', '.join(literal(name, item) for item in value)}]"
    return f"t.{name} {operator} {literal(name, value)}"


def desk(number):
    """Who gets the tickets of a rule."""
    return f"desk-{number % 50:02}"


def route(book):
    rules = "\n\n".join(
        f"  rule r{number} {{\n    when {' and '.join(map(condition, predicates))}\n    to {json.dumps(desk(number))}\n  }}"
        for number, predicates in enumerate(book))
    return f"route desk for Ticket.desk as t {{\n{rules}\n\n  otherwise nobody\n}}\n"


def write_rules(count, folder):
    """The paths of the rulebook and of the same rules for the peers."""
    os.makedirs(folder, exist_ok=True)
    book = rules(count)
    paths = [os.path.join(folder, name) for name in ("routing.docket", "rules.json")]
    with open(paths[0], "w") as file:
        file.write(f'{model(["desk: string?"])}\nsource Ticket from "tickets.csv"\n\n{route(book)}')
    with open(paths[1], "w") as file:
        json.dump({"fields": COLUMNS[1:], "values": CODED, "rules": book}, file)
    return paths


# MARK: A desk

DESK = """
calendar desk_hours {
  open mon-fri 08:30-18:00
  closed @2026-01-01, @2026-04-03, @2026-04-06, @2026-05-01, @2026-05-25, @2026-12-24..@2026-12-26
}

sla first_response "First response" for Ticket as t {
  start  at t.created
  stop   at t.answered
  target t.priority >= high ? 4h : 16h
  using  desk_hours
}

kpi tickets "Tickets" over Ticket as t {
  every month of t.created
  by    t.product
  value count()
}

kpi satisfaction "CSAT" over Ticket as t {
  every  month of t.created
  by     t.product
  value  ratio(t.csat >= 4.0)
  target >= 80%
  warn   >= 75%
  at least 30 rows
}

kpi answered_in_time "Answered in time" over first_response as r {
  settled when r.met != null
  every   month of r.item.created
  by      r.item.tier
  value   ratio(r.met)
  absent  skip
  target  >= 90%
}

kpi slow_answers "Slow answers, 90th percentile" over Ticket as t {
  where t.answered != null
  every month of t.created
  by    t.region
  value percentile(t.answered - t.created, 90) / 1h
  unit  "h"
}

kpi revenue_waiting "Revenue behind open tickets" over Ticket as t {
  where t.solved == null
  every month of t.created
  by    t.tier
  value sum(t.arr)
  unit  "EUR"
}
"""


def desk_tickets(count):
    """Tickets with the first answer, which 17 of 20 have, and the end, which 14 of 20 have."""
    random = Random(13)
    for row in tickets(count):
        created = datetime.datetime.strptime(row[9], "%Y-%m-%dT%H:%M:%SZ")
        answer, end = random.below(20), random.below(20)
        minutes = random.below(1 + random.below(3 * 24 * 60))
        answered = created + datetime.timedelta(minutes=minutes)
        solved = answered + datetime.timedelta(minutes=random.below(10 * 24 * 60))
        yield row + [iso(answered) if answer < 17 else "", iso(solved) if answer < 17 and end < 16 else ""]


def iso(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def write_desk(count, folder):
    """A rulebook as a team would have it: 100 rules, a clock on a calendar, five measures; and its tickets."""
    os.makedirs(folder, exist_ok=True)
    paths = [os.path.join(folder, name) for name in ("desk.docket", "desk.csv")]
    fields = ["answered: timestamp? event", "solved: timestamp? event", "desk: string?"]
    with open(paths[0], "w") as file:
        file.write(f'{model(fields)}\nsource Ticket from "desk.csv"\n\n{route(rules(100))}{DESK}')
    if not os.path.exists(paths[1]):
        with open(paths[1] + ".part", "w") as file:
            file.write(",".join(COLUMNS + ["answered", "solved"]) + "\n")
            file.writelines(",".join(map(str, row)) + "\n" for row in desk_tickets(count))
        os.rename(paths[1] + ".part", paths[1])
    return paths


def main():
    what, count, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    made = {"tickets": write_tickets, "columns": write_columns, "rules": write_rules, "desk": write_desk}[what](count, folder)
    print("\n".join([made] if isinstance(made, str) else made))


if __name__ == "__main__":
    main()
