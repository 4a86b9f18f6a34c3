"""The workload of the benchmarks: tickets of a support desk and rules over them, the same on every run.

    bench/workload.py tickets ROWS FOLDER      writes tickets.csv and tickets.jsonl
    bench/workload.py rules COUNT FOLDER       writes rulebook.docket

A rule has 2 to 4 predicates; together the rules of a rulebook match about nine tickets of ten.
"""

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


# MARK: Rules

def rules(count, seed=11):
    """[[(field, operator, value)]]: `in` with a list of values, `==` with one, `>=` or `<` with a number."""
    random = Random(seed)
    # One of `count` rules matches nine tickets of ten when each matches this share.
    share = 1 - 0.1 ** (1 / count)
    found = []
    for _ in range(count):
        left = 2 + random.below(3)
        fields = list(ENUMS) + list(TEXTS) + ["severity", "csat", "arr"]
        rest, predicates = share, []
        # The fields with few values cannot be told apart much, so the last one is one of many values.
        for number in range(left):
            wanted = rest ** (1 / (left - number))
            names = fields if number < left - 1 else [name for name in fields if name in ("product", "arr", "region")] or fields
            name = names[random.below(len(names))]
            fields.remove(name)
            predicate, matched = one(name, wanted, random)
            predicates.append(predicate)
            rest = min(1, rest / matched)
        found.append(predicates)
    return found


def one(name, wanted, random):
    """A predicate that about this share of tickets matches, and the share that it is."""
    if name == "severity":
        threshold = min(5, max(2, round(5 * (1 - wanted)) + 1))
        return (name, ">=", threshold), (6 - threshold) / 5
    if name == "csat":
        steps = min(40, max(1, round(41 * wanted)))
        return (name, "<", (10 + steps) / 10), steps / 41
    if name == "arr":
        width = max(1, round(500_000 * wanted))
        return ((name, ">=", 500_000 - width) if random.below(2) else (name, "<", width)), width / 500_000
    values = ENUMS.get(name) or TEXTS[name]
    size = min(len(values) - 1, max(1, round(len(values) * wanted)))
    first = random.below(len(values))
    chosen = sorted({values[(first + place * 7) % len(values)] for place in range(size)})
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
}}
"""


def model():
    return MODEL.format(enums="\n".join(
        f"enum {name.capitalize()} {{ {', '.join(values)} }}" for name, values in ENUMS.items()))


def literal(name, value):
    return value if name in ENUMS else json.dumps(value)


def condition(predicate):
    name, operator, value = predicate
    if operator == "in":
        return f"t.{name} in [{', '.join(literal(name, item) for item in value)}]"
    return f"t.{name} {operator} {literal(name, value)}"


def main():
    what, count, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if what == "tickets":
        print("\n".join(write_tickets(count, folder)))


if __name__ == "__main__":
    main()
