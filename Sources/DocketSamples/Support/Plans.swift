/// What the made-up company planned, promised and learned: written by hand, since each row has its story.
///
/// The story of the quarter: Payments 4.2 went wrong on 18 August and was rolled back the next day. The desk in Berlin was thin
/// in August. Insight's plans went stale in September. The last day is the one before the National Day holidays.
enum Plans {
  static let releases = Sheet(
    "Release.csv",
    """
    id      | version | product | owner  | planned    | released_at      | rolled_back_at   | severe_incidents | planned_scope | delivered_scope
    pay-4.1 | 4.1     | pay     | xu     | 2026-07-14 | 2026-07-14T21:00 |                  | 0                | 9             | 9
    pay-4.2 | 4.2     | pay     | xu     | 2026-08-18 | 2026-08-18T21:00 | 2026-08-19T14:30 | 2                | 12            | 11
    pay-4.3 | 4.3     | pay     | xu     | 2026-08-27 | 2026-08-28T21:00 |                  | 0                | 6             | 6
    pay-4.4 | 4.4     | pay     | xu     | 2026-10-13 |                  |                  |                  | 10            |
    ord-7.0 | 7.0     | ord     | xu     | 2026-07-22 | 2026-07-22T20:30 |                  | 0                | 14            | 13
    ord-7.1 | 7.1     | ord     | xu     | 2026-09-09 | 2026-09-10T20:30 |                  | 0                | 8             | 8
    ins-3.5 | 3.5     | ins     | he     | 2026-07-30 | 2026-08-06T20:00 |                  | 1                | 7             | 5
    ins-3.6 | 3.6     | ins     | he     | 2026-09-24 |                  |                  |                  | 8             |
    app-5.8 | 5.8     | app     | xu     | 2026-07-16 | 2026-07-16T19:00 |                  | 0                | 6             | 6
    app-5.9 | 5.9     | app     | xu     | 2026-09-17 | 2026-09-17T19:00 |                  | 0                | 7             | 7
    api-2.6 | 2.6     | api     | braun  | 2026-08-04 | 2026-08-04T16:00 |                  | 0                | 5             | 5
    api-2.7 | 2.7     | api     | braun  | 2026-09-15 | 2026-09-16T16:00 | 2026-09-16T20:15 | 1                | 6             | 6
    api-2.8 | 2.8     | api     | braun  | 2026-10-14 |                  |                  |                  | 7             |
    """)

