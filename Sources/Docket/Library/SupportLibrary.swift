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
      "support/measures.docket",
      ##"""
      // Clocks and measures that run where `use support with …` names them.

      sla first_response "First response" "首次响应" for Feedback as f {
        where  f.kind != praise
        start  at f.created_at
        stop   on f.answers
        target response_target(f.priority, f.customer.tier)
        using  support_desk
        at 75%    notify f.owner f"{f.id} is due {due}"
        at breach notify f.owner.manager f"{f.id} missed its first response"
      }

      sla first_resolution "First resolution" "首次解决" for Feedback as f {
        where  f.kind != praise
        start  at f.created_at
        stop   at f.resolved_at
        target resolution_target(f.priority, f.customer.tier)
        using  support_desk
        at 75%    notify f.owner f"{f.id} is due {due}"
        at breach notify f.owner.manager f"{f.id} was not resolved in time"
      }

      sla promise "Promise kept" "承诺兑现" for Commitment as c {
        where c.outcome not in [withdrawn, renegotiated]
        start at c.made_at
        stop  at c.kept_at
        due   c.due_at
        at 75%    notify c.by f"promised to {c.to.name}: {c.what}, due {due}"
        at breach notify c.by.manager f"not kept: {c.what} for {c.to.name}"
      }

      sla change_told "Change told to customers" "变更告知客户" for RequirementChange as c {
        start  at c.at
        stop   at c.customers_told_at
        target 2 workdays
        using  support_desk
        at breach notify c.requirement.owner f"nobody told the customers: {c.what}"
      }

      sla findings_written "Findings written" "访谈结论完成" for Interview as i {
        where  i.held_at != null
        start  at i.held_at
        stop   at i.findings_at
        target 5 workdays
        using  support_desk
        at breach notify i.interviewer f"the interview {i.id} has no findings yet"
      }

      kpi responded_in_time "First responses in time" "首次响应及时率" over first_response as r {
        every  month of r.item.created_at
        value  ratio(r.met)
        absent skip  // still open and in time
        target >= 95%
        warn   >= 90%
      }

      kpi resolved_in_time "Resolutions in time" "解决及时率" over first_resolution as r {
        every  month of r.item.created_at
        value  ratio(r.met)
        absent skip  // still open and in time
        target >= 90%
        warn   >= 80%
      }

      kpi csat "Customer satisfaction" "客户满意度" over Survey as s {
        where  s.answered_at != null and s.score != null
        every  month of s.answered_at
        by     s.product
        value  ratio(s.score >= 4)
        target >= 90%
        warn   >= 80%
        at least 10 rows
      }

      kpi response_rate "Surveys answered" "问卷回复率" over Survey as s {
        every  month of s.sent_at
        value  ratio(s.answered)
        target >= 30%
      }

      kpi release_success "Releases that went well" "发布成功率" over Release as r {
        where  r.released_at != null
        every  quarter of r.released_at
        by     r.product
        value  ratio(r.clean)
        target >= 95%
        warn   >= 90%
      }

      kpi promises_kept "Promises kept" "承诺兑现率" over Commitment as c {
        where  c.outcome != pending
        every  month of c.made_at
        value  ratio(c.outcome == kept)
        target >= 95%
        warn   >= 90%
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

      // MARK: Who can do it

      func skill_level "Skill level" "技能等级" (p: Person, skill: string): int =
        p.skills.filter(s, s.name == skill).map(s, s.level).max() ?? 0

      // Whether a person has no more open work than fits: feedback, conversations and tasks.
      func has_room "Has room" "尚有余力" (p: Person): bool =
        size(p.open_feedback) + size(p.open_conversations) + size(p.open_tasks) < p.capacity

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
