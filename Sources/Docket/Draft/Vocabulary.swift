/// Chinese words of help desks and what they are called here, so that headings and values become names that anybody can type.
/// A text made of these words alone becomes English; any other stays as it is, which is a name too.

enum Vocabulary {
  /// The words of a Chinese text, or `nil` where one of them is not known. The longest word wins.
  static func words(_ text: String) -> [String]? {
    let scalars = Array(text.unicodeScalars)
    var words: [String] = []
    var place = 0
    while place < scalars.count {
      var length = min(longest, scalars.count - place)
      while length > 0 {
        let piece = String(String.UnicodeScalarView(scalars[place..<place + length]))
        if let word = english[piece] {
          if !word.isEmpty { words.append(word) }
          break
        }
        length -= 1
      }
      guard length > 0 else { return nil }
      place += length
    }
    // 解决中 is being resolved, which is no medium.
    if words.count > 1, scalars.last == "中" { return nil }
    return phrase(words)
  }

  /// 创建时间 is when it was created.
  private static func phrase(_ words: [String]) -> [String] {
    guard let last = words.last, words.count > 1 else { return words }
    let verb = words[words.count - 2]
    if last == "time", happened.contains(verb) { return words.dropLast() + ["at"] }
    if last == "person", let doer = doers[verb] { return words.dropLast(2) + [doer] }
    if last == "person" { return words.dropLast() + ["by"] }
    return words
  }

  private static let happened: Set<String> = [
    "created", "updated", "closed", "resolved", "submitted", "assigned", "completed", "opened", "replied", "changed",
    "accepted", "received", "reopened", "started", "ended", "confirmed", "first_response", "response", "published",
    "registered", "evaluated", "sent", "handled", "reported", "paid", "due", "expected",
  ]

  private static let doers: [String: String] = [
    "assigned": "assignee", "handled": "handler", "submitted": "submitter", "created": "creator", "contact": "contact",
    "responsible": "owner", "reported": "reporter", "confirmed": "confirmer", "request": "requester",
  ]

  private static let longest = 6

  private static let english = Dictionary(pairs.map { ($0.key, $0.value) }) { first, _ in first }