  static let requirements = Sheet(
    "Requirement.csv",
    """
    id  | title                               | product | owner  | origin   | stage      | priority | release | proposed_at      | researched_at    | confirmed_at     | confirmed_by | delivered_at     | customers_told_at
    Q01 | 数字人民币收款                      | pay     | lin    | feedback | confirmed  | high     | pay-4.4 | 2026-07-03T10:00 | 2026-07-14T16:00 | 2026-07-24T11:00 | C01          |                  |
    Q02 | 按门店拆分结算                      | pay     | lin    | feedback | researched | moderate |         | 2026-07-08T14:00 | 2026-07-27T17:00 |                  |              |                  |
    Q03 | Bizum at the checkout               | pay     | lin    | feedback | proposed   | moderate |         | 2026-08-20T16:00 |                  |                  |              |                  |
    Q04 | Statements in DATEV format          | pay     |        | feedback | proposed   | low      |         | 2026-09-22T17:00 |                  |                  |              |                  |
    Q05 | 一键重试支付回调                    | pay     | wu     | feedback | delivered  | high     | pay-4.3 | 2026-08-19T18:00 | 2026-08-20T12:00 | 2026-08-20T17:00 | C08          | 2026-08-28T21:00 | 2026-08-31T10:00
    Q06 | 库存预警发送到企业微信              | ord     | sun    | feedback | delivered  | moderate | ord-7.1 | 2026-07-02T15:00 | 2026-07-10T12:00 | 2026-07-17T10:00 | C05          | 2026-09-10T20:30 | 2026-09-11T09:30
    Q07 | 导入模板支持自定义列                | ord     | sun    | feedback | planned    | moderate |         | 2026-07-21T11:00 | 2026-07-30T15:00 | 2026-08-12T16:00 | C06          |                  |
    Q08 | Low stock alerts by shop            | ord     | ruiz   | feedback | researched | moderate |         | 2026-08-26T17:30 | 2026-09-08T18:00 |                  |              |                  |
    Q09 | Colissimo pick-up points            | ord     | ruiz   | feedback | confirmed  | moderate |         | 2026-07-15T16:30 | 2026-07-28T20:00 | 2026-08-28T18:00 | C19          |                  |
    Q10 | 预测考虑节假日                      | ins     | he     | feedback | researched | high     | ins-3.6 | 2026-07-06T10:30 | 2026-07-31T17:30 |                  |              |                  |
    Q11 | Share a dashboard with people outside | ins   | he     | feedback | proposed   | moderate |         | 2026-08-11T18:00 |                  |                  |              |                  |
    Q12 | 看板定时发送                        | ins     | he     | market   | confirmed  | moderate | ins-3.6 | 2026-07-20T10:00 | 2026-07-29T11:00 | 2026-08-10T15:00 | C01          |                  |
    Q13 | 离线扫码                            | app     | dubois | feedback | delivered  | high     | app-5.9 | 2026-07-01T10:00 | 2026-07-09T17:00 | 2026-07-16T18:00 | C12          | 2026-09-17T19:00 | 2026-09-22T16:00
    Q14 | Scan several labels at once         | app     | dubois | idea     | rejected   | low      |         | 2026-08-03T17:00 | 2026-08-07T19:00 |                  |              |                  |
    Q15 | Higher rate limit for night batches | api     | braun  | feedback | confirmed  | high     | api-2.8 | 2026-07-28T16:00 | 2026-08-06T20:00 | 2026-08-18T17:00 | C15          |                  |
    Q16 | Notice before signature changes     | api     | braun  | feedback | planned    | critical | api-2.8 | 2026-09-17T15:30 | 2026-09-21T18:00 | 2026-09-24T19:00 | C17          |                  |
    """)

  static let changes = Sheet(
    "RequirementChange.csv",
    """
    id  | requirement | at               | what                                     | by     | customers_told_at
    H01 | Q01         | 2026-08-24T11:00 | 上线时间从八月推迟到十月                 | lin    | 2026-08-25T10:00
    H02 | Q06         | 2026-08-05T15:00 | 增加按仓库分组                           | sun    | 2026-08-06T09:30
    H03 | Q09         | 2026-09-07T17:00 | Only France at first, Belgium later      | ruiz   | 2026-09-08T16:00
    H04 | Q12         | 2026-09-14T16:00 | 只支持邮件，不支持企业微信               | he     |
    H05 | Q13         | 2026-08-21T18:00 | 离线最长时间从 7 天改为 3 天             | dubois | 2026-08-27T16:00
    H06 | Q15         | 2026-09-23T18:00 | Limits rise in two steps                 | braun  | 2026-09-24T16:30
    H07 | Q16         | 2026-09-29T21:00 | Notice of four weeks instead of two      | braun  |
    """)

