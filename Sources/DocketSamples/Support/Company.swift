/// Who works at the made-up company, for whom, and on what. The feedback refers to these.
enum Company {
  struct Customer {
    var id: String
    var name: String
    var tier: String
    var market: String
    var city: String
    var value: Int
    var weight: Int
  }

  static let customers: [Customer] = list(
    """
    C01 | 华东百货集团 | 白金 | 中国 | 上海 | 2600000 | 7
    C02 | 沪上生鲜 | 黄金 | 中国 | 上海 | 880000 | 6
    C03 | 浦江书店 | 标准 | 中国 | 上海 | 120000 | 3
    C04 | 申城家居 | 标准 | 中国 | 上海 | 150000 | 3
    C05 | 京北物流 | 白金 | 中国 | 北京 | 1900000 | 6
    C06 | 燕山户外 | 黄金 | 中国 | 北京 | 640000 | 4
    C07 | 后海咖啡 | 标准 | 中国 | 北京 | 90000 | 4
    C08 | 鹏城电子 | 白金 | 中国 | 深圳 | 2100000 | 6
    C09 | 南山智造 | 黄金 | 中国 | 深圳 | 720000 | 4
    C10 | 湾区母婴 | 标准 | 中国 | 深圳 | 210000 | 3
    C11 | 西湖茶业 | 黄金 | 中国 | 杭州 | 560000 | 4
    C12 | 锦里食品 | 标准 | 中国 | 成都 | 180000 | 3
    C13 | 珠江服饰 | 黄金 | 中国 | 广州 | 610000 | 4
    C14 | 古城文创 | 标准 | 中国 | 西安 | 70000 | 2
    C15 | Brandt & Söhne Elektro | 白金 | 欧洲 | Berlin | 1750000 | 6
    C16 | Spreewald Feinkost | 标准 | 欧洲 | Berlin | 160000 | 3
    C17 | Nordlicht Versand | 黄金 | 欧洲 | Hamburg | 690000 | 4
    C18 | Alpenglück Sport | 黄金 | 欧洲 | München | 580000 | 4
    C19 | Maison Lenoir | 白金 | 欧洲 | Paris | 1400000 | 5
    C20 | Librairie du Canal | 标准 | 欧洲 | Paris | 80000 | 3
    C21 | Atelier Rousseau | 黄金 | 欧洲 | Lyon | 430000 | 3
    C22 | Mercado del Sol | 黄金 | 欧洲 | Madrid | 750000 | 5
    C23 | Zapatos Ibáñez | 标准 | 欧洲 | Madrid | 140000 | 3
    C24 | Naranja Moda | 标准 | 欧洲 | Valencia | 110000 | 3
    """
  ).map {
    Customer(id: $0[0], name: $0[1], tier: $0[2], market: $0[3], city: $0[4], value: Int($0[5])!, weight: Int($0[6])!)
  }

  /// In Chinese throughout, as a customer system in Shanghai exports it.
  static var customerSheet: Sheet {
    var sheet = Sheet("Customer.csv", columns: "客户编号,客户名称,客户等级,市场,地区,城市,客户价值,上次负责人")
    let regions = [
      "上海": "华东", "杭州": "华东", "北京": "华北", "深圳": "华南", "广州": "华南", "成都": "西南", "西安": "西北", "Berlin": "德国",
      "Hamburg": "德国", "München": "德国", "Paris": "法国", "Lyon": "法国", "Madrid": "西班牙", "Valencia": "西班牙",
    ]
    for c in customers {
      let lastOwner = ["C01": "lin", "C05": "sun", "C08": "lin", "C15": "braun", "C19": "dubois", "C22": "ruiz"][c.id]
      sheet.add([c.id, c.name, c.tier, c.market, regions[c.city], c.city, String(c.value), lastOwner])
    }
    return sheet
  }

  static let contacts = Sheet(
    "Contact.csv",
    """
    id  | customer | name            | email                      | language
    K01 | C01      | 顾明            | gu.ming@huadong.example    | zh
    K02 | C02      | 沈佳            | shen.jia@hushang.example   | zh
    K03 | C05      | 韩立            | han.li@jingbei.example     | zh
    K04 | C06      | 白雪            | bai.xue@yanshan.example    | zh
    K05 | C08      | 邓超然          | deng.cr@pengcheng.example  | zh
    K06 | C11      | 钱塘            |                            | zh
    K07 | C13      | 梁小燕          | liang.xy@zhujiang.example  | zh
    K08 | C15      | Katrin Brandt   | k.brandt@brandt.example    | de
    K09 | C17      | Ole Petersen    | ole@nordlicht.example      | de
    K10 | C18      | Vroni Huber     | huber@alpenglueck.example  | de
    K11 | C19      | Camille Lenoir  | camille@lenoir.example     | fr
    K12 | C21      | Luc Rousseau    | luc@rousseau.example       | fr
    K13 | C22      | Inés Ortega     | ines@mercadodelsol.example | es
    K14 | C23      | Álvaro Ibáñez   |                            | es
    """)

