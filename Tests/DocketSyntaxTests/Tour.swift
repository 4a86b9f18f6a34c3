/// A rulebook that uses every production of the grammar.

let tour = #"""
  use support with first_answer, mood
  use helpdesk with all
  use basics
  zone "Europe/Lisbon"

  // The vocabulary.
  enum Tier "客户等级" { bronze "1", silver "2 - Silver" "银", gold, }
  enum Topic { defect, wish
    , thanks }

  entity Client "客户" as c {
    key code: string
    name: string "Name" "名称", tier: Tier = bronze
    seen: timestamp? event
    key: bool
    event: list<map<string, int?>>
    `odd field`: double? = 1.5 "Odd"
    from: date
    for: duration
    let let_in: bool "in" = c.tier >= silver
    let loud = c.`odd field` > 2
  }
  entity Note { key id: uint  client: Client  at: timestamp event  from: string  public: bool }
  entity Patron "Patrons" = Client as c where c.tier == gold
  entity Anyone = Client where true
  extend entity Client as c {
    notes: list<Note> from Note.client as n where n.public
    all_notes: list<Note> from Note.client
    let talks = size(c.notes)
  }

  source Client from "clients.csv" as row {
    missing    "?", "n/a"
    times      "d/M/yyyy H:mm", "unix" zone "UTC"
    created    row.made
    version    row.changed, int(row.serial)
    backfilled seen, from
    accept     tier "-100", "none" as absent
    accept     tier "9" as gold
    encoding   "gb18030"
    reject at most 20
    name       = row.full_name
    missing    = row.lost
    for        = int(row.minutes) * 1m
  }
  source Note from "desk.sqlite" table "notes"

  calendar desk "Desk" {
    zone "Asia/Shanghai"
    like other
    open mon-wed, fri 09:30-12:00, 13:00-21:00
    open sat-sun 22:00-24:00
    open @2026-10-10 9:30-21:00 "make-up day"
    closed @2026-10-01..@2026-10-07, @2026-12-25 "holidays"
    closed @2027-01-01
    holidays "cn-2026.csv"
    known until @2026-12-31
  }

  let limit "the limit": int = 3
  let now_ish = @2026-01-01T00:00:00.25+01:00
  func load "Load"(p: Client, n: int?): int "how much" = size(p.notes) + n ?? 0
  func nothing(): bool = not false

  table answer_time "Answer"(tier: Tier, votes: int, on: date?): duration? {
    hit unique
    tier           | votes | on                         | result
    bronze, silver | 1..5  | @2026-01-01..@2026-02-01   | 15m
    gold           | >= 3, != 7 | null                  | 2 * 1h
    // Everything else.
    _              | -5..-1 | _                         | f(
                                                            votes
                                                          )
    Tier.gold      | _     | < @2027-01-01              | null
  }
  table kept(a: int): int from "kept.csv"
  table kept_all(a: int): list<int> from "kept.csv" { hit all }

  route owner "Who answers" "谁来回答" for Note.client as f {
    hit first
    where f.client == null
    order highest f.tier then lowest f.at
    rule loud "A loud one" {
      when f.public and not f.client.loud
      when f.at > now
      unless f.client.tier in [bronze]
      to one Patron as p
         where load(p, 1) < 3
         prefer p == f.client
         pick lowest load(p, 0) then highest p.tier then round robin
      else to one Client as p pick round robin
      else after 30m of desk from f.at to Client["x"]
      else after 2h from f.at to one Client as p
      else next
      set f.public = true
      notify "desk" f"{f.id}: {f.client.name}"
      notify f.client "plain"
      because f"{f.at} is loud"
    }
    rule other { to one }
    otherwise to Client["triage"] else to Client["last"]
  }
  route none for Note.from as n { rule r { to n.client.name } otherwise nobody hit unique }

  sla first_answer "首次响应" for Note as f {
    where f.public
    start at f.at
    stop on f.client.notes as m where m.public
    restart when f.public
    pause while f.from == "x"
    pause while f.public
    cancel when f.from == "y"
    target answer_time(f.client.tier, 3, null)
    using desk
    cycles each
    on change grace 30m
    on reopen count gap
    at 75% during desk notify f.client f"{f.id} is due {due}"
    at -1.5 notify "a" "b"
    at 2h notify "a" "b" set f.public = false
    at limit notify "a" "b"
    at breach notify up(f.client, 1) "late" notify "b" "c"
    after breach every 4h up to 3 times as n during desk notify up(f.client, n + 1) "still late"
    after breach every 1d notify "x" "y"
  }
  sla promise for Note as f { start when f.public stop when f.public due f.at as of start on change keep on reopen new cycle cycles once }
  sla promised for Note as f { start on f.client.notes stop at f.at target 2 workdays on change retroactive on reopen ignore }
  sla later for Note as f { due f.at start at f.at stop at f.at on change restart on reopen exclude gap }
  sla weekly for Client as c { every week from c.seen due fri 17:00 stop on c.notes on change carry on reopen restart }
  sla monthly for Client as c { every month from c.seen due 28 9:00:30 stop on c.notes as n }
  sla daily for Client as c { every day from c.seen due 17:00 stop on c.notes }

  kpi mood "客户满意度" over Note as s {
    where s.public
    settled when s.at < now
    every month of s.at
    by s.client, s.client.tier as tier, every Client as c on s.client
    value ratio(s.public) + 2
    target >= 90.5%
    warn >= limit
    at least 30 rows
    unit "%"
    absent skip
    at off_target notify "product" f"{value}"
    at warning notify "product" "soon"
  }
  kpi recent over first_answer as r { last 28d of r.start value median(r.elapsed) target <= 4h warn <= 5h absent no by every }
  kpi plain over owner as d { value count() absent fail target > -3 every quarter of d.at }

  ensure one_patron "恰有一名" for each Client as c, each Tier as t {
    where c.public
    during next 90d
    expect c.notes.filter(n, n.public).size() == 1
    because f"{c.name}"
  }

  fixture acme "Acme" {
    Client { code: "acme", tier: gold, for: 3m, }
    Note { id: 1u, client: "acme", from: "li" }, Note {}
  }

  test "an answer in time" tags "slow", "desk" skip "not yet" {
    now @2026-10-09T20:50
    given acme
    given data "more"
    let f = Note { id: 7u, client: "acme" }
    let g: Note = f
    expect owner(f).to == Client["acme"]
    wait 5m
    set f.public = true
    add Note { id: 8u }
    expect 1 / 0 fails "division by zero"
    expect 0.3 within 0.5%
    expect f.at matches snapshot "answer"
    expect first_answer(f).status == paused
  }
  test "cases" todo "later" {
    cases {
      topic: Topic | when | rule: list<string>
      defect       | 3    | [
        "a"
      ]
      Topic.wish   | 2h   | ["b" + "c"]
    }
    expect owner(topic).rule in rule
  }
  """#
