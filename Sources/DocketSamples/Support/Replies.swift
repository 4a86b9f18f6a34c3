/// What is written back and forth once a piece of feedback is there.
struct Replies {
  var first: [String]
  var question: [String]
  var answer: [String]
  var chase: [String]
  var update: [String]
  var solution: [String]
  var decision: [String]
  var thanks: [String]
  var reopened: [String]
  var comments: (good: [String], bad: [String])

  static let chinese = Replies(
    first: [
      "您好，问题已收到，正在为您核实。", "感谢反馈，我们已经转给负责的同事。", "您好，已经登记，稍后给您答复。", "收到，我们先看一下日志。",
      "抱歉给您带来不便，正在处理。",
    ],
    question: ["请问方便提供一张截图吗？", "请问从什么时候开始出现的？", "能否告诉我们涉及哪几家门店？", "请提供一下订单号，我们核对。"],
    answer: ["截图已经发到邮箱。", "今天早上九点左右开始的。", "主要是市区的门店，郊区的正常。", "订单号在附件里，请查收。"],
    chase: ["请问有进展吗？", "顾客还在等，请尽快。", "什么时候能解决？", "请给一个明确的时间。"],
    update: ["仍在排查，已经定位到具体模块。", "修复正在测试，今天下班前再同步。", "已经请研发同事协助，明天上午更新进展。", "原因已经找到，正在准备发布。"],
    solution: ["已经修复，请您再试一下。", "配置已经调整，现在恢复正常。", "问题已随新版本解决。", "已经为您补单，请核对。"],
    decision: ["已列入需求池，有进展会告诉您。", "操作说明已经发送，请查看。", "经评估暂不安排，原因已经说明。", "感谢建议，已经交给产品经理。"],
    thanks: ["好的，已经正常，谢谢。", "确认没问题了。", "谢谢，处理得很及时。"],
    reopened: ["今天又出现了，请再看一下。", "还是老样子，没有解决。"],
    comments: (
      good: ["处理很快", "客服态度很好", "问题解决得很彻底", "回复及时"],
      bad: ["等了太久", "反复沟通才解决", "一直没有人主动联系我们", "周末没有人处理"]
    ))

  static let english = Replies(
    first: [
      "Thank you, we are looking into it.", "Got it. I have passed this on to the team in charge.",
      "Thanks for the details, you will hear from us shortly.", "Sorry about that. We are checking the logs.",
      "Hello, this is on my desk now.",
    ],
    question: [
      "Could you send us a screenshot?", "Since when does this happen?", "Which shops are affected?",
      "Could you give us an order number?",
    ],
    answer: [
      "Screenshot attached.", "Since about nine this morning.", "Mostly the shops in town.",
      "The numbers are attached.",
    ],
    chase: ["Any news?", "Our customers are waiting.", "When will this be solved?", "Please give us a date."],
    update: [
      "Still on it: we know which module it is.", "The fix is being tested, more by the end of today.",
      "An engineer has joined us, next update tomorrow morning.", "We found the cause and are preparing a release.",
    ],
    solution: [
      "It is fixed, please try again.", "We changed the configuration, all is back to normal.",
      "The new version solves it.", "We have repaired the orders, please check them.",
    ],
    decision: [
      "It is on our list now, we will keep you posted.", "The guide is on its way to you.",
      "We decided against it for now and have written down why.", "Thank you, the product manager has it.",
    ],
    thanks: ["Works again, thank you.", "Confirmed from our side.", "Thanks, that was quick."],
    reopened: ["It is back since this morning.", "Sorry, it still happens."],
    comments: (
      good: ["Quick and friendly", "Solved for good", "Felt well informed", "Clear answers"],
      bad: ["Took far too long", "Had to ask three times", "Nobody told us anything", "No one there at the weekend"]
    ))
}
