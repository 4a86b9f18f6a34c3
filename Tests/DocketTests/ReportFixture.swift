/// A small desk for the tests of reports: everything that a report can show, in two languages, and texts that try to break out.

import Docket
import Foundation

enum ReportFixture {
  static let rules = """
    zone "Asia/Shanghai"
    enum Level "Level" "级别" { low "Low" "低", high "High" "高" }
    entity Ticket "Ticket" "工单" as t {
      key id: string
      level: Level
      opened: timestamp
      closed: timestamp?
      team: string?
      score: int?
    }
    calendar desk { open mon-fri 09:00-18:00 }

    route team "Who answers" "谁来处理" for Ticket.team as t {
      where t.team == null
      rule urgent "What is urgent" "紧急工单" { when t.level == high  to "on <call> & co" }
      rule never { when t.score ?? 0 > 100  to "nobody" }
      otherwise to "值班组"
    }

    sla answer "Answered in time" "按时答复" for Ticket as t {
      start  at t.opened
      stop   at t.closed
      target 8h
      using  desk
    }

    kpi closed_share "Closed" "关闭率" over Ticket as t {
      every  month of t.opened
      by     t.level
      value  ratio(t.closed != null)
      target >= 80%
      warn   >= 50%
    }

    kpi mean_score "Mean score" "平均分" over Ticket as t {
      where  t.score != null
      every  month of t.opened
      value  mean(t.score)
      absent skip
      unit   "points"
    }

    kpi backlog "Open" "未关闭" over Ticket as t { where t.closed == null  value count() }

    ensure scored "Everything closed has a score" "已关闭的都有评分" for each Ticket as t {
      where t.closed != null
      expect t.score != null
      because f"<b>{t.id}</b> has none"
    }
    """

  static let tickets = """
    id,level,opened,closed,team,score
    T1,high,2026-07-01T09:00:00+08:00,2026-07-01T12:00:00+08:00,a,4
    T2,low,2026-07-02T09:00:00+08:00,2026-07-06T12:00:00+08:00,a,3
    T3,low,2026-08-03T09:00:00+08:00,2026-08-03T12:00:00+08:00,a,5
    T4,high,2026-08-04T09:00:00+08:00,2026-08-04T10:00:00+08:00,b,
    T5,high,2026-08-05T09:00:00+08:00,,b,
    T6,high,2026-09-07T13:00:00+08:00,,,
    T7,low,2026-09-07T14:00:00+08:00,,,
    T8,low,2026-09-07T15:00:00+08:00,,,
    """

  static func session(_ rules: String = rules) throws -> Session {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("docket-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(rules.utf8).write(to: folder.appendingPathComponent("desk.docket"))
    try Data(tickets.utf8).write(to: folder.appendingPathComponent("Ticket.csv"))
    return try Session.open(
      Rulebook.load(folder.path), Session.Options(data: folder.path, at: "2026-09-07T17:30:00+08:00"))
  }
}