  static let commitments = Sheet(
    "Commitment.csv",
    """
    id  | to  | by     | what                                        | made_at          | due        | granularity | outcome      | kept_at          | withdrawn_at     | renegotiated_at  | reason                               | requirement | release
    P01 | C01 | lin    | 数字人民币八月上线                          | 2026-07-10T15:00 | 2026-08-31 | month       | renegotiated |                  |                  | 2026-08-25T10:00 | 4.2 回滚后资源不足                   | Q01         |
    P02 | C01 | lin    | 数字人民币十月中旬上线                      | 2026-08-25T10:00 | 2026-10-16 | day         | pending      |                  |                  |                  |                                      | Q01         | pay-4.4
    P03 | C08 | xu     | 八月底前修复支付回调                        | 2026-08-19T17:00 | 2026-08-31 | month       | kept         | 2026-08-28T21:00 |                  |                  |                                      | Q05         | pay-4.3
    P04 | C05 | sun    | 企业微信库存预警九月上旬交付                | 2026-07-20T11:00 | 2026-09-11 | day         | kept         | 2026-09-10T20:30 |                  |                  |                                      | Q06         | ord-7.1
    P05 | C02 | zhou   | 对账时差两个工作日内说明                    | 2026-07-13T10:30 | 2026-07-15 | day         | kept         | 2026-07-15T11:20 |                  |                  |                                      |             |
    P06 | C06 | sun    | 导入自定义列本季度给出排期                  | 2026-07-31T16:00 | 2026-09-30 | quarter     | pending      |                  |                  |                  |                                      | Q07         |
    P07 | C15 | braun  | A higher rate limit this quarter            | 2026-08-18T17:30 | 2026-09-30 | quarter     | pending      |                  |                  |                  |                                      | Q15         |
    P08 | C17 | braun  | A report on the signature change this week  | 2026-09-16T22:00 | 2026-09-18 | week        | late         | 2026-09-22T18:00 |                  |                  | The engineer was ill                 |             | api-2.7
    P09 | C19 | dubois | Offline scanning by mid September           | 2026-07-17T18:00 | 2026-09-18 | day         | kept         | 2026-09-17T19:00 |                  |                  |                                      | Q13         | app-5.9
    P10 | C19 | ruiz   | Pick-up points in October                   | 2026-08-28T18:30 | 2026-10-31 | month       | pending      |                  |                  |                  |                                      | Q09         |
    P11 | C22 | carmen | A call about the split shipments            | 2026-07-23T17:00 | 2026-07-24 | day         | kept         | 2026-07-24T16:10 |                  |                  |                                      |             |
    P12 | C11 | he     | 预测优化七月底上线                          | 2026-07-06T11:00 | 2026-07-31 | day         | late         | 2026-08-06T20:00 |                  |                  | 3.5 版本延期                         |             | ins-3.5
    P13 | C01 | he     | 看板定时发送九月底前上线                    | 2026-08-10T15:30 | 2026-09-25 | day         | pending      |                  |                  |                  |                                      | Q12         | ins-3.6
    P14 | C13 | li     | 补发合并发货漏单明细                        | 2026-08-05T14:00 | 2026-08-06 | day         | kept         | 2026-08-06T10:40 |                  |                  |                                      |             |
    P15 | C18 | jonas  | Duplicates removed from the import          | 2026-08-13T18:00 | 2026-08-14 | day         | late         | 2026-08-17T16:30 |                  |                  | Two colleagues were on leave         |             |
    P16 | C21 | hugo   | A guide in French                           | 2026-07-09T17:00 | 2026-07-31 | month       | withdrawn    |                  | 2026-07-27T16:00 |                  | The customer works in English now    |             |
    P17 | C08 | lin    | 国庆前给出支付高可用方案                    | 2026-09-14T10:00 | 2026-09-30 | day         | pending      |                  |                  |                  |                                      |             |
    P18 | C07 | zhang  | 退款到账后电话回访                          | 2026-09-08T15:00 | 2026-09-10 | day         | kept         | 2026-09-09T10:00 |                  |                  |                                      |             |
    P19 | C23 | carmen | Refund of the doubled fee                   | 2026-09-15T18:00 | 2026-09-18 | week        | kept         | 2026-09-17T17:20 |                  |                  |                                      |             |
    P20 | C09 | liu    | 对接文档更新                                | 2026-09-02T16:00 | 2026-09-04 | day         | kept         | 2026-09-04T16:45 |                  |                  |                                      |             |
    P21 | C20 | hugo   | Names in the export explained               | 2026-09-24T20:00 | 2026-10-02 | week        | pending      |                  |                  |                  |                                      |             |
    """)

