// Made by `make library` from support/*.docket; a test says when it is out of date.

enum SupportLibrary {
  static let files: [(path: String, text: String)] = [
    (
      "support/customers.docket",
      ##"""
      // Customers, what they say, and what is said to them.

      enum Tier "Tier" "客户等级" { standard "Standard" "标准", gold "Gold" "黄金", platinum "Platinum" "白金" }

      entity Customer "Customer" "客户" as c {
        key id: string "Customer ID" "客户编号"
        name: string "Customer name" "客户名称"
        tier: Tier "Customer tier" "客户等级" = standard
        region: string? "Region" "地区"
        since: date? "Customer since" "合作起始日"
        account_value: double? "Account value" "客户价值"
        last_owner: ProductManager? "Last owner" "上次负责人"
        satisfaction: double? "Satisfaction" "满意度"
        contacts: list<Contact> "Contacts" "联系人" from Contact.customer
        feedback: list<Feedback> "All feedback" "全部反馈" from Feedback.customer
        open_feedback: list<Feedback> "Open feedback" "未结反馈" from Feedback.customer as f where f.open
        surveys: list<Survey> "Surveys" "满意度调查" from Survey.customer
        commitments: list<Commitment> "Commitments" "承诺" from Commitment.to
        meetings: list<Meeting> "Meetings" "会议" from Meeting.customers
        trainings: list<Training> "Trainings" "培训" from Training.customer
      }

      entity Contact "Contact" "联系人" {
        key id: string "Contact ID" "联系人编号"
        customer: Customer "Customer" "客户"
        name: string "Contact name" "姓名"
        email: string? "Email" "邮箱"
        phone: string? "Phone" "电话"
        language: string? "Language" "语言"
      }

      enum Channel "Channel" "渠道" {
        phone "Phone" "电话",
        email "Email" "邮件",
        chat "Chat" "在线聊天",
        survey "Survey" "问卷",
        slack "Slack" "Slack 频道",
        teams "Teams" "Teams 频道",
        meeting "Meeting" "会议"
      }

      enum Kind "Kind" "反馈类型" {
        bug "Bug" "缺陷",
        request "Request" "需求建议",
        question "Question" "咨询",
        complaint "Complaint" "投诉",
        praise "Praise" "表扬"
      }

      enum Priority "Priority" "优先级" {
        low "Low" "低",
        moderate "Moderate" "中",
        high "High" "高",
        critical "Critical" "紧急"
      }

      enum Severity "Severity" "严重程度" { minor "Minor" "轻微", major "Major" "严重", critical "Critical" "致命" }

      // In the order of the work: what is below `resolved` is open.
      enum Status "Status" "处理状态" {
        collected "Collected" "已收集",
        classified "Classified" "已分类",
        analysed "Analysed" "已分析",
        handled "Handled" "处理中",
        waiting_on_customer "Waiting on customer" "等待客户",
        confirmed "Confirmed" "客户已确认",
        resolved "Resolved" "已解决",
        closed "Closed" "已关闭"
      }

      entity Feedback "Feedback" "客户反馈" as f {
        key id: string "Feedback ID" "反馈编号"
        subject: string "Subject" "标题"
        text: string? "Text" "内容"
        channel: Channel? "Channel" "渠道"
        kind: Kind "Feedback kind" "反馈类型"
        priority: Priority "Priority" "优先级" = moderate
        severity: Severity "Severity" "严重程度" = minor
        votes: int "Votes" "票数" = 0
        status: Status "Status" "处理状态" = collected
        customer: Customer "Customer" "客户"
        product: Product "Product" "产品"
        module: Module? "Module" "模块"
        agent: Agent? "Agent" "客服"
        team: Team? "Assigned team" "处理团队"
        owner: ProductManager? "Owner" "负责人"
        requirement: Requirement? "Linked requirement" "关联需求"
        created_at: timestamp "Created at" "创建时间"
        resolved_at: timestamp? "Resolved at" "解决时间"
        closed_at: timestamp? "Closed at" "关闭时间"
        csat: int? "CSAT" "满意度评分"
        let open "Open" "未结" = f.status < resolved
        messages: list<Message> "Messages" "沟通记录" from Message.feedback
        answers: list<Message> "Public answers" "公开回复" from Message.feedback as m where m.from == agent and m.public
        surveys: list<Survey> "Feedback surveys" "回访问卷" from Survey.feedback
      }

      enum Side "Side" "发言方" { customer "Customer" "客户", agent "Agent" "客服", bot "Bot" "机器人" }

      entity Message "Message" "沟通记录" {
        key id: string "Message ID" "消息编号"
        feedback: Feedback "Feedback" "客户反馈"
        at: timestamp "Sent at" "发送时间" event
        from: Side "Sender" "发言方"
        author: Person? "Author" "发言人"
        public: bool "Visible to customer" "客户可见" = true
        text: string? "Text" "内容"
      }

      entity Survey "Survey" "满意度调查" as s {
        key id: string "Survey ID" "问卷编号"
        customer: Customer "Customer" "客户"
        product: Product? "Product" "产品"
        feedback: Feedback? "Feedback" "客户反馈"
        sent_at: timestamp "Sent at" "发送时间"
        answered_at: timestamp? "Answered at" "回复时间"
        score: int? "CSAT score" "满意度评分"
        nps: int? "NPS" "推荐意愿"
        comment: string? "Comment" "意见"
        let answered "Answered" "已回复" = s.answered_at != null
      }

      """##
    ),
    (
      "support/invariants.docket",
      ##"""
      // What must hold over the data. Each is looked after where `use support with …` names it.

      // Exactly one person is accountable for every duty of a product now.
      ensure one_accountable "One person is accountable" "职责唯一负责人" for each Product as p, each Duty as d {
        expect size(holders(p, d, now)) == 1
        because f"{size(holders(p, d, now))} people are accountable for {d} of {p.name}"
      }

      // Somebody acts in every duty of a product at each instant of the next 90 days: in person, by a stand-in or as a backup.
      ensure no_blind_spot "No blind spot" "职责无盲区" for each Product as p, each Duty as d {
        during next 90d
        expect covered(p, d, now)
        because f"nobody acts in {d} of {p.name}"
      }

      // No two people are accountable for one duty of a product at any instant of the next 90 days.
      ensure no_overlap "No overlap" "职责无重叠" for each Product as p, each Duty as d {
        during next 90d
        expect size(holders(p, d, now)) <= 1
        because f"accountable for {d} of {p.name}: {holders(p, d, now)}"
      }

      // For every stage of requirements somebody answers, by the duty that `stage_duty` gives to it.
      ensure stages_owned "Every stage has an owner" "各阶段有负责人" for each Product as p, each Stage as s {
        where s != rejected
        expect parts_in(p, stage_duty(s), now).exists(r, r.part != backup)
        because f"nobody answers for requirements of {p.name} that are {s}"
      }

      // Every confirmed requirement has a source: feedback, an interview or a user test.
      ensure requirement_sourced "Confirmed requirements have a source" "已确认需求有来源" for each Requirement as r {
        where r.stage in [confirmed, planned, delivered]
        expect size(r.sources) + size(r.interviews) + size(r.user_tests) > 0
        because f"{r.title} was confirmed, and nothing says who wants it"
      }

      """##
    ),
    (
      "support/kpis.docket",
      ##"""
      // Measures: how well it goes. Each runs where `use support with …` names it, with the clock that it measures.

      // MARK: What customers say

      // The share of answered surveys with a score of 4 or 5.
      kpi csat "Customer satisfaction" "客户满意度" over Survey as s {
        where  s.answered_at != null and s.score != null
        every  month of s.answered_at
        by     s.product
        value  ratio(s.score >= 4)
        target >= 90%
        warn   >= 80%
        at least 10 rows
      }

      // The share of promoters (9 or 10) less the share of detractors (0 to 6), from -100 to 100.
      kpi nps "Net promoter score" "净推荐值" over Survey as s {
        where s.answered_at != null and s.nps != null
        every quarter of s.answered_at
        value 100 * (ratio(s.nps >= 9) - ratio(s.nps <= 6))
        unit  "points"
        at least 10 rows
      }

      // The share of surveys that were answered. One that is still open for an answer is pending.
      kpi response_rate "Surveys answered" "问卷回复率" over Survey as s {
        settled when s.answered or s.sent_at + survey_open_for <= now
        every   month of s.sent_at
        value   ratio(s.answered)
        target  >= 30%
      }

      // MARK: Clocks that were met

      // The share of first responses in time. One that is open and in time is left out.
      kpi responded_in_time "First responses in time" "首次响应及时率" over first_response as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 95%
        warn   >= 90%
      }

      // The share of next responses in time. One that is open and in time is left out.
      kpi next_responded_in_time "Next responses in time" "后续响应及时率" over next_response as r {
        where  r.status != not_started
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 95%
        warn   >= 90%
      }

      // The share of answers after which the customer heard again in time.
      kpi updated_in_time "Updates in time" "定期更新及时率" over periodic_update as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of feedback resolved in time. What is open and in time is left out.
      kpi resolved_in_time "Resolutions in time" "解决及时率" over first_resolution as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of feedback resolved for good in time, less the time that the customer took.
      kpi fully_resolved_in_time "Total resolutions in time" "总解决及时率" over total_resolution as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of requirements confirmed or rejected in time.
      kpi confirmed_in_time "Requirements confirmed in time" "需求确认及时率" over requirement_confirmation as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of changes of requirements that customers were told of in time.
      kpi changes_told_in_time "Changes told in time" "变更告知及时率" over change_told as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of interviews with findings in time.
      kpi findings_in_time "Findings in time" "访谈结论及时率" over findings_written as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of promises kept by their day. What is no longer owed, or open and not yet due, is left out.
      kpi promises_in_time "Promises in time" "承诺及时率" over promise as r {
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 95%
        warn   >= 90%
      }

      // The share of months in which key customers were met.
      kpi key_customers_met "Key customers met" "关键客户沟通率" over key_customer_contact as r {
        where  r.status != not_started
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of weeks with a sync, over all projects.
      kpi syncs_held "Weekly syncs held" "例会召开率" over weekly_sync as r {
        where  r.status != not_started
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // The share of documents that are not stale now, of those with a time for which they are fresh.
      kpi documents_fresh "Documents up to date" "文档时效达标率" over document_freshness as r {
        where  r.status != undecided
        by     r.item.kind
        value  ratio(r.status != breached)
        target >= 90%
        warn   >= 80%
      }

      // The share of trainings completed by their day. One that is open and not yet due is left out.
      kpi trained_in_time "Trainings in time" "培训及时率" over training_due as r {
        where  r.status != not_started
        every  month of r.start
        value  ratio(r.met)
        absent skip
        target >= 90%
        warn   >= 80%
      }

      // MARK: How long it takes

      // Half of the first responses took at most so many hours of the support desk. Unanswered feedback is left out.
      kpi first_response_median "Median first response" "首次响应时长中位数" over first_response as r {
        where  r.stopped
        every  month of r.start
        value  median(r.elapsed)
        absent skip
      }

      // Nine in ten first responses took at most so many hours of the support desk.
      kpi first_response_p90 "90th percentile of first response" "首次响应时长九十分位" over first_response as r {
        where  r.stopped
        every  month of r.start
        value  percentile(r.elapsed, 90)
        absent skip
      }

      // Half of the first responses took at most so long by the clock on the wall.
      kpi first_response_wall_median "Median first response, wall clock" "首次响应自然时长中位数" over first_response as r {
        where  r.stopped
        every  month of r.start
        value  median(r.wall_elapsed)
        absent skip
      }

      // Nine in ten first responses took at most so long by the clock on the wall.
      kpi first_response_wall_p90 "90th percentile of first response, wall clock" "首次响应自然时长九十分位" over first_response as r {
        where  r.stopped
        every  month of r.start
        value  percentile(r.wall_elapsed, 90)
        absent skip
      }

      // Half of the resolutions took at most so many hours of the support desk. Open feedback is left out.
      kpi resolution_median "Median resolution" "解决时长中位数" over first_resolution as r {
        where  r.stopped
        every  month of r.start
        value  median(r.elapsed)
        absent skip
      }

      // Nine in ten resolutions took at most so many hours of the support desk.
      kpi resolution_p90 "90th percentile of resolution" "解决时长九十分位" over first_resolution as r {
        where  r.stopped
        every  month of r.start
        value  percentile(r.elapsed, 90)
        absent skip
      }

      // Half of the resolutions took at most so long by the clock on the wall.
      kpi resolution_wall_median "Median resolution, wall clock" "解决自然时长中位数" over first_resolution as r {
        where  r.stopped
        every  month of r.start
        value  median(r.wall_elapsed)
        absent skip
      }

      // Nine in ten resolutions took at most so long by the clock on the wall.
      kpi resolution_wall_p90 "90th percentile of resolution, wall clock" "解决自然时长九十分位" over first_resolution as r {
        where  r.stopped
        every  month of r.start
        value  percentile(r.wall_elapsed, 90)
        absent skip
      }

      // MARK: How well it is done

      // The share of feedback, once resolved, that was opened again. It needs the history of Feedback.status, or a `reopened` of your
      // own; without either the row is left out.
      kpi reopen_rate "Reopened feedback" "重新打开率" over Feedback as f {
        where  f.resolved_at != null or (reopened(f) ?? false)
        every  month of f.created_at
        value  ratio(reopened(f))
        absent skip
      }

      // The share of resolved feedback that one public answer settled, and that was not opened again. What was resolved without an
      // answer in the data is left out.
      kpi first_contact_resolution "Resolved at first contact" "首次接触解决率" over Feedback as f {
        where f.resolved_at != null and size(f.answers) > 0
        every month of f.resolved_at
        value ratio(size(f.answers) == 1 and not (reopened(f) ?? false))
      }

      // The share of resolved feedback whose first owner was its last. It needs the history of Feedback.owner: a record with one state
      // is left out.
      kpi routing_accuracy "Routed right at once" "分派准确率" over Feedback as f {
        where  f.resolved_at != null and f.owner != null and size(f.history) > 1
        every  month of f.resolved_at
        value  ratio(first_owner(f) == f.owner)
        absent skip
      }

      // Half of the feedback had an owner after at most so many hours of the support desk. It needs the history of Feedback.owner, or
      // an `assigned_at` of your own; without either the row is left out.
      kpi unassigned_time "Time without an owner" "待分派时长" over Feedback as f {
        every  month of f.created_at
        value  median(support_desk.elapsed(f.created_at, assigned_at(f)))
        absent skip
      }

      // MARK: What waits

      // How much feedback is open and has no owner now.
      kpi unassigned "Feedback without an owner" "待分派反馈" over Feedback as f {
        where f.open and f.owner == null
        value count()
      }

      // How much feedback is open now, by product.
      kpi backlog "Open feedback" "未结反馈" over Feedback as f {
        where f.open
        by    f.product
        value count()
      }

      // Half of the open feedback is at most so old.
      kpi backlog_age "Median age of open feedback" "未结反馈时长中位数" over Feedback as f {
        where f.open
        by    f.product
        value median(now - f.created_at)
      }

      // Nine in ten pieces of open feedback are at most so old.
      kpi backlog_age_p90 "90th percentile of the age of open feedback" "未结反馈时长九十分位" over Feedback as f {
        where f.open
        by    f.product
        value percentile(now - f.created_at, 90)
      }

      // How unevenly open work is spread over people, as a share of their capacity: the Gini coefficient, 0 where everybody has the
      // same load, towards 1 where one person has it all.
      kpi load_gini "Unevenness of load" "负载不均衡度" over Person as p {
        where p.capacity > 0 and (agent in p.roles or product_manager in p.roles)
        value gini(open_work(p) * 1.0 / p.capacity)
      }

      // MARK: Releases and requirements

      // The share of releases that came on time, were not rolled back, and after which no critical incident was reported within
      // `release_watch`. A release is pending until then.
      kpi release_success "Releases that went well" "发布成功率" over Release as r {
        where   r.released_at != null
        settled when r.released_at + release_watch <= now
        every   quarter of r.released_at
        by      r.product
        value   ratio(released_on_time(r) and r.clean and not incident_after(r))
        target  >= 95%
        warn    >= 90%
      }

      // The share of releases out by the planned day, of those released or past it.
      kpi release_on_time "Releases on time" "发布准时率" over Release as r {
        where  r.released_at != null or r.planned.end() <= now
        every  quarter of r.planned.start()
        by     r.product
        value  ratio(released_on_time(r))
        target >= 90%
        warn   >= 80%
      }

      // Half of the delivered requirements took at most so long from the proposal.
      kpi requirement_lead_time "Median lead time of requirements" "需求交付周期中位数" over Requirement as r {
        where r.delivered_at != null
        every quarter of r.delivered_at
        value median(r.delivered_at - r.proposed_at)
      }

      // Nine in ten delivered requirements took at most so long from the proposal.
      kpi requirement_lead_time_p90 "90th percentile of the lead time of requirements" "需求交付周期九十分位" over Requirement as r {
        where r.delivered_at != null
        every quarter of r.delivered_at
        value percentile(r.delivered_at - r.proposed_at, 90)
      }

      // The share of requirements that were taken up, of those decided. One that is neither confirmed nor rejected is pending.
      kpi requirement_adoption "Requirements adopted" "需求采纳率" over Requirement as r {
        settled when r.stage >= confirmed
        every   quarter of r.proposed_at
        value   ratio(r.stage != rejected)
      }

      // MARK: Promises

      // The share of promises kept by their day, of those settled or due. One that is due and still open is not kept.
      kpi promises_kept "Promises kept" "承诺兑现率" over Commitment as c {
        where  c.outcome != pending or c.due_at <= now
        every  month of c.made_at
        value  ratio(c.outcome == kept)
        target >= 95%
        warn   >= 90%
      }

      // The share of promises kept late, of those settled or due.
      kpi promises_late "Promises kept late" "承诺逾期率" over Commitment as c {
        where c.outcome != pending or c.due_at <= now
        every month of c.made_at
        value ratio(c.outcome == late)
      }

      // The share of promises withdrawn, of those settled or due.
      kpi promises_withdrawn "Promises withdrawn" "承诺撤回率" over Commitment as c {
        where c.outcome != pending or c.due_at <= now
        every month of c.made_at
        value ratio(c.outcome == withdrawn)
      }

      // The share of promises renegotiated, of those settled or due.
      kpi promises_renegotiated "Promises renegotiated" "承诺重新商定率" over Commitment as c {
        where c.outcome != pending or c.due_at <= now
        every month of c.made_at
        value ratio(c.outcome == renegotiated)
      }

      // MARK: Ways of working

      // The share of meetings that took place, by kind.
      kpi meetings_held "Meetings held" "会议召开率" over Meeting as m {
        every month of m.at
        by    m.kind
        value ratio(m.held)
      }

      // The share of agents and product managers who completed a training and have none overdue.
      kpi training_coverage "People trained" "培训覆盖率" over Person as p {
        where  agent in p.roles or product_manager in p.roles
        value  ratio(trained(p, now))
        target >= 90%
        warn   >= 80%
      }

      // The share of trainings completed, of those completed or due, by course.
      kpi training_completed "Trainings completed" "培训完成率" over Training as t {
        where  t.completed or t.due != null and t.due.end() <= now
        by     t.course
        value  ratio(t.completed)
        target >= 90%
        warn   >= 80%
      }

      """##
    ),
    (
      "support/people.docket",
      ##"""
      // Who works here, what they answer for, and when they are there.

      enum Role "Role" "角色" {
        agent "Agent" "客服",
        product_manager "Product manager" "产品经理",
        lead "Lead" "主管",
        engineer "Engineer" "工程师",
        marketing "Marketing" "市场",
        sales "Sales" "销售"
      }

      entity Person "Person" "人员" as p {
        key id: string "Person ID" "工号"
        name: string "Person name" "姓名"
        email: string? "Email" "邮箱"
        roles: list<Role> "Roles" "角色"
        capacity: int "Capacity" "可承接数" = 5
        experience: int "Years of experience" "经验年限" = 0
        manager: Person? "Manager" "上级"
        team: Team? "Team" "团队"
        calendar: calendar? "Working calendar" "工作日历"
        skills: list<Skill> "Skills" "技能" from Skill.person
        duties: list<Responsibility> "Duties" "职责" from Responsibility.person
        shifts: list<Shift> "Shifts" "排班" from Shift.person
        leaves: list<Leave> "Leaves" "休假" from Leave.person
        stands_in: list<Leave> "Stands in during" "代理记录" from Leave.delegate
        reports: list<Person> "Reports" "下属" from Person.manager
        open_feedback: list<Feedback> "Open feedback" "未结反馈" from Feedback.owner as f where f.open
        open_conversations: list<Feedback> "Open conversations" "未结会话" from Feedback.agent as f where f.open
        open_tasks: list<Task> "Open tasks" "未完成任务" from Task.assignee as t where t.open
        open_actions: list<Action> "Open actions" "未完成行动项" from Action.owner as a where a.open
        trainings: list<Training> "Trainings" "培训" from Training.person
        recognitions: list<Recognition> "Recognitions" "表彰" from Recognition.person
      }

      entity Agent "Agent" "客服" = Person as p where agent in p.roles

      entity ProductManager "Product manager" "产品经理" = Person as p where product_manager in p.roles

      // From 1, a beginner, to 5, who teaches others.
      entity Skill "Skill" "技能" {
        key id: string "Skill ID" "技能编号"
        person: Person "Person" "人员"
        name: string "Skill name" "技能名称"
        level: int "Level" "等级" = 1
      }

      entity Team "Team" "团队" {
        key id: string "Team ID" "团队编号"
        name: string? "Team name" "团队名称"
        lead: Person? "Team lead" "主管"
        department: Department? "Department" "部门"
        members: list<Person> "Members" "成员" from Person.team
        open_feedback: list<Feedback> "Open feedback" "未结反馈" from Feedback.team as f where f.open
      }

      entity Department "Department" "部门" {
        key id: string "Department ID" "部门编号"
        name: string? "Department name" "部门名称"
        lead: Person? "Department lead" "部门主管"
        teams: list<Team> "Teams" "团队" from Team.department
      }

      // MARK: Duties

      enum Duty "Duty" "职责" {
        planning "Planning" "规划",
        research "Research" "调研",
        requirements "Requirements" "需求管理",
        projects "Projects" "项目管理",
        release "Release" "发布"
      }

      enum Part "Part" "分工" { accountable "Accountable" "负责", responsible "Responsible" "执行", backup "Backup" "后备" }

      // Both days count. Without `to` it goes on.
      entity Responsibility "Responsibility" "职责分工" {
        key id: string "Responsibility ID" "分工编号"
        person: Person "Person" "人员"
        product: Product "Product" "产品"
        duty: Duty "Duty" "职责"
        part: Part "Part" "分工" = responsible
        from: date "Valid from" "生效日期"
        to: date? "Valid to" "失效日期"
      }

      // MARK: The roster

      // From its start up to its end, which no longer belongs to it.
      entity Shift "Shift" "排班" {
        key id: string "Shift ID" "排班编号"
        person: Person "Person" "人员"
        from: timestamp "Shift start" "开始时间"
        to: timestamp "Shift end" "结束时间"
      }

      // Both days count.
      entity Leave "Leave" "休假" {
        key id: string "Leave ID" "休假编号"
        person: Person "Person" "人员"
        from: date "First day" "开始日期"
        to: date "Last day" "结束日期"
        delegate: Person? "Delegate" "代理人"
      }

      """##
    ),
    (
      "support/products.docket",
      ##"""
      // What is made, why, when it is released, and how well it does.

      entity Product "Product" "产品" {
        key id: string "Product ID" "产品编号"
        name: string "Product name" "产品名称"
        owner: ProductManager? "Product owner" "产品负责人"
        modules: list<Module> "Modules" "模块" from Module.product
        responsibilities: list<Responsibility> "Responsibilities" "职责分工" from Responsibility.product
        releases: list<Release> "Releases" "版本发布" from Release.product
        requirements: list<Requirement> "Requirements" "需求" from Requirement.product
        feedback: list<Feedback> "All feedback" "全部反馈" from Feedback.product
        open_feedback: list<Feedback> "Open feedback" "未结反馈" from Feedback.product as f where f.open
        surveys: list<Survey> "Surveys" "满意度调查" from Survey.product
        documents: list<Document> "Documents" "文档" from Document.product
        meetings: list<Meeting> "Meetings" "会议" from Meeting.product
        measurements: list<Measurement> "Measurements" "度量" from Measurement.product
        open_risks: list<Risk> "Open risks" "未关闭风险" from Risk.product as r where r.open
      }

      entity Module "Module" "模块" {
        key id: string "Module ID" "模块编号"
        name: string "Module name" "模块名称"
        product: Product "Product" "产品"
        owner: ProductManager? "Module owner" "模块负责人"
      }

      entity Release "Release" "版本发布" as r {
        key id: string "Release ID" "发布编号"
        version: string? "Version" "版本号"
        product: Product "Product" "产品"
        owner: ProductManager? "Release owner" "发布负责人"
        planned: date "Planned for" "计划日期"
        released_at: timestamp? "Released at" "发布时间"
        rolled_back_at: timestamp? "Rolled back at" "回滚时间"
        severe_incidents: int "Severe incidents" "严重事故数" = 0
        planned_scope: int? "Planned items" "计划项数"
        delivered_scope: int? "Delivered items" "交付项数"
        requirements: list<Requirement> "Requirements" "需求" from Requirement.release
        let released "Released" "已发布" = r.released_at != null
        let rolled_back "Rolled back" "已回滚" = r.rolled_back_at != null
        let clean "Clean" "平稳" = r.rolled_back_at == null and r.severe_incidents == 0
      }

      // MARK: Requirements

      enum Origin "Origin" "需求来源" { idea "Idea" "创意", feedback "Feedback" "客户反馈", market "Market" "市场" }

      enum Stage "Stage" "需求阶段" {
        proposed "Proposed" "已提出",
        researched "Researched" "已调研",
        confirmed "Confirmed" "已确认",
        planned "Planned" "已规划",
        delivered "Delivered" "已交付",
        rejected "Rejected" "已拒绝"
      }

      entity Requirement "Requirement" "需求" as r {
        key id: string "Requirement ID" "需求编号"
        title: string "Title" "标题"
        product: Product "Product" "产品"
        owner: ProductManager? "Owner" "负责人"
        origin: Origin "Origin" "需求来源"
        stage: Stage "Stage" "需求阶段" = proposed
        priority: Priority "Priority" "优先级" = moderate
        release: Release? "Release" "版本发布"
        proposed_at: timestamp "Proposed at" "提出时间"
        researched_at: timestamp? "Researched at" "调研时间"
        confirmed_at: timestamp? "Confirmed at" "确认时间"
        confirmed_by: Customer? "Confirmed by" "确认客户"
        rejected_at: timestamp? "Rejected at" "拒绝时间"
        delivered_at: timestamp? "Delivered at" "交付时间"
        customers_told_at: timestamp? "Customers told at" "告知客户时间"
        sources: list<Feedback> "Sources" "来源反馈" from Feedback.requirement
        interviews: list<Interview> "Interviews" "访谈" from Interview.requirement
        user_tests: list<UserTest> "User tests" "用户测试" from UserTest.requirement
        commitments: list<Commitment> "Commitments" "承诺" from Commitment.requirement
        changes: list<RequirementChange> "Changes" "变更记录" from RequirementChange.requirement
        let open "Open" "未完成" = r.stage < delivered
      }

      entity RequirementChange "Requirement change" "需求变更" {
        key id: string "Change ID" "变更编号"
        requirement: Requirement "Requirement" "需求"
        at: timestamp "Changed at" "变更时间" event
        what: string "What changed" "变更内容"
        by: Person? "Changed by" "变更人"
        customers_told_at: timestamp? "Customers told at" "告知客户时间"
      }

      // MARK: Research

      entity Interview "Interview" "访谈" {
        key id: string "Interview ID" "访谈编号"
        customer: Customer "Customer" "客户"
        product: Product? "Product" "产品"
        requirement: Requirement? "Requirement" "需求"
        interviewer: Person? "Interviewer" "访谈人"
        held_at: timestamp? "Held at" "访谈时间"
        findings_at: timestamp? "Findings written at" "结论时间"
        findings: string? "Findings" "结论"
      }

      entity UserTest "User test" "用户测试" as t {
        key id: string "User test ID" "测试编号"
        product: Product "Product" "产品"
        requirement: Requirement? "Requirement" "需求"
        release: Release? "Release" "版本发布"
        customer: Customer? "Customer" "客户"
        owner: Person? "Test lead" "测试负责人"
        held_at: timestamp? "Held at" "测试时间"
        findings_at: timestamp? "Findings written at" "结论时间"
        tasks_given: int? "Tasks given" "任务数"
        tasks_completed: int? "Tasks completed" "完成任务数"
        findings: string? "Findings" "结论"
      }

      // MARK: Quality

      // A value against its budget: `value` is good when it is at most `budget`.
      entity Measurement "Measurement" "度量" as m {
        key id: string "Measurement ID" "度量编号"
        product: Product "Product" "产品"
        release: Release? "Release" "版本发布"
        metric: string "Metric" "指标"
        at: timestamp "Measured at" "度量时间" event
        value: double "Value" "数值"
        budget: double? "Budget" "预算值"
        let within_budget "Within budget" "达标" = m.budget == null or m.value <= m.budget
      }

      """##
    ),
    (
      "support/promises.docket",
      ##"""
      // What was promised, and what people do together.

      enum Granularity "Granularity" "时间粒度" { day "Day" "日", week "Week" "周", month "Month" "月", quarter "Quarter" "季度" }

      enum Outcome "Outcome" "履约结果" {
        pending "Pending" "待履行",
        kept "Kept" "已兑现",
        late "Late" "逾期兑现",
        renegotiated "Renegotiated" "已重新商定",
        withdrawn "Withdrawn" "已撤回"
      }

      // `due` is any day of the promised day, week, month or quarter; what is promised for a month is due when it ends.
      entity Commitment "Commitment" "承诺" as c {
        key id: string "Commitment ID" "承诺编号"
        to: Customer "Promised to" "承诺对象"
        by: Person "Promised by" "承诺人"
        what: string "Promise" "承诺内容"
        made_at: timestamp "Made at" "承诺时间"
        due: date "Due" "承诺期限"
        granularity: Granularity "Granularity" "时间粒度" = day
        outcome: Outcome "Outcome" "履约结果" = pending
        kept_at: timestamp? "Kept at" "兑现时间"
        withdrawn_at: timestamp? "Withdrawn at" "撤回时间"
        renegotiated_at: timestamp? "Renegotiated at" "重新商定时间"
        reason: string? "Reason" "原因"
        requirement: Requirement? "Requirement" "需求"
        release: Release? "Release" "版本发布"
        let open "Open" "未兑现" = c.outcome == pending
        let due_at "Due at" "到期时间" =
          c.granularity == day
          ? c.due.end()
          : c.granularity == week
          ? end_of(week, c.due.start())
          : c.granularity == month ? end_of(month, c.due.start()) : end_of(quarter, c.due.start())
      }

      // MARK: Meetings

      enum MeetingKind "Meeting kind" "会议类型" {
        sync "Sync" "例会",
        review "Review" "评审",
        planning "Planning" "规划会",
        customer_visit "Customer visit" "客户拜访",
        retrospective "Retrospective" "复盘"
      }

      // One that did not take place stays in the data, as not held.
      entity Meeting "Meeting" "会议" {
        key id: string "Meeting ID" "会议编号"
        title: string? "Title" "标题"
        kind: MeetingKind "Meeting kind" "会议类型"
        product: Product? "Product" "产品"
        organiser: Person? "Organiser" "组织者"
        customers: list<Customer> "Customers" "参会客户" = []
        people: list<Person> "People" "参会人员" = []
        at: timestamp "Meeting time" "会议时间" event
        held: bool "Held" "已召开" = true
        actions: list<Action> "Actions" "行动项" from Action.meeting
      }

      entity Action "Action" "行动项" as a {
        key id: string "Action ID" "行动项编号"
        meeting: Meeting "Meeting" "会议"
        what: string "Action to take" "行动内容"
        owner: Person? "Action owner" "行动负责人"
        due: date? "Due on" "截止日期"
        done_at: timestamp? "Done at" "完成时间"
        let open "Open" "未完成" = a.done_at == null
      }

      // MARK: Documents

      enum DocumentKind "Document kind" "文档类型" {
        plan "Plan" "计划",
        roadmap "Roadmap" "路线图",
        risk_list "Risk list" "风险清单",
        guide "Guide" "使用指南",
        report "Report" "报告"
      }

      // A document is fresh for `fresh_for` after its last update.
      entity Document "Document" "文档" as d {
        key id: string "Document ID" "文档编号"
        title: string "Title" "标题"
        kind: DocumentKind "Document kind" "文档类型"
        product: Product? "Product" "产品"
        owner: Person? "Document owner" "文档负责人"
        updated_at: timestamp "Updated at" "更新时间"
        fresh_for: duration? "Fresh for" "有效时长"
        shared_with_customers: bool "Shared with customers" "对客户公开" = false
        updates: list<DocumentUpdate> "Updates" "更新记录" from DocumentUpdate.document
        let stale_from "Stale from" "过期时间" = d.updated_at + d.fresh_for
      }

      entity DocumentUpdate "Document update" "文档更新" {
        key id: string "Update ID" "更新编号"
        document: Document "Document" "文档"
        at: timestamp "Updated at" "更新时间" event
        by: Person? "Updated by" "更新人"
        note: string? "Note" "说明"
      }

      // MARK: Learning

      enum Course "Course" "课程" { product "Product" "产品", customer_service "Customer service" "客户服务" }

      // Who attends is a person or a customer.
      entity Training "Training" "培训" as t {
        key id: string "Training ID" "培训编号"
        person: Person? "Attending person" "参训人员"
        customer: Customer? "Attending customer" "参训客户"
        course: Course "Course" "课程"
        product: Product? "Product" "产品"
        assigned_at: timestamp? "Assigned at" "布置时间"
        due: date? "Due on" "截止日期"
        completed_at: timestamp? "Completed at" "完成时间"
        score: double? "Score" "成绩"
        let completed "Completed" "已完成" = t.completed_at != null
      }

      // MARK: Sharing

      entity CaseStudy "Case study" "案例" {
        key id: string "Case study ID" "案例编号"
        title: string "Title" "标题"
        customer: Customer? "Customer" "客户"
        product: Product? "Product" "产品"
        author: Person? "Author" "作者"
        published_at: timestamp? "Published at" "发布时间"
        shared_with: list<Customer> "Shared with" "分享对象" = []
      }

      entity Recognition "Recognition" "表彰" {
        key id: string "Recognition ID" "表彰编号"
        person: Person "Recognised person" "受表彰人"
        by: Person? "Recognised by" "表彰人"
        at: timestamp "Recognised at" "表彰时间" event
        reason: string "Reason" "原因"
        feedback: Feedback? "Feedback" "客户反馈"
        release: Release? "Release" "版本发布"
      }

      """##
    ),
    (
      "support/questions.docket",
      ##"""
      // What clocks, measures and invariants ask. A rulebook answers otherwise by a declaration of its own with the same name.

      // How long a survey waits for its answer.
      let survey_open_for "Survey open for" "问卷有效时长": duration = 14d

      // How many working days there are to confirm or reject a requirement.
      let confirmation_workdays "Workdays to confirm" "需求确认工作日": int = 10

      // For how long after a release a critical incident counts against it.
      let release_watch "Watch after a release" "发布观察期": duration = 14d

      func next_response_target "Next response target" "后续响应时限" (priority: Priority, tier: Tier): duration =
        response_target(priority, tier)

      table update_interval "Update interval" "更新间隔" (priority: Priority, tier: Tier): duration {
        priority | tier    | result
        critical | >= gold | 2h
        critical | _       | 4h
        high     | _       | 9h
        moderate | _       | 27h
        low      | _       | 45h
      }

      func key_customer "Key customer" "关键客户" (c: Customer): bool = c.tier == platinum

      // The next public answer or the resolution after a message, whichever comes first.
      func heard_again "Heard again at" "再次沟通时间" (m: Message): timestamp? =
        (m.feedback.answers.filter(a, a.at > m.at).map(a, a.at)
          + (m.feedback.resolved_at != null ? [m.feedback.resolved_at] : []))
        .min() ?? null

      // Until when a promise is owed; absent where it was withdrawn or renegotiated before.
      func owed_by "Owed by" "承诺到期" (c: Commitment): timestamp? =
        [c.due_at].filter(t, not released_before(c, t)).first() ?? null

      // Whether the customer let go of a promise before an instant. Without the instants the outcome tells.
      func released_before "Released before" "提前解除" (c: Commitment, at: timestamp): bool =
        c.withdrawn_at == null and c.renegotiated_at == null
        ? c.outcome in [withdrawn, renegotiated]
        : (c.withdrawn_at ?? at) < at or (c.renegotiated_at ?? at) < at

      // The first recorded update after the one that a document names itself.
      func updated_again "Updated again at" "再次更新时间" (d: Document): timestamp? =
        d.updates.filter(u, u.at > d.updated_at).map(u, u.at).min() ?? null

      // MARK: From the history

      // Whether feedback was open again after it had been resolved; absent where the data has no history of it.
      func reopened "Reopened" "曾重新打开" (f: Feedback): bool? =
        (f.history.filter(v, v.status < resolved).map(v, v.at).max()
          > f.history.filter(v, v.status >= resolved).map(v, v.at).min()) ?? null

      // Who was its owner first; absent where nobody was.
      func first_owner "First owner" "首位负责人" (f: Feedback): ProductManager? =
        f.history.filter(v, v.owner != null).map(v, v.owner).first() ?? null

      // Since when feedback has had an owner; absent where it has none, or the data has no history of it.
      func assigned_at "Assigned at" "分派时间" (f: Feedback): timestamp? =
        f.history.filter(v, v.owner != null).map(v, v.at).min() ?? null

      // MARK: People and releases

      // Open pieces of work: feedback, conversations and tasks.
      func open_work "Open work" "未结工作" (p: Person): int =
        size(p.open_feedback) + size(p.open_conversations) + size(p.open_tasks)

      // Whether a person completed a training and has none overdue.
      func trained "Trained" "已培训" (p: Person, at: timestamp): bool =
        p.trainings.exists(t, t.completed) and p.trainings.all(t, t.completed or t.due == null or at < t.due.end())

      // Whether a release came out by its planned day.
      func released_on_time "Released on time" "准时发布" (r: Release): bool =
        r.released_at != null and date(r.released_at) <= r.planned

      // Whether a critical bug of the product was reported within `release_watch` of a release.
      func incident_after "Incident after" "发布后事故" (r: Release): bool =
        r.released_at != null
        and r.product.feedback.exists(f,
          f.kind == bug and f.severity == critical
            and r.released_at <= f.created_at and f.created_at < r.released_at + release_watch)

      // The duty that answers for requirements in a stage. What was rejected needs nobody.
      table stage_duty "Duty of a stage" "阶段职责" (stage: Stage): Duty {
        stage      | result
        proposed   | research
        researched | requirements
        confirmed  | planning
        planned    | projects
        delivered  | release
        rejected   | requirements
      }

      """##
    ),
    (
      "support/roster.docket",
      ##"""
      // Opening hours, promised times, and the questions that rules ask about people. A rulebook sets its own hours and times by
      // declaring `calendar support_desk` and `table response_target`.

      calendar support_desk "Support desk" "客服工作时间" { open mon-fri 09:00-18:00 }

      table response_target "Response target" "响应时限" (priority: Priority, tier: Tier): duration {
        priority | tier    | result
        critical | >= gold | 15m
        critical | _       | 30m
        high     | >= gold | 1h
        high     | _       | 2h
        moderate | _       | 8h
        low      | _       | 16h
      }

      table resolution_target "Resolution target" "解决时限" (priority: Priority, tier: Tier): duration {
        priority | tier    | result
        critical | >= gold | 4h
        critical | _       | 8h
        high     | >= gold | 9h
        high     | _       | 18h
        moderate | _       | 45h
        low      | _       | 90h
      }

      // MARK: Who is there

      func leaves_at "Leaves at a time" "当时休假" (p: Person, at: timestamp): list<Leave> =
        p.leaves.filter(l, l.from <= date(at) and date(at) <= l.to)

      func on_leave "On leave" "休假中" (p: Person, at: timestamp): bool = size(leaves_at(p, at)) > 0

      // Whoever has shifts is on duty in them, anybody else in the hours of their calendar; on leave nobody is.
      func on_duty "On duty" "在岗" (p: Person, at: timestamp): bool =
        not on_leave(p, at)
        and (size(p.shifts) > 0
          ? p.shifts.exists(s, s.from <= at and at < s.to)
          : (p.calendar ?? support_desk).is_open(at))

      // Who acts for a person: the person; on leave the first delegate who is not away too; else nobody.
      func stand_in "Stand-in" "代理人" (p: Person, at: timestamp): Person? =
        on_leave(p, at)
        ? leaves_at(p, at).filter(l, has(l.delegate) and not on_leave(l.delegate, at)).map(l, l.delegate).first() ?? null
        : p

      // MARK: Who answers for what

      func in_force "In force" "生效中" (r: Responsibility, at: timestamp): bool =
        r.from <= date(at) and (r.to == null or date(at) <= r.to)

      // The responsibilities for a duty that hold at an instant.
      func parts_in "Parts in a duty" "职责分工" (product: Product, duty: Duty, at: timestamp): list<Responsibility> =
        product.responsibilities.filter(r, r.duty == duty and in_force(r, at))

      // Who is accountable for a duty: one person, where roles have neither overlaps nor blind spots.
      func holders "Holders" "负责人" (product: Product, duty: Duty, at: timestamp): list<Person> =
        parts_in(product, duty, at).filter(r, r.part == accountable).map(r, r.person).distinct()

      // Whether a person acts in a duty: those who hold it and are not on leave, whoever stands in for one who is, and a backup
      // while all of them are away.
      func responsible "Responsible" "承担职责" (p: Person, product: Product, duty: Duty, at: timestamp): bool =
        not on_leave(p, at)
        and (parts_in(product, duty, at).exists(r, r.part != backup and (stand_in(r.person, at) == p) ?? false)
          or parts_in(product, duty, at).exists(r, r.part == backup and r.person == p)
          and parts_in(product, duty, at).all(r, r.part == backup or on_leave(r.person, at)))

      // Whether somebody acts in a duty: in person, by a stand-in or as a backup.
      func covered "Covered" "有人在岗" (product: Product, duty: Duty, at: timestamp): bool =
        parts_in(product, duty, at).exists(r, r.part == backup ? not on_leave(r.person, at) : stand_in(r.person, at) != null)

      // MARK: Who can do it

      func skill_level "Skill level" "技能等级" (p: Person, skill: string): int =
        p.skills.filter(s, s.name == skill).map(s, s.level).max() ?? 0

      // Whether a person has no more open work than fits: feedback, conversations and tasks.
      func has_room "Has room" "尚有余力" (p: Person): bool =
        open_work(p) < p.capacity

      """##
    ),
    (
      "support/slas.docket",
      ##"""
      // Clocks: by when something is owed. Each runs where `use support with …` names it.

      // MARK: Answers

      // The time from the arrival of feedback to the first public answer, in hours of the support desk. Praise needs no answer.
      sla first_response "First response" "首次响应" for Feedback as f {
        where  f.kind != praise
        start  at f.created_at
        stop   on f.answers
        target response_target(f.priority, f.customer.tier)
        using  support_desk
        at 75%    notify f.owner f"{f.id} is due {due}"
        at breach notify f.owner.manager f"{f.id} missed its first response"
      }

      // The time from a message of the customer, once there was an answer, to the next public answer; one cycle each time. What the
      // customer writes after the resolution starts nothing.
      sla next_response "Next response" "后续响应" for Feedback as f {
        where  f.kind != praise
        start  on f.messages as m
          where m.from == customer
          and f.answers.exists(a, a.at < m.at)
          and (f.resolved_at == null or m.at < f.resolved_at)
        stop   on f.answers
        target next_response_target(f.priority, f.customer.tier)
        using  support_desk
        cycles each
        at 75%    notify f.owner f"{f.id}: an answer is due {due}"
        at breach notify f.owner.manager f"{f.id}: the customer waits for an answer"
      }

      // The time from one public answer to the next word, until the feedback is resolved: nobody is left without news.
      sla periodic_update "Periodic update" "定期更新" for Message as m {
        where  m.from == agent and m.public and m.feedback.kind != praise
          and (m.feedback.resolved_at == null or m.at < m.feedback.resolved_at)
        start  at m.at
        stop   at heard_again(m)
        target update_interval(m.feedback.priority, m.feedback.customer.tier)
        using  support_desk
        at 75%    notify m.feedback.owner f"{m.feedback.id}: an update is due {due}"
        at breach notify m.feedback.owner.manager f"{m.feedback.id}: the customer has no news"
      }

      // MARK: Resolutions

      // The time from the arrival of feedback to its resolution, whoever has to act.
      sla first_resolution "First resolution" "首次解决" for Feedback as f {
        where  f.kind != praise
        start  at f.created_at
        stop   at f.resolved_at
        target resolution_target(f.priority, f.customer.tier)
        using  support_desk
        at 75%    notify f.owner f"{f.id} is due {due}"
        at breach notify f.owner.manager f"{f.id} was not resolved in time"
      }

      // The time from the arrival of feedback to its last resolution: the clock stands while the customer has to act, and goes on as
      // if it had never stopped when the feedback is opened again. It needs the history of Feedback.status.
      sla total_resolution "Total resolution" "总解决时长" for Feedback as f {
        where  f.kind != praise
        start  at f.created_at
        stop   when f.status >= resolved
        pause  while f.status == waiting_on_customer
        target resolution_target(f.priority, f.customer.tier)
        using  support_desk
        on reopen count gap
        at breach notify f.owner.manager f"{f.id} was not resolved in time"
      }

      // MARK: Requirements and research

      // A requirement is confirmed or rejected within `confirmation_workdays` of its proposal.
      sla requirement_confirmation "Requirement confirmation" "需求确认" for Requirement as r {
        start  at r.proposed_at
        stop   at r.confirmed_at ?? r.rejected_at
        target confirmation_workdays workdays
        using  support_desk
        at 75%    notify r.owner f"confirm or reject by {due}: {r.title}"
        at breach notify r.owner.manager f"neither confirmed nor rejected: {r.title}"
      }

      // Customers are told of a change of a requirement within two working days.
      sla change_told "Change told to customers" "变更告知客户" for RequirementChange as c {
        start  at c.at
        stop   at c.customers_told_at
        target 2 workdays
        using  support_desk
        at breach notify c.requirement.owner f"nobody told the customers: {c.what}"
      }

      // The findings of an interview are written down within five working days.
      sla findings_written "Findings written" "访谈结论完成" for Interview as i {
        where  i.held_at != null
        start  at i.held_at
        stop   at i.findings_at
        target 5 workdays
        using  support_desk
        at breach notify i.interviewer f"the interview {i.id} has no findings yet"
      }

      // MARK: Promises and customers

      // A promise is kept by the end of the day, week, month or quarter for which it was made; one that was withdrawn or renegotiated
      // before then is no longer owed.
      sla promise "Promise kept" "承诺兑现" for Commitment as c {
        start at c.made_at
        stop  at c.kept_at
        due   owed_by(c)
        at 75%    notify c.by f"promised to {c.to.name}: {c.what}, due {due}"
        at breach notify c.by.manager f"not kept: {c.what} for {c.to.name}"
      }

      // Somebody meets every key customer once a month, from the first month of the relation on.
      sla key_customer_contact "Key customer contacted" "关键客户沟通" for Customer as c {
        where key_customer(c) and c.since != null
        every month from c.since.start() due 18:00
        stop  on c.meetings as m where m.held
        at breach notify c.last_owner f"nobody met {c.name} this month"
      }

      // MARK: Ways of working

      // A project meets about its product in every week until it is finished, by Friday 18:00.
      sla weekly_sync "Weekly sync held" "每周例会" for Project as p {
        where p.product != null and p.starts != null
        every week from p.starts.start() until p.finished_at due fri 18:00
        stop  on p.product.meetings as m where m.kind == sync and m.held
        at breach notify p.owner f"no sync of {p.name} this week"
      }

      // A document is updated again before it goes stale: `fresh_for` after its last update.
      sla document_freshness "Document freshness" "文档时效" for Document as d {
        where d.fresh_for != null
        start at d.updated_at
        stop  at updated_again(d)
        due   d.stale_from
        at 75%    notify d.owner f"update {d.title} by {due}"
        at breach notify d.owner.manager f"{d.title} is stale"
      }

      // A training is completed by the end of the day on which it is due.
      sla training_due "Training due" "培训到期" for Training as t {
        where t.due != null
        start at t.assigned_at
        stop  at t.completed_at
        due   t.due.end()
        at 75%    notify t.person f"the training {t.course} is due {due}"
        at breach notify t.person.manager f"the training {t.course} was not completed"
      }

      """##
    ),
    (
      "support/work.docket",
      ##"""
      // Projects and the people who carry them.

      entity Project "Project" "项目" {
        key id: string "Project ID" "项目编号"
        name: string "Project name" "项目名称"
        product: Product? "Product" "产品"
        owner: Person? "Project owner" "项目负责人"
        starts: date? "Starts on" "开始日期"
        due: date? "Due on" "截止日期"
        finished_at: timestamp? "Finished at" "完成时间"
        iterations: list<Iteration> "Iterations" "迭代" from Iteration.project
        tasks: list<Task> "Tasks" "任务" from Task.project
        risks: list<Risk> "Risks" "风险" from Risk.project
      }

      entity Iteration "Iteration" "迭代" {
        key id: string "Iteration ID" "迭代编号"
        project: Project "Project" "项目"
        name: string? "Iteration name" "迭代名称"
        from: date "First day" "开始日期"
        to: date "Last day" "结束日期"
        goal: string? "Goal" "目标"
        tasks: list<Task> "Tasks" "任务" from Task.iteration
      }

      enum Progress "Progress" "进度" { todo "To do" "待办", doing "In progress" "进行中", done "Done" "已完成" }

      entity Task "Task" "任务" as t {
        key id: string "Task ID" "任务编号"
        title: string "Title" "标题"
        project: Project? "Project" "项目"
        iteration: Iteration? "Iteration" "迭代"
        requirement: Requirement? "Requirement" "需求"
        assignee: Person? "Assignee" "执行人"
        skill: string? "Skill needed" "所需技能"
        skill_level: int "Skill level needed" "所需技能等级" = 1
        experience: int "Experience needed" "所需经验年限" = 0
        priority: Priority "Priority" "优先级" = moderate
        progress: Progress "Progress" "进度" = todo
        created_at: timestamp? "Created at" "创建时间"
        due: date? "Due on" "截止日期"
        done_at: timestamp? "Done at" "完成时间"
        let open "Open" "未完成" = t.progress < done
      }

      enum Likelihood "Likelihood" "可能性" { unlikely "Unlikely" "较低", possible "Possible" "中等", likely "Likely" "较高" }

      entity Risk "Risk" "风险" as r {
        key id: string "Risk ID" "风险编号"
        title: string "Title" "标题"
        project: Project? "Project" "项目"
        product: Product? "Product" "产品"
        owner: Person? "Risk owner" "风险负责人"
        likelihood: Likelihood "Likelihood" "可能性" = possible
        severity: Severity "Severity" "严重程度" = minor
        mitigation: string? "Mitigation" "应对措施"
        raised_at: timestamp "Raised at" "提出时间"
        mitigated_at: timestamp? "Mitigated at" "应对时间"
        customer: Customer? "Affected customer" "受影响客户"
        customer_told_at: timestamp? "Customer told at" "告知客户时间"
        closed_at: timestamp? "Closed at" "关闭时间"
        let open "Open" "未关闭" = r.closed_at == null
      }

      """##
    ),
  ]
}