  static let people = Sheet(
    "Person.jsonl",
    """
    id      | name          | roles[]              | capacity# | experience# | manager | team     | calendar    | city
    qin     | 秦岚          | lead                 | 5         | 15          |         | service  | desk_china  | Shanghai
    gao     | 高远          | lead                 | 5         | 16          |         | product  | desk_china  | Shanghai
    zhou    | 周婷          | agent lead           | 8         | 9           | qin     | shanghai | desk_china  | Shanghai
    li      | 李娜          | agent                | 14        | 6           | zhou    | shanghai | desk_china  | Shanghai
    zhang   | 张伟          | agent                | 14        | 4           | zhou    | shanghai | desk_china  | Shanghai
    liu     | 刘洋          | agent                | 12        | 2           | zhou    | shanghai | desk_china  | Beijing
    huang   | 黄敏          | agent                | 14        | 5           | zhou    | shanghai | desk_china  | Shenzhen
    weber   | Anna Weber    | agent lead           | 8         | 11          | qin     | berlin   | desk_europe | Berlin
    jonas   | Jonas Müller  | agent                | 12        | 4           | weber   | berlin   | desk_europe | Berlin
    carmen  | Carmen García | agent                | 12        | 7           | weber   | berlin   | desk_europe | Madrid
    hugo    | Hugo Martin   | agent                | 10        | 1           | weber   | berlin   | desk_europe | Paris
    lin     | 林涛          | product_manager      | 6         | 8           | gao     | product  | desk_china  | Shanghai
    wu      | 吴昊          | product_manager      | 6         | 2           | gao     | product  | desk_china  | Shanghai
    sun     | 孙悦          | product_manager      | 10        | 6           | gao     | product  | desk_china  | Beijing
    he      | 何佳          | product_manager      | 10        | 5           | gao     | product  | desk_china  | Shenzhen
    xu      | 徐敏          | product_manager      | 9         | 10          | gao     | product  | desk_china  | Shanghai
    braun   | Felix Braun   | product_manager      | 10        | 7           | gao     | product  | desk_europe | Berlin
    dubois  | Claire Dubois | product_manager      | 10        | 9           | gao     | product  | desk_europe | Paris
    ruiz    | Marta Ruiz    | product_manager      | 8         | 3           | sun     | product  | desk_europe | Madrid
    zheng   | 郑凯          | engineer lead        | 6         | 12          | gao     | build    | desk_china  | Shanghai
    ma      | 马超          | engineer             | 5         | 5           | zheng   | build    | desk_china  | Shenzhen
    tang    | 唐宁          | engineer             | 5         | 3           | zheng   | build    | desk_china  | Beijing
    novak   | Tomáš Novák   | engineer             | 5         | 8           | zheng   | build    | desk_europe | Berlin
    rossi   | Elena Rossi   | engineer             | 5         | 6           | zheng   | build    | desk_europe | Paris
    guo     | 郭欣          | marketing            | 5         | 5           | gao     | product  | desk_china  | Shanghai
    laurent | Paul Laurent  | sales                | 5         | 7           | qin     | service  | desk_europe | Paris
    """)

  static let teams = Sheet(
    "Team.csv",
    """
    id       | name               | lead  | department
    service  | Service management | qin   | cs
    shanghai | Shanghai desk      | zhou  | cs
    berlin   | Berlin desk        | weber | cs
    product  | Product management | gao   | pm
    on_call  | On call            | xu    | pm
    build    | Engineering        | zheng | rd
    """)

  static let departments = Sheet(
    "Department.csv",
    """
    id | name             | lead
    cs | Customer service | qin
    pm | Product          | gao
    rd | Engineering      | zheng
    """)

  static let skills = Sheet(
    "Skill.csv",
    """
    id  | person  | name      | level
    S01 | zhou    | Chinese   | 5
    S02 | zhou    | Payments  | 4
    S03 | li      | Chinese   | 5
    S04 | li      | Orders    | 4
    S05 | li      | English   | 3
    S06 | zhang   | Chinese   | 5
    S07 | zhang   | Payments  | 3
    S08 | liu     | Chinese   | 5
    S09 | liu     | Insight   | 2
    S10 | huang   | Chinese   | 5
    S11 | huang   | Mobile    | 4
    S12 | huang   | English   | 4
    S13 | weber   | German    | 5
    S14 | weber   | English   | 5
    S15 | weber   | Payments  | 4
    S16 | jonas   | German    | 5
    S17 | jonas   | English   | 4
    S18 | carmen  | Spanish   | 5
    S19 | carmen  | English   | 4
    S20 | carmen  | Orders    | 3
    S21 | hugo    | French    | 5
    S22 | hugo    | English   | 3
    S23 | lin     | Payments  | 5
    S24 | wu      | Payments  | 2
    S25 | wu      | Insight   | 2
    S26 | sun     | Orders    | 5
    S27 | he      | Insight   | 4
    S28 | xu      | Payments  | 4
    S29 | xu      | Orders    | 4
    S30 | xu      | Mobile    | 3
    S31 | braun   | Open API  | 5
    S32 | dubois  | Mobile    | 5
    S33 | ruiz    | Orders    | 3
    S34 | zheng   | backend   | 5
    S35 | zheng   | security  | 4
    S36 | ma      | backend   | 3
    S37 | ma      | mobile    | 4
    S38 | tang    | data      | 3
    S39 | tang    | backend   | 2
    S40 | novak   | backend   | 4
    S41 | novak   | security  | 3
    S42 | rossi   | mobile    | 3
    S43 | rossi   | data      | 4
    """)