  static let projects = Sheet(
    "Project.csv",
    """
    id      | name                  | product | owner  | starts     | due        | finished_at
    digital | 数字人民币            | pay     | lin    | 2026-07-27 | 2026-10-13 |
    forecast | 节假日预测           | ins     | he     | 2026-07-13 | 2026-09-24 |
    offline | Offline scanning      | app     | dubois | 2026-07-20 | 2026-09-17 | 2026-09-17T19:00
    limits  | Rate limits           | api     | braun  | 2026-08-24 | 2026-10-14 |
    """)

  static let iterations = Sheet(
    "Iteration.csv",
    """
    id | project  | name      | from       | to         | goal
    I1 | digital  | 第三轮    | 2026-09-14 | 2026-09-25 | 钱包收款联调
    I2 | digital  | 第四轮    | 2026-09-28 | 2026-10-13 | 试点门店上线
    I3 | forecast | 第五轮    | 2026-09-14 | 2026-09-25 | 调休日历接入
    I4 | limits   | Sprint 3  | 2026-09-21 | 2026-10-02 | Limits by key
    """)

  static let tasks = Sheet(
    "Task.csv",
    """
    id  | title                              | project  | iteration | requirement | assignee | skill    | skill_level | experience | priority | progress | created_at       | due        | done_at
    T01 | 钱包 SDK 联调                      | digital  | I1        | Q01         | ma       | backend  | 3           | 2          | high     | done     | 2026-09-14T10:00 | 2026-09-21 | 2026-09-18T17:00
    T02 | 退款接口改造                       | digital  | I1        | Q01         | zheng    | backend  | 4           | 5          | high     | done     | 2026-09-14T10:00 | 2026-09-23 | 2026-09-24T15:00
    T03 | 签名密钥安全评审                   | digital  | I2        | Q01         |          | security | 4           | 8          | critical | todo     | 2026-09-28T10:00 | 2026-10-09 |
    T04 | 试点门店配置                       | digital  | I2        | Q01         | tang     | backend  | 2           | 1          | moderate | doing    | 2026-09-28T10:00 | 2026-10-12 |
    T05 | 调休日历数据清洗                   | forecast | I3        | Q10         | tang     | data     | 3           | 2          | high     | doing    | 2026-09-14T10:30 | 2026-09-22 |
    T06 | 预测模型回测                       | forecast | I3        | Q10         | rossi    | data     | 4           | 5          | high     | doing    | 2026-09-14T10:30 | 2026-09-25 |
    T07 | 定时发送任务调度                   | forecast | I3        | Q12         |          | backend  | 3           | 3          | moderate | todo     | 2026-09-22T11:00 | 2026-09-30 |
    T08 | Counters by key                    | limits   | I4        | Q15         | novak    | backend  | 4           | 5          | high     | doing    | 2026-09-21T16:00 | 2026-09-29 |
    T09 | Notice mails for signature changes | limits   | I4        | Q16         |          | backend  | 2           | 1          | high     | todo     | 2026-09-28T17:00 | 2026-10-06 |
    T10 | Load test of the night batch       | limits   | I4        | Q15         |          | data     | 3           | 4          | moderate | todo     | 2026-09-28T17:00 | 2026-10-07 |
    T11 | Sync after offline scanning        | offline  |           | Q13         | ma       | mobile   | 4           | 4          | high     | done     | 2026-08-10T10:00 | 2026-09-04 | 2026-09-03T18:00
    T12 | Conflict dialog                    | offline  |           | Q13         | rossi    | mobile   | 3           | 3          | moderate | done     | 2026-08-10T16:00 | 2026-09-11 | 2026-09-11T21:00
    T13 | Accessibility check of the scanner | offline  |           | Q13         |          | ux       | 3           | 2          | low      | todo     | 2026-09-21T16:00 | 2026-10-16 |
    """)

