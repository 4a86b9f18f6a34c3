#!/usr/bin/env python3
"""Writes a rulebook with many tests, to time `docket test`: python3 scripts/dev/many-tests.py 10000 > many.docket"""
import sys

count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
print('''zone "UTC"

enum Tier { standard, gold }

enum Status { open, waiting, closed }

calendar office {
  open mon-fri 09:00-17:00
}

entity Feedback as f {
  key id: string
  tier: Tier
  status: Status = open
  votes: int = 0
  team: string?
  created_at: timestamp
}

table patience(tier: Tier): duration {
  tier     | result
  gold     | 4h
  standard | 8h
}

route team for Feedback.team as f {
  where f.team == null

  rule popular {
    when f.votes >= 10 and f.tier == gold
    to "a"
  }

  otherwise to "b"
}

sla answer for Feedback as f {
  start  at f.created_at
  stop   when f.status == closed
  pause  while f.status == waiting
  target patience(f.tier)
  using  office
  on reopen count gap
}
''')
for number in range(count):
    tier = "gold" if number % 3 else "standard"
    votes = number % 20
    team = "a" if votes >= 10 and tier == "gold" else "b"
    # From 10:00: four open hours on the same day, eight on the next.
    due = "@2026-10-08T14:00" if tier == "gold" else "@2026-10-09T10:00"
    print(f'''test "feedback {number}" {{
  now @2026-10-08T10:00
  let f = Feedback {{ id: "F{number}", tier: {tier}, votes: {votes}, created_at: now }}
  expect team(f).to == "{team}"
  expect answer(f).due == {due}
  wait 1h
  set f.status = closed
  expect answer(f).status == met
}}
''')
