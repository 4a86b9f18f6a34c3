/// What customers in China write about: product, module, kind, severity, subject, text. `{n}`, `{order}` and `{amount}` are
/// filled in for each piece of feedback.
extension Topic {
  static let chinese = Topic.list(
    """
    pay | checkout | bug | critical | 微信支付成功后订单仍显示未付款 | 顾客已经扣款，订单 {order} 还是待付款，前台排队的人都在催。
    pay | checkout | bug | critical | 收银台页面白屏，无法付款 | 从今天上午开始收银台打开就是白屏，{n} 家门店都一样，现在只能收现金。
    pay | checkout | bug | major | 支付宝付款偶尔超时 | 高峰时段大约 {n} 笔里有一笔超时，重试之后才成功。
    pay | refund | bug | major | 退款到账金额少了 {n} 元 | 订单 {order} 退款 {amount} 元，顾客实际收到的少了 {n} 元。
    pay | refund | complaint | major | 退款超过三天没有到账 | 订单 {order} 的退款说好一天到账，顾客已经打了三次电话来投诉。
    pay | settlement | question | minor | 结算单里的通道费怎么算 | 本期结算单的通道费比上期高了 {n}%，请说明计算方式。
    pay | settlement | bug | minor | 对账文件里的时间差八小时 | 下载的对账文件用的是 UTC 时间，和后台页面对不上。
    pay | checkout | request | minor | 希望支持数字人民币 | 有顾客问能不能用数字人民币付款，我们 {n} 家门店都想试点。
    pay | settlement | request | minor | 希望按门店拆分结算 | 现在结算只有总数，财务每个月要手工拆 {n} 家门店。
    pay | refund | praise | minor | 批量退款很好用 | 上次活动取消，{n} 笔退款十分钟就处理完了，谢谢你们。
    ord | import | bug | critical | 导入订单后库存变成负数 | 昨晚导入 {n} 个订单，库存全部变成负数，仓库没法发货。
    ord | import | bug | major | Excel 导入到一半就停住 | 上传了 {amount} 行的表格，进度停在 {n}% 不动，没有报错信息。
    ord | shipping | bug | major | 电子面单打印重复 | 同一个订单 {order} 打印出两张面单，快递取了两次件。
    ord | shipping | bug | minor | 物流轨迹更新很慢 | 顾客看到的轨迹比快递官网晚 {n} 个小时。
    ord | stock | question | minor | 安全库存怎样按仓库设置 | 我们新开了一个仓库，想知道安全库存能不能分仓设置。
    ord | stock | request | minor | 希望库存预警能发到企业微信 | 现在只有邮件，仓管员看不到，缺货 {n} 次才发现。
    ord | import | request | minor | 希望导入模板支持自定义列 | 我们的订单有 {n} 个自定义字段，每次都要手工补。
    ord | shipping | complaint | major | 合并发货的问题反复出现 | 这已经是第 {n} 次反映合并发货漏单，请给出彻底解决的时间。
    ord | stock | praise | minor | 盘点功能节省了很多时间 | 这次盘点比上次快了 {n} 个小时，同事都说好。
    ins | dashboard | bug | major | 看板数据和明细对不上 | 本月销售额看板是 {amount}，明细汇总少了 {n} 单。
    ins | dashboard | bug | minor | 看板切换门店时卡顿 | 切换门店要等 {n} 秒，开会演示的时候很尴尬。
    ins | export | bug | major | 导出报表缺少最后一天 | 导出整月报表，最后一天的数据没有，已经试了 {n} 次。
    ins | export | question | minor | 导出的字段说明在哪里看 | 新同事看不懂导出文件里的 {n} 个字段，有没有文档。
    ins | forecast | request | minor | 希望预测能考虑节假日 | 国庆前的销量预测明显偏低，希望把调休也算进去。
    ins | dashboard | request | minor | 希望看板可以定时发送 | 老板每天早上都要看，想自动发到邮箱，大约 {n} 个人。
    ins | forecast | complaint | minor | 预测偏差太大影响备货 | 上周预测偏差 {n}%，我们多备了 {amount} 元的货。
    ins | dashboard | praise | minor | 新版看板非常直观 | 新版看板一眼就能看出问题门店，区域经理都在用。
    app | login | bug | critical | 店员全部无法登录手机端 | 今天开门 {n} 个店员都登录不了，提示网络错误，网络是好的。
    app | login | bug | minor | 换手机后收不到验证码 | 换了新手机之后验证码要等 {n} 分钟才到。
    app | scan | bug | major | 扫码枪连续扫描会漏件 | 连续扫 {n} 件会漏一两件，盘点结果不准。
    app | push | question | minor | 怎样关闭夜间推送 | 店长反映半夜 {n} 点还在收推送，想知道在哪里关。
    app | scan | request | minor | 希望支持离线扫码 | 仓库信号不好，希望先离线扫，回来再同步。
    app | push | complaint | minor | 推送消息太多 | 一天收到 {n} 条推送，重要的反而被淹没了。
    app | scan | praise | minor | 扫码速度提升明显 | 升级之后扫码快多了，{n} 箱货一个小时就点完了。
    api | webhook | bug | critical | Webhook 从昨晚起全部失败 | 昨晚开始 Webhook 返回 502，{amount} 条订单没有同步到 ERP。
    api | webhook | bug | major | Webhook 重复推送同一事件 | 订单 {order} 的事件推了 {n} 次，我们的系统重复记账。
    api | auth | question | minor | 密钥轮换期间旧密钥有效多久 | 计划下周轮换密钥，想确认旧密钥还能用多少小时。
    api | limits | request | minor | 希望提高接口限流额度 | 大促期间每分钟 {amount} 次调用，现在的额度不够。
    api | limits | bug | minor | 限流返回的重试时间不正确 | 返回头里的重试时间是 0 秒，按它重试还是被拒绝。
    api | auth | complaint | major | 接口变更没有提前通知 | 签名方式改了我们没有收到通知，{n} 个小时的订单都丢了。
    """)
}