  static let risks = Sheet(
    "Risk.csv",
    """
    id  | title                                | project  | product | owner  | likelihood | severity | mitigation                     | raised_at        | mitigated_at     | customer | customer_told_at | closed_at
    X01 | 银行接口十月升级                     | digital  | pay     | lin    | likely     | major    | 提前联调，保留旧接口           | 2026-09-10T11:00 | 2026-09-15T17:00 | C01      | 2026-09-16T10:00 |
    X02 | 安全评审人手不足                     | digital  | pay     | lin    | possible   | critical |                                | 2026-09-21T14:00 |                  | C01      |                  |
    X03 | 节假日数据来源不稳定                 | forecast | ins     | he     | possible   | major    |                                | 2026-08-31T16:00 |                  | C11      |                  |
    X04 | Batch window overlaps with backups   | limits   | api     | braun  | likely     | minor    | Moved the backup by an hour    | 2026-09-07T17:00 | 2026-09-09T18:00 | C15      | 2026-09-09T18:30 | 2026-09-14T17:00
    X05 | Old phones run out of memory offline | offline  | app     | dubois | unlikely   | major    | Limit of three days            | 2026-08-06T18:00 | 2026-08-21T18:00 | C12      | 2026-08-27T16:00 | 2026-09-17T19:00
    X06 | Signature change reaches more customers |       | api     | braun  | likely     | critical | List of clients, mail to each  | 2026-09-16T21:00 | 2026-09-17T17:00 | C17      | 2026-09-17T17:30 |
    X07 | 国庆期间值班人手紧张                 |          | pay     | zhou   | likely     | major    | 三人轮班，研发电话值班         | 2026-09-17T10:00 | 2026-09-23T16:00 |          |                  |
    """)

  static let interviews = Sheet(
    "Interview.csv",
    """
    id  | customer | product | requirement | interviewer | held_at          | findings_at      | findings
    V01 | C01      | pay     | Q01         | lin         | 2026-07-09T14:00 | 2026-07-13T17:00 | 顾客主要在便利店使用
    V02 | C02      | pay     | Q02         | lin         | 2026-07-16T10:00 | 2026-07-27T16:00 | 财务每月花两天拆账
    V03 | C05      | ord     | Q06         | sun         | 2026-07-07T15:00 | 2026-07-09T18:00 | 仓管员不看邮件
    V04 | C19      | ord     | Q09         | ruiz        | 2026-07-21T18:00 | 2026-07-24T20:00 | Two of three buyers choose a pick-up point
    V05 | C22      | ord     | Q08         | ruiz        | 2026-09-01T17:00 | 2026-09-04T19:00 | One warehouse, eleven shops
    V06 | C11      | ins     | Q10         | he          | 2026-07-22T10:00 | 2026-07-31T16:00 | 节前一周销量翻倍
    V07 | C15      | api     | Q15         | braun       | 2026-08-04T18:00 | 2026-08-06T19:00 | Batch runs from one to two at night
    V08 | C18      | ins     | Q11         | he          | 2026-09-15T20:00 |                  |
    V09 | C24      | pay     | Q03         | lin         | 2026-09-23T18:00 |                  |
    V10 | C12      | app     | Q13         | dubois      | 2026-07-07T16:00 | 2026-07-08T20:00 | 冷库里没有信号
    """)