  /// Nobody has held research for the Open API since September, and two are accountable for releasing Mobile.
  static let responsibilities = Sheet(
    "Responsibility.csv",
    """
    id  | person | product | duty         | part        | from       | to
    R01 | lin    | pay     | planning     | accountable | 2026-01-01 |
    R02 | lin    | pay     | research     | accountable | 2026-01-01 |
    R03 | lin    | pay     | requirements | accountable | 2026-01-01 |
    R04 | lin    | pay     | projects     | accountable | 2026-01-01 |
    R05 | xu     | pay     | release      | accountable | 2026-01-01 |
    R06 | wu     | pay     | requirements | backup      | 2026-03-01 |
    R07 | lin    | pay     | release      | backup      | 2026-01-01 |
    R08 | wu     | pay     | projects     | responsible | 2026-03-01 |
    R09 | sun    | ord     | planning     | accountable | 2026-01-01 |
    R10 | ruiz   | ord     | research     | accountable | 2026-04-01 |
    R11 | sun    | ord     | requirements | accountable | 2026-01-01 |
    R12 | sun    | ord     | projects     | accountable | 2026-01-01 |
    R13 | xu     | ord     | release      | accountable | 2026-01-01 |
    R14 | ruiz   | ord     | requirements | responsible | 2026-04-01 |
    R15 | wu     | ord     | release      | backup      | 2026-03-01 |
    R16 | he     | ins     | planning     | accountable | 2026-01-01 |
    R17 | he     | ins     | research     | accountable | 2026-01-01 |
    R18 | he     | ins     | requirements | accountable | 2026-01-01 |
    R19 | he     | ins     | projects     | accountable | 2026-01-01 |
    R20 | he     | ins     | release      | accountable | 2026-01-01 |
    R21 | dubois | app     | planning     | accountable | 2026-01-01 |
    R22 | dubois | app     | research     | accountable | 2026-01-01 |
    R23 | dubois | app     | requirements | accountable | 2026-01-01 |
    R24 | dubois | app     | projects     | accountable | 2026-01-01 |
    R25 | xu     | app     | release      | accountable | 2026-01-01 |
    R26 | dubois | app     | release      | accountable | 2026-09-15 |
    R27 | braun  | api     | planning     | accountable | 2026-01-01 |
    R28 | ruiz   | api     | research     | accountable | 2026-01-01 | 2026-08-31
    R29 | braun  | api     | requirements | accountable | 2026-01-01 |
    R30 | braun  | api     | projects     | accountable | 2026-01-01 |
    R31 | braun  | api     | release      | accountable | 2026-01-01 |
    R32 | wu     | api     | release      | backup      | 2026-03-01 |
    """)

  /// 何佳 leaves without a delegate, and Felix Braun's delegate is away with him for two days.
  static let leaves = Sheet(
    "Leave.csv",
    """
    id  | person | from       | to         | delegate
    L01 | hugo   | 2026-08-03 | 2026-08-21 | jonas
    L02 | carmen | 2026-08-10 | 2026-08-28 | jonas
    L03 | dubois | 2026-08-10 | 2026-08-21 | braun
    L04 | wu     | 2026-07-20 | 2026-07-24 | lin
    L05 | li     | 2026-09-21 | 2026-09-24 | huang
    L06 | sun    | 2026-09-29 | 2026-10-09 | ruiz
    L07 | he     | 2026-10-08 | 2026-10-13 |
    L08 | weber  | 2026-09-30 | 2026-10-02 | jonas
    L09 | xu     | 2026-10-08 | 2026-10-09 | lin
    L10 | braun  | 2026-10-05 | 2026-10-09 | dubois
    L11 | dubois | 2026-10-08 | 2026-10-09 | lin
    """)

  static let products = Sheet(
    "Product.csv",
    """
    id  | name     | owner
    pay | Payments | lin
    ord | Orders   | sun
    ins | Insight  | he
    app | Mobile   | dubois
    api | Open API | braun
    """)

  static let modules = Sheet(
    "Module.csv",
    """
    id         | name         | product | owner
    checkout   | Checkout     | pay     | lin
    refund     | Refunds      | pay     | wu
    settlement | Settlement   | pay     | lin
    import     | Order import | ord     | sun
    shipping   | Shipping     | ord     | ruiz
    stock      | Stock        | ord     | sun
    dashboard  | Dashboards   | ins     | he
    export     | Exports      | ins     | he
    forecast   | Forecast     | ins     |
    login      | Sign-in      | app     | dubois
    scan       | Scanning     | app     | dubois
    push       | Alerts       | app     |
    webhook    | Webhooks     | api     | braun
    auth       | Access keys  | api     | braun
    limits     | Rate limits  | api     | braun
    """)

  private static func list(_ text: String) -> [[String]] { text.split(separator: "\n").map(barredCells) }
}
