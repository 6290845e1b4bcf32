import Bitext
import Testing

@testable import Checking

/// Phrases of reports, news, manuals and captions in both languages, with what each does to its
/// numbers: all quiet, in both directions. They were written for the purpose.
@Suite struct NumberMismatchPhraseTests {
  @Test(arguments: phrases.split(separator: "\n").map(String.init))
  func phrasesThatTranslateEachOtherAreQuiet(_ line: String) throws {
    let sides = line.split(separator: "|").map(trimmed)
    try #require(sides.count == 2)
    #expect(NumberOracle.check(sides[0], sides[1]).map(\.message) == [])
    #expect(NumberOracle.check(sides[1], sides[0], isReversed: true).map(\.message) == [])
  }

  private func trimmed(_ text: Substring) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

private let phrases = """
  二零零二年十二月三十一日，外匯儲備達一千一百二十億美元。 | Foreign reserves stood at US$112 billion on 31 December 2002.
  查詢請致電（852）2878 1688。 | Enquiries: (852) 2878 1688.
  金管局於十月十五日公布第二輪措施。 | The HKMA announced the second round of measures on 15 October.
  按《新資本協定》（《資本協定二》），比率為8厘。 | Under the New Capital Accord (Basel II), the ratio is 8%.
  年內共處理二十三宗個案，較上年增加五宗。 | During the year 23 cases were handled, five more than the previous year.
  聯繫匯率為7.75至7.85港元兌1美元。 | The linked rate is HK$7.75–7.85 to the US dollar.
  匯率為7.80港元兌1美元。 | The rate is HK$7.80 to one US dollar.
  存款保障額由10萬港元增至50萬港元。 | The protection limit was raised from HK$100,000 to HK$500,000.
  十年來首次錄得雙位數字增長。 | It recorded double-digit growth for the first time in ten years.
  過去五年平均每年增長4.5%。 | It grew by an annual average of 4.5% over the past five years.
  兩個半小時的會議有一百三十多人參加。 | More than 130 people attended the two-and-a-half-hour meeting.
  第十一屆會議於三月二十二至二十四日舉行。 | The 11th meeting was held from 22 to 24 March.
  三分之二的員工年薪超過一百萬元。 | Two-thirds of the staff earned over $1 million a year.
  該行資產達1.2萬億元，佔總額的三成半。 | The bank's assets reached 1.2 trillion yuan, 35% of the total.
  利率下調50個基點至1.25厘。 | The rate was cut by 50 basis points to 1.25%.
  1998/99年度的盈餘為104億元。 | The surplus for 1998/99 was $10.4 billion.
  地震造成87人遇难，3.5万人无家可归。 | The quake killed 87 people and left 35,000 homeless.
  重庆去年GDP达2.5万亿元，同比增长8.3%。 | Chongqing's GDP hit 2.5 trillion yuan last year, up 8.3 percent year on year.
  截至7月底，中欧班列（重庆）累计开行超过1万列。 | By the end of July, the China-Europe Railway Express (Chongqing) had made more than 10,000 trips.
  面积约1198平方公里，人口逾百万。 | It covers 1,198 square kilometers and has a population of over one million.
  该项目总投资68.5亿元，预计2025年6月完工。 | With a total investment of 6.85 billion yuan, the project is expected to be completed in June 2025.
  二十届三中全会强调“两个毫不动摇“。 | The third plenary session of the 20th Central Committee stressed the "two unswervinglys".
  “十四五“规划提出2035年远景目标。 | The 14th Five-Year Plan sets out long-range objectives through 2035.
  6月18日上午9时30分开幕。 | It opened at 9:30 a.m. on June 18.
  30多个国家的200余名代表参加。 | More than 200 representatives from over 30 countries took part.
  每年培养博士后1000名左右。 | About 1,000 postdocs are trained every year.
  首期投入2亿元，分三年实施。 | The first phase, with an investment of 200 million yuan, will be carried out over three years.
  从1949年到1978年的近三十年 | nearly three decades from 1949 to 1978
  今年一季度增长5.4%，二季度增长5.2% | growth of 5.4 percent in the first quarter and 5.2 percent in the second
  这是他第六次访问该市。 | It was his sixth visit to the city.
  全长23.2公里，设8座车站，时速120公里。 | The 23.2-km line has eight stations and runs at 120 km per hour.
  比2012年翻了一番多。 | More than double the figure of 2012.
  占全国的四分之一。 | a quarter of the national total.
  上世纪90年代初 | the early 1990s
  20世纪初 | the beginning of the 20th century
  100米短跑成绩为9秒83 | ran the 100 meters in 9.83 seconds
  身高1米88 | 1.88 meters tall
  零下5摄氏度到3摄氏度 | from minus 5 to 3 degrees Celsius
  第2章第3.1节 | Section 3.1 of Chapter 2
  3月份CPI同比上涨0.1% | CPI rose 0.1 percent in March
  五一假期期间接待游客1500万人次 | The city received 15 million visits during the May Day holiday
  一等奖2项、二等奖13项 | two first prizes and 13 second prizes
  24个省区市的36所高校 | 36 universities from 24 provinces, regions and municipalities
  他今年35岁，有两个孩子。 | The 35-year-old father of two
  1至5月，进出口总值2841.3亿元 | From January to May, imports and exports totaled 284.13 billion yuan.
  前5个月，出口1760亿元。 | In the first five months, exports reached 176 billion yuan.
  前三季度增长6%。 | It grew by 6% in the first three quarters.
  约占总数的60%以上 | more than 60 percent of the total
  在第74届联合国大会上 | at the 74th session of the UN General Assembly
  1/3的企业 | one-third of the companies
  两江新区管委会 | Liangjiang New Area
  三峡库区 | Three Gorges Reservoir Area
  解放军八一大楼 | Bayi Building
  4万多平方米的厂房 | a factory of over 40,000 square meters
  近2000年的历史 | a history of nearly 2,000 years
  占地300亩 | covering 20 hectares
  日均客流120万人次 | 1.2 million passenger trips a day
  20余家企业入驻，年产值逾50亿元 | More than 20 companies have settled in, with an annual output of over RMB5bn
  約三分一的受訪者 | about one third of the respondents
  四分三的銀行 | three-quarters of the banks
  近五分一 | nearly one-fifth
  2002-03年度財政預算案 | the 2002-03 Budget
  2002至03年度財政預算案 | the 2002-03 Budget
  2002/03年度 | the 2002–03 financial year
  二零零二至零三年度 | 2002-03
  1998-99年度 | 1998/99
  2003年中 | mid-2003
  6月底及7月1日 | end-June and 1 July
  按月上升0.3%，連續第六個月 | up 0.3% month on month, for the sixth month in a row
  首七個月 | the first seven months
  上半年及下半年 | the first and second halves of the year
  第三季及第四季 | the third and fourth quarters
  第一、二及三季 | the first, second and third quarters
  第二和第三支柱 | Pillar 2 and Pillar 3
  三個月、六個月及一年期 | three-month, six-month and one-year
  二、三線城市 | second- and third-tier cities
  5年期及10年期債券 | 5-year and 10-year bonds
  91日票據 | 91-day bills
  182天 | 182 days
  24小時內 | within 24 hours
  佔七成 | accounted for 70%
  兩者各佔一半 | half each
  升幅達雙位數 | a double-digit rise
  高見每盎司425美元 | a high of US$425 per ounce
  道瓊斯指數收報10,453點 | the Dow closed at 10,453
  每股1.5元 | $1.5 per share
  共4.2億港元（2001年為3.9億港元） | HK$420 million (2001: HK$390 million)
  由1.25厘減至1厘 | from 1.25% to 1%
  息差收窄至負9基點 | the spread narrowed to -9 basis points
  貶值約20%至30% | depreciated by 20-30%
  1美元兌7.80港元 | HK$7.80 = US$1
  第15章第(2)條 | section (2) of Chapter 15
  《公司條例》（第32章） | the Companies Ordinance (Cap. 32)
  於4月25日至26日在上海舉行 | held in Shanghai on 25-26 April
  二月廿八日 | 28 February
  甲類：1至3年；乙類：3年以上 | A: 1–3 years; B: over 3 years
  總人數為580人，其中3名為兼職 | 580 staff, three of them part-time
  下跌近一半 | fell by almost half
  成立十周年 | the tenth anniversary
  逾100個國家 | more than 100 countries
  11名成員中，6人 | six of the 11 members
  電話：2878 8196 | Tel: 2878 8196
  55樓 | 55/F
  中環金融街8號國際金融中心二期 | Two International Finance Centre, 8 Finance Street, Central
  星期一至五上午九時至下午五時 | 9:00 a.m. to 5:00 p.m., Monday to Friday
  上午10時至下午6時 | 10 am to 6 pm
  每周六天 | six days a week
  2015年第一季至第三季 | the first to third quarters of 2015
  2014年首三季 | the first three quarters of 2014
  100元及500元鈔票 | $100 and $500 notes
  一千元紙幣 | $1,000 banknotes
  10億港元債券，分5批發行 | HK$1 billion of bonds in five tranches
  本金額為30億元 | a principal of HK$3 bn
  11.5萬平方呎 | 115,000 square feet
  1,000萬元或以上 | $10 million or above
  不超過6個月 | not more than six months
  AA-評級 | rating of AA-
  第 3 页，共 12 页 | Page 3 of 12
  您有 1 条新消息。 | You have 1 new message.
  会话将在 30 分钟后过期。 | Your session will expire in 30 minutes.
  文件不得超过 25 MB。 | Files must be at most 25 MB.
  按 F5 或 Ctrl+1 运行。 | Press F5 or Ctrl+1 to run.
  优惠有效期至2024年12月31日。 | The offer is valid until 12/31/2024.
  请立即致电 1-800-555-0199。 | Call 1-800-555-0199 today.
  气温达到38℃（100℉）。 | The temperature reached 38°C (100°F).
  他出生于1976年7月4日。 | He was born on the 4th of July, 1976.
  第十二章 | Chapter Twelve
  第二次世界大战于1945年结束。 | World War II ended in 1945.
  二战 | the Second World War
  亨利八世有六位妻子。 | Henry VIII had six wives.
  七年战争 | The Seven Years' War
  二十一名飞行员飞行了3000英里。 | Twenty-one pilots flew 3,000 miles.
  以2比1获胜 | a 2-1 victory
  百万分之一的机会 | a one-in-a-million chance
  半数受访者 | half of the respondents
  数十人 | dozens of people
  数十万个工作岗位 | hundreds of thousands of jobs
  数千万元 | tens of millions of yuan
  公司员工达150万人。 | The company employs 1.5 million people.
  净利润增长12.3%，至45.6亿美元。 | Net profit rose 12.3% to $4.56bn.
  第三季度营收同比增长5%。 | Q3 revenue was up 5% YoY.
  新冠疫苗 | COVID-19 vaccines
  七国集团峰会 | The G7 summit
  正月十二 | the 12th day of the first lunar month
  享年85岁 | at the age of 85
  1990年至2000年间 | between 1990 and 2000
  10%至20% | between 10 and 20 percent
  是2010年的三倍 | three times as many as in 2010
  增加了三倍 | increased fourfold
  连续两年 | two years in a row
  连续第三年 | for the third consecutive year
  五星级酒店 | a five-star hotel
  四季酒店 | the Four Seasons
  一流团队 | a first-class team
  20世纪初 | the early 20th century
  20世纪80年代中期 | mid-1980s
  30天试用 | a 30-day trial
  0.5个百分点 | 50 basis points
  中午12点 | twelve noon
  零时 | midnight
  周五晚上8点 | at 8 pm on Friday
  第五条第二款b项 | Article 5, paragraph 2(b)
  唐宁街10号 | No. 10 Downing Street
  波音737 | Boeing 737
  一期和二期 | Phase I and Phase II
  1美元兑7.1元 | $1 = 7.1 yuan
  四分之三的企业 | three quarters of all firms
  一年半 | one and a half years
  一百年前 | a century ago
  两国 | the two countries
  双方 | both sides
  一线城市 | Tier 1 cities
  一楼和二楼 | the 1st and 2nd floors
  五年规划（2021—2025年） | the five-year plan (2021-2025)
  从1到10 | from 1 to 10
  1000至1500人 | 1,000 to 1,500 people
  2000多名游客 | 2,000-odd visitors
  前三名 | the top three
  超过10亿用户 | over a billion users
  几千 | a few thousand
  2008年奥运会 | The 2008 Olympics
  21世纪海上丝绸之路 | 21st Century Maritime Silk Road
  18至24岁的人 | 18 to 24-year-olds
  人均GDP1.2万美元 | GDP per capita of $12,000
  """