  static let userTests = Sheet(
    "UserTest.csv",
    """
    id  | product | requirement | release | customer | owner  | held_at          | findings_at      | tasks_given | tasks_completed | findings
    U01 | pay     | Q05         | pay-4.3 | C08      | wu     | 2026-08-26T14:00 | 2026-08-27T10:00 | 6           | 6               | 重试入口明显
    U02 | ord     | Q06         | ord-7.1 | C05      | sun    | 2026-09-02T10:00 | 2026-09-03T15:00 | 8           | 7               | 分组名称不清楚
    U03 | ord     | Q09         |         | C19      | ruiz   | 2026-09-10T17:00 | 2026-09-14T18:00 | 8           | 6               | The map is too small on phones
    U04 | ins     | Q12         | ins-3.6 | C01      | he     | 2026-09-11T15:00 |                  | 7           | 4               |
    U05 | app     | Q13         | app-5.9 | C12      | dubois | 2026-08-19T16:00 | 2026-08-20T20:00 | 9           | 8               | 冲突提示看不懂
    U06 | app     | Q13         | app-5.9 | C07      | dubois | 2026-09-08T16:00 | 2026-09-09T18:00 | 9           | 9               | 全部完成
    U07 | api     | Q15         | api-2.8 | C15      | braun  | 2026-09-28T18:00 |                  | 5           | 5               |
    """)

  static let documents = Sheet(
    "Document.csv",
    """
    id  | title                    | kind      | product | owner  | updated_at       | fresh_for | shared_with_customers
    D01 | Payments roadmap         | roadmap   | pay     | lin    | 2026-09-14T17:00 | 720h      | true
    D02 | Payments release plan    | plan      | pay     | xu     | 2026-09-28T11:00 | 336h      | false
    D03 | Orders roadmap           | roadmap   | ord     | sun    | 2026-09-23T16:00 | 720h      | true
    D04 | Orders release plan      | plan      | ord     | xu     | 2026-09-21T15:00 | 336h      | false
    D05 | Insight roadmap          | roadmap   | ins     | he     | 2026-08-12T10:00 | 720h      | true
    D06 | Insight release plan     | plan      | ins     | he     | 2026-09-02T17:00 | 336h      | false
    D07 | Mobile roadmap           | roadmap   | app     | dubois | 2026-09-18T18:00 | 720h      | true
    D08 | Mobile release plan      | plan      | app     | dubois | 2026-09-17T21:00 | 336h      | false
    D09 | Open API roadmap         | roadmap   | api     | braun  | 2026-09-24T17:00 | 720h      | true
    D10 | Open API release plan    | plan      | api     | braun  | 2026-09-29T18:00 | 336h      | false
    D11 | Risks before the holidays | risk_list |        | zhou   | 2026-09-23T16:30 | 168h      | false
    D12 | 收银台使用指南           | guide     | pay     | wu     | 2026-08-31T15:00 | 2160h     | true
    D13 | Guide to webhooks        | guide     | api     | braun  | 2026-07-02T17:00 | 2160h     | true
    """)

  static let trainings = Sheet(
    "Training.csv",
    """
    id  | person | customer | course           | product | assigned_at      | due        | completed_at     | score
    G01 | li     |          | product          | pay     | 2026-07-06T10:00 | 2026-07-31 | 2026-07-24T16:00 | 92
    G02 | zhang  |          | product          | pay     | 2026-07-06T10:00 | 2026-07-31 | 2026-07-30T17:00 | 85
    G03 | liu    |          | product          | pay     | 2026-07-06T10:00 | 2026-07-31 | 2026-08-04T15:00 | 71
    G04 | huang  |          | product          | app     | 2026-07-06T10:00 | 2026-07-31 | 2026-07-21T11:00 | 95
    G05 | jonas  |          | product          | pay     | 2026-07-06T16:00 | 2026-07-31 | 2026-07-29T18:00 | 88
    G06 | carmen |          | product          | ord     | 2026-07-06T16:00 | 2026-07-31 | 2026-07-28T17:00 | 90
    G07 | hugo   |          | product          | ord     | 2026-07-06T16:00 | 2026-07-31 | 2026-07-31T20:00 | 64
    G08 | wu     |          | customer_service |         | 2026-09-01T10:00 | 2026-09-18 | 2026-09-16T16:00 | 87
    G09 | lin    |          | customer_service |         | 2026-09-01T10:00 | 2026-09-18 |                  |
    G10 | he     |          | customer_service |         | 2026-09-01T10:00 | 2026-09-18 | 2026-09-23T14:00 | 78
    G11 | braun  |          | customer_service |         | 2026-09-01T16:00 | 2026-09-18 | 2026-09-15T18:00 | 91
    G12 | liu    |          | customer_service |         | 2026-09-07T10:00 | 2026-10-12 |                  |
    G13 | hugo   |          | customer_service |         | 2026-09-07T16:00 | 2026-10-02 | 2026-09-25T18:00 | 82
    G14 |        | C12      | product          | app     | 2026-09-10T10:00 | 2026-09-22 | 2026-09-21T16:00 | 90
    G15 |        | C19      | product          | app     | 2026-09-10T16:00 | 2026-09-25 | 2026-09-24T18:00 |
    G16 |        | C05      | product          | ord     | 2026-09-11T10:00 | 2026-09-24 | 2026-09-18T15:00 | 86
    G17 |        | C15      | product          | api     | 2026-09-21T16:00 | 2026-10-09 |                  |
    """)