  private static let pairs: KeyValuePairs<String, String> = [
    // What it is about
    "工单": "ticket", "反馈": "feedback", "客诉": "complaint", "问题": "issue", "事件": "incident", "任务": "task", "需求": "request",
    "缺陷": "bug", "订单": "order", "会话": "conversation", "消息": "message", "评论": "comment", "留言": "message", "记录": "record",
    "明细": "detail", "列表": "", "数据": "", "导出": "", "信息": "info", "客户": "customer", "用户": "user", "会员": "member",
    "客服": "agent", "坐席": "agent", "员工": "employee", "人员": "person", "人": "person", "公司": "company", "企业": "company",
    "组织": "organization", "部门": "department", "团队": "team", "小组": "group", "组": "group", "产品": "product",
    "项目": "project",
    "模块": "module", "版本": "version", "渠道": "channel", "来源": "source", "服务": "service", "知识库": "knowledge",
    // Its parts
    "编号": "id", "单号": "id", "编码": "code", "代码": "code", "号码": "number", "号": "no", "序号": "row_no", "流水号": "serial",
    "ID": "id", "标题": "subject", "主题": "subject", "名称": "name", "姓名": "name", "名": "name", "昵称": "nickname",
    "描述": "description", "说明": "description", "内容": "content", "详情": "details", "备注": "note", "摘要": "summary",
    "正文": "body",
    "状态": "status", "阶段": "stage", "优先级": "priority", "优先": "priority", "严重程度": "severity", "严重性": "severity",
    "紧急程度": "urgency", "影响": "impact", "影响范围": "impact", "重要性": "importance", "级别": "level", "等级": "level",
    "类型": "type", "类别": "category", "分类": "category", "大类": "category", "小类": "subcategory", "子类": "subcategory",
    "标签": "tags", "原因": "reason", "结果": "result", "方案": "solution", "解决方案": "solution", "附件": "attachment",
    "语言": "language",
    "满意度": "satisfaction", "评分": "score", "得分": "score", "分数": "score", "评价": "rating", "星级": "stars",
    "邮箱": "email", "邮件": "email", "电子邮件": "email", "电话": "phone", "手机": "mobile", "手机号": "mobile", "联系": "contact",
    "联系方式": "contact", "联系电话": "phone", "地址": "address", "地区": "region", "区域": "region", "国家": "country",
    "省份": "province",
    "城市": "city", "金额": "amount", "价格": "price", "费用": "fee", "数量": "quantity", "次数": "count", "数": "count",
    "总": "total",
    "负责": "responsible", "是否": "is", "已": "", "的": "", "所属": "", "率": "rate", "未": "not",
    // What happens to it
    "创建": "created", "新建": "created", "更新": "updated", "修改": "changed", "变更": "changed", "最后": "last", "最近": "last",
    "关闭": "closed", "解决": "resolved", "提交": "submitted", "提出": "submitted", "提问": "submitted", "受理": "accepted",
    "接单": "accepted", "分配": "assigned", "指派": "assigned", "派单": "assigned", "转派": "reassigned", "处理": "handled",
    "完成": "completed", "完结": "completed", "打开": "opened", "回复": "replied", "响应": "response", "首次": "first",
    "首次响应": "first_response", "首响": "first_response", "首次回复": "first_response", "确认": "confirmed", "重开": "reopened",
    "重新打开": "reopened", "升级": "escalated", "超时": "overdue", "逾期": "overdue", "达标": "met", "截止": "due", "到期": "due",
    "预计": "expected", "计划": "planned", "期望": "expected", "要求": "required", "实际": "actual", "开始": "started",
    "结束": "ended",
    "接入": "received", "接收": "received", "收到": "received", "登记": "registered", "上报": "reported", "报告": "reported",
    "发布": "published",
    "发送": "sent", "支付": "paid", "申请": "request",
    "时间": "time", "日期": "date", "时长": "duration", "耗时": "duration", "用时": "duration", "天数": "days", "分钟": "minutes",
    "小时": "hours", "秒": "seconds", "分": "minutes", "天": "days", "时": "hours",
    // Values
    "待处理": "waiting", "未处理": "waiting", "待分配": "unassigned", "未分配": "unassigned", "处理中": "in_progress",
    "进行中": "in_progress",
    "解决中": "in_progress", "跟进中": "in_progress", "受理中": "in_progress", "开启": "open", "激活": "active", "等待中": "waiting",
    "已处理": "handled", "已解决": "resolved", "未解决": "unresolved", "已关闭": "closed", "已完成": "completed", "已回复": "replied",
    "待回复": "waiting_for_reply", "待客户回复": "waiting_for_customer", "等待客户": "waiting_for_customer",
    "客户待确认": "waiting_for_customer",
    "待确认": "to_be_confirmed", "已确认": "confirmed", "已取消": "cancelled", "取消": "cancelled", "已驳回": "rejected",
    "驳回": "rejected",
    "已拒绝": "rejected", "挂起": "on_hold", "已挂起": "on_hold", "暂停": "paused", "已暂停": "paused", "新": "new", "新工单": "new",
    "待审核": "to_be_reviewed", "已审核": "reviewed", "草稿": "draft", "已提交": "submitted", "已受理": "accepted",
    "未受理": "unaccepted",
    "已分配": "assigned", "已重开": "reopened", "重新开启": "reopened", "已归档": "archived", "已升级": "escalated", "已超时": "overdue",
    "待验证": "to_be_verified", "已验证": "verified",
    "最高": "highest", "高": "high", "较高": "rather_high", "中": "medium", "中等": "medium", "较低": "rather_low", "低": "low",
    "最低": "lowest",
    "紧急": "urgent", "特急": "very_urgent", "非常紧急": "very_urgent", "不紧急": "not_urgent", "重要": "important", "一般": "normal",
    "普通": "normal",
    "正常": "normal", "严重": "major", "轻微": "minor", "致命": "critical", "次要": "minor", "主要": "major", "建议": "suggestion",
    "提示": "hint", "无关紧要": "trivial",
    "咨询": "question", "投诉": "complaint", "表扬": "praise", "故障": "fault", "报障": "fault", "报修": "repair", "退款": "refund",
    "退货": "return", "售前": "presales", "售后": "aftersales", "技术支持": "technical", "技术": "technical", "账号": "account",
    "账户": "account",
    "登录": "login", "其他": "other", "其它": "other", "微信": "wechat", "企业微信": "wecom", "钉钉": "dingtalk", "飞书": "feishu",
    "公众号": "official_account", "小程序": "mini_program", "网页": "web", "网站": "web", "官网": "website", "在线": "online",
    "在线客服": "live_chat", "热线": "hotline", "短信": "sms", "微博": "weibo", "应用内": "in_app",
    "非常满意": "very_satisfied", "满意": "satisfied", "不满意": "dissatisfied", "非常不满意": "very_dissatisfied", "未评价": "unrated",
    "好评": "good", "中评": "neutral", "差评": "bad", "钻石": "diamond", "铂金": "platinum", "白金": "platinum", "金牌": "gold",
    "黄金": "gold",
    "银牌": "silver", "白银": "silver", "铜牌": "bronze", "标准": "standard", "免费": "free", "华东": "east_china",
    "华南": "south_china",
    "华北": "north_china", "华中": "central_china", "西南": "southwest", "西北": "northwest", "东北": "northeast",
    "海外": "overseas",
    "无": "none", "暂无": "none", "未知": "unknown", "是": "yes", "否": "no",
  ]
}
