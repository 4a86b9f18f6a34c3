#!/usr/bin/env python3
"""Writes the feedback of scripts/support/limits/came_back, a made-up desk of which exact shares came back.

    python3 scripts/dev/came-back-limits.py > scripts/support/limits/came_back/feedback.csv

scripts/support/limits_tests.docket says what the measure must make of it.
"""
print("id,updated_at,subject,kind,status,customer,product,created_at")
# Of each month, how many were resolved, and how many of them were opened again.
for month, resolved, came_back in [(1, 100, 3), (2, 25, 1), (3, 50, 3), (4, 15, 1)]:
    for number in range(1, resolved + 1):
        created = f"2026-{month:02}-05T10:00"
        states = [("05T10:00", "collected"), ("06T10:00", "resolved")]
        if number <= came_back:
            states.append(("07T10:00", "handled"))
        for at, status in states:
            print(f"F{month}-{number:03},2026-{month:02}-{at},slow,bug,{status},shop,pay,{created}")