  static let caseStudies = Sheet(
    "CaseStudy.jsonl",
    """
    id  | title                                   | customer | product | author | published_at     | shared_with[]
    E01 | 华东百货：收银高峰不排队                | C01      | pay     | guo    | 2026-07-17T10:00 | C02 C08 C13
    E02 | Brandt & Söhne: orders to ERP in seconds | C15     | api     | laurent | 2026-08-06T17:00 | C17 C18 C22
    E03 | 京北物流：库存预警到人                  | C05      | ord     | guo    | 2026-09-22T10:00 | C06 C11
    E04 | Maison Lenoir: counting stock offline   | C19      | app     | laurent | 2026-09-28T17:00 |
    E05 | 锦里食品：冷库离线扫码                  | C12      | app     | guo    |                  |
    """)

  static let recognitions = Sheet(
    "Recognition.csv",
    """
    id  | person | by     | at               | reason                                     | release
    N01 | huang  | zhou   | 2026-07-17T17:00 | 手机端升级当天独自接待四十位顾客           | app-5.8
    N02 | wu     | lin    | 2026-08-31T10:00 | 两天内做完回调重试方案                     | pay-4.3
    N03 | jonas  | weber  | 2026-08-28T17:00 | Held the Berlin desk alone for two weeks   |
    N04 | sun    | gao    | 2026-09-11T10:00 | 库存预警从访谈到交付全程准时               | ord-7.1
    N05 | dubois | gao    | 2026-09-18T17:00 | Offline scanning on the promised day       | app-5.9
    N06 | huang  | zhou   | 2026-09-24T17:30 | 代班期间回复全部及时                       |
    """)

  static let actions = Sheet(
    "Action.csv",
    """
    id  | meeting      | what                                  | owner  | due        | done_at
    A01 | retro-pay    | 发布前增加支付回调演练                | xu     | 2026-08-31 | 2026-08-27T16:00
    A02 | retro-pay    | 灰度比例从 50% 降到 10%               | zheng  | 2026-08-28 | 2026-08-26T18:00
    A03 | retro-pay    | 给受影响的顾客打电话                  | zhou   | 2026-08-24 | 2026-08-25T15:00
    A04 | visit-C01    | 提供数字人民币试点门店名单            | lin    | 2026-09-16 | 2026-09-15T11:00
    A05 | visit-C15    | Send the plan for the night batch     | braun  | 2026-09-11 | 2026-09-10T18:00
    A06 | plan-q4      | 第四季度研究计划                      | he     | 2026-09-25 |
    A07 | plan-q4      | Find somebody for research on the API |        | 2026-10-09 |
    A08 | visit-C22    | Call about split shipments            | ruiz   | 2026-09-30 |
    """)
}
