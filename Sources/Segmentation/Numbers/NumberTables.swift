/// The words that the recogniser knows beside the numerals themselves.
enum NumberTables {
  /// What a number counts or measures, after it. `nil` is a word that merely begins like a unit.
  static let units = PhraseTable<NumberUnit?>([
    (.percent, "%|percent|per cent|pct|厘"),
    // 厘 is a hundredth of interest in Hong Kong.
    (.perMille, "‰|per mille"),
    (
      .percentagePoint,
      "个百分点|個百分點|百分点|百分點|percentage point|percentage points|percent point|percent points"
    ),
    (.basisPoint, "个基点|個基點|基点|基點|basis point|basis points|bp|bps"),
    (.times, "倍|times|fold|x"),
    (.cny, "元人民币|元人民幣|人民币|人民幣|rmb|cny|yuan|yuan renminbi|renminbi"),
    (.yuan, "元|圆|圓|块钱|塊錢"),
    (.usd, "美元|美金|usd|us dollar|us dollars|u.s. dollar|u.s. dollars|american dollars"),
    (.dollar, "dollar|dollars"),
    (.hkd, "港元|港币|港幣|元港币|元港幣|hkd|hk dollar|hk dollars|hong kong dollar|hong kong dollars"),
    (.twd, "新台币|新台幣|台币|台幣|新臺幣|twd|new taiwan dollars"),
    (.mop, "澳门元|澳門元|澳门币|澳門幣|mop|pataca|patacas"),
    (.sgd, "新加坡元|新元|sgd|singapore dollars"),
    (.aud, "澳元|澳大利亚元|aud|australian dollars"),
    (.cad, "加元|加拿大元|cad|canadian dollars"),
    (.nzd, "新西兰元|nzd"),
    (.eur, "欧元|歐元|eur|euro|euros|€"),
    (.gbp, "英镑|英鎊|gbp|pound sterling|pounds sterling"),
    (.jpy, "日元|日圆|日圓|jpy|yen|japanese yen"),
    (.krw, "韩元|韓元|韩圆|krw"),
    (.inr, "卢比|盧比|inr|rupee|rupees"),
    (.rub, "卢布|盧布|rub|rouble|roubles|ruble|rubles"),
    (.chf, "瑞士法郎|瑞郎|chf|swiss francs"),
    (.thb, "泰铢|泰銖|thb|baht"),
    (.nanometre, "纳米|納米|nm|nanometre|nanometres|nanometer|nanometers"),
    (.micrometre, "微米|μm|µm|micron|microns"),
    (.millimetre, "毫米|mm|millimetre|millimetres|millimeter|millimeters"),
    (.centimetre, "厘米|公分|cm|centimetre|centimetres|centimeter|centimeters"),
    (.metre, "米|m|metre|metres|meter|meters"),
    (.kilometre, "公里|千米|km|kms|kilometre|kilometres|kilometer|kilometers"),
    (.inch, "英寸|inch|inches"),
    (.foot, "英尺|foot|feet|ft"),
    (.mile, "英里|mile|miles"),
    (.nauticalMile, "海里|浬|nautical mile|nautical miles"),
    (.chineseMile, "里|华里"),
    (.squareCentimetre, "平方厘米|平方公分|cm²|sq cm|square centimetres|square centimeters"),
    (
      .squareMetre,
      "平方米|平米|平方公尺|㎡|m²|m2|sq m|sq. m|sq m.|sqm|square metre|square metres|square meter"
        + "|square meters"
    ),
    (
      .squareKilometre,
      "平方公里|平方千米|km²|km2|sq km|sq. km|square kilometre|square kilometres"
        + "|square kilometer|square kilometers"
    ),
    (.squareFoot, "平方英尺|平方呎|square foot|square feet|sq ft|sq. ft|sq ft."),
    (.squareMile, "平方英里|square mile|square miles"),
    (.acre, "英亩|英畝|acre|acres"),
    (.hectare, "公顷|公頃|hectare|hectares|ha"),
    (.mu, "亩|畝|mu"),
    (.millilitre, "毫升|ml|millilitre|millilitres|milliliter|milliliters"),
    (.litre, "升|公升|l|litre|litres|liter|liters"),
    (
      .cubicMetre,
      "立方米|立方公尺|m³|m3|cu m|cubic metre|cubic metres|cubic meter|cubic meters"
    ),
    (.milligram, "毫克|mg|milligram|milligrams"),
    (.gram, "克|g|gram|grams|gramme|grammes"),
    (.kilogram, "公斤|千克|kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes"),
    (.tonne, "吨|噸|公吨|公噸|t|ton|tons|tonne|tonnes|metric ton|metric tons|metric tonnes"),
    (.jin, "斤|市斤|jin|catty|catties"),
    (.pound, "磅|lb|lbs|pound|pounds"),
    (.ounce, "盎司|oz|ounce|ounces"),
    (.watt, "瓦|瓦特|w|watt|watts"),
    (.kilowatt, "千瓦|kw|kilowatt|kilowatts"),
    (.megawatt, "兆瓦|mw|megawatt|megawatts"),
    (.gigawatt, "吉瓦|gw|gigawatt|gigawatts"),
    (
      .kilowattHour,
      "千瓦时|千瓦時|千瓦小时|度电|度電|kwh|kw h|kilowatt hour|kilowatt hours"
    ),
    (.megawattHour, "兆瓦时|兆瓦時|mwh|megawatt hour|megawatt hours"),
    (.gigawattHour, "吉瓦时|吉瓦時|gwh|gigawatt hour|gigawatt hours"),
    (.terawattHour, "太瓦时|太瓦時|twh|terawatt hour|terawatt hours"),
    (
      .degreeCelsius,
      "摄氏度|攝氏度|℃|°c|° c|degree celsius|degrees celsius|degrees centigrade"
    ),
    (.degreeFahrenheit, "华氏度|華氏度|℉|°f|° f|degree fahrenheit|degrees fahrenheit"),
    (
      .kilometrePerHour,
      "公里每小时|公里每小時|公里/小时|公里/时|千米每小时|千米/小时|km/h|kph|kmh"
        + "|km per hour|km an hour|kilometers per hour|kilometres per hour|kilometers an hour|kilometres an hour"
    ),
    (.metrePerSecond, "米每秒|米/秒|m/s|meters per second|metres per second"),
    (.second, "秒|秒钟|秒鐘|second|seconds|sec"),
    (.minute, "分钟|分鐘|minute|minutes|min|mins"),
    (
      .hour, "小时|小時|个小时|個小時|钟头|个钟头|hour|hours|hr|hrs|h"
    ),
    (.day, "天|day|days"),
    (.week, "周|週|个星期|個星期|星期|个礼拜|周时间|week|weeks"),
    (.month, "个月|個月|个月份|month|months"),
    (.quarter, "个季度|個季度"),
    (.year, "年|周年|週年|年间|载|載|year|years|yr|yrs|周岁|岁|歲|year old|years old"),
    (.decade, "decade|decades"),
    (.century, "个世纪|個世紀|century|centuries"),
    (.byte, "字节|字節|byte|bytes"),
    (.kilobyte, "千字节|kb"),
    (.megabyte, "兆字节|mb|megabyte|megabytes"),
    (.gigabyte, "吉字节|gb|gigabyte|gigabytes"),
    (.terabyte, "太字节|tb|terabyte|terabytes"),
    (.teu, "标箱|標箱|标准箱|標準箱|个标箱|个标准箱|teu|teus"),
    (
      .classifier,
      """
      个|個|家|名|人|位|项|項|辆|輛|条|條|次|所|座|件|台|臺|种|種|类|類|批|套|支|只|隻|头|頭|匹|棵|株|颗|顆|粒|块|塊\
      |片|张|張|份|本|部|册|冊|篇|首|幅|场|場|期|届|屆|级|級|层|層|户|戶|间|間|栋|棟|幢|艘|架|列|节|節|门|門|口|双|雙\
      |对|對|组|組|队|隊|班|起|宗|笔|筆|轮|輪|步|代|例|站|段|道|处|處|款|枚|根|封|句|页|頁|章|集|人次|架次|车次|班次\
      |国|國|省|市|县|縣|区|區|镇|鎮|乡|鄉|村|地|方|方面|大|成员|者|度|点|點|分|号|號|路|卷|回|番|遍|趟|声|聲\
      |杯|碗|瓶|把|顿|頓|眼|下|样|樣|阵|陣|群|堆|排|串|滴|朵|床|顶|頂|餐|桌|盘|盤|包|箱|袋|桶|盒|束|团|團|股|副\
      |幕|行|字|重|叠
      """
    ),
    (
      nil,
      """
      期间|期间|期货|期权|人民|人类|人生|人心|人工|人才|人均|人造|人行|家庭|家长|名单|名誉|位于|位置|位移|项目|条件|条例|次要|次日|所有|所以\
      |所在|所谓|座谈|台湾|台风|种植|类似|批准|批评|批发|支持|支付|支出|只有|只要|只能|只是|头部|本来|本地|本身|本国|本人\
      |部分|部門|部门|部署|部长|部委|部队|场所|期望|层面|户口|间接|架构|节约|节能|节日|门户|门槛|口岸|对于|对外|组织|组成\
      |队伍|起来|起點|起点|步骤|代表|代码|例如|道路|处理|根据|把握|元素|元组|元组|元运算|元运|元表|元论|元函|元操|元化|元结构|元方程|元旦|元件|元宵|元首|元帅|元老|克服|升级|升高|升至\
      |天津|天然|天空|天下|天文|天府|周边|周期|周围|周到|里程|里面|里约|里斯|米兰|米饭|吨位|年代|年轻|年龄|年度|年级|年前\
      |分别|分布|分析|分明|分之|分子|分开|分享|分为|分类|分散|点击|点评|度假|度过|号召|号称|下降|下来|下面|下列|下午|样子\
      |方便|方式|方案|方法|方向|方针|地区|地方|地位|地点|地址|市场|市民|市长|市值|区域|区块|国家|国际|国务|国内|省级|省份\
      |村民|村庄|大会|大家|大学|大约|大力|大幅|大量|大批|大概|大厦|大桥|大道|大会堂|路线|路径|行动|行业|行政|行为|重要|重点|重大\
      |重新|重庆|重慶|星期|字样|回来|回去|回归|声音|包括|包装|排放|排名|团结|团队|股东|股票|股份|副总|副市|副主
      """
    ),
  ])

  /// Currencies before the amount.
  static let currencyPrefixes = PhraseTable<NumberUnit>([
    (.cny, "人民币|人民幣|rmb|rmb¥|cny|cn¥"), (.yuanOrYen, "¥|￥"), (.jpy, "jpy|日元|jp¥"),
    (.usd, "us$|usd|u.s.$|美元"), (.dollar, "$"), (.hkd, "hk$|hkd|港币|港幣|港元"),
    (.twd, "nt$|twd|新台币|新台幣"), (.mop, "mop|mop$"), (.sgd, "s$|sgd"), (.aud, "a$|aud|au$"),
    (.cad, "c$|cad|ca$"), (.nzd, "nz$|nzd"), (.eur, "€|eur|欧元|歐元"), (.gbp, "£|gbp|英镑|英鎊"),
    (.krw, "₩|krw"), (.inr, "₹|inr"), (.rub, "₽|rub"), (.chf, "chf"), (.thb, "฿|thb"),
  ])

  /// What begins with a numeral and is no number.
  static let names = PhraseTable<Bool>([
    (
      true,
      """
      一带一路|一帶一路|一国两制|一國兩制|三峡|三峽|三亚|三亞|四川|五一劳动|五一假期|五一节|五一期间|五台山|三门峡|三台县\
      |六盘水|三明市|四平市|十堰|百度|百色|千岛湖|千厮门|万州|萬州|万达|万盛|万象城|万科|万里长城|九龙坡|九龍|九江|九寨沟\
      |两江新区|两江四岸|双十一|八一建军|八一|七一|九一八|五四运动|五四|三八|七夕|三国演义|三只松鼠|三星堆|三星电子\
      |百家争鸣|千方百计|千家万户|千军万马|千千万万|千变万化|千差万别|千辛万苦|千百年|万众一心|万无一失|万水千山|万事|万物\
      |万一|万分|一心一意|一五一十|一模一样|一点一点|一草一木|一言一行|一举一动|一点一滴|一年一度|一代一代|一步一|一左一右\
      |七七八八|七上八下|三三两两|三番五次|三天两头|三位一体|三五成群|三言两语|三下五除二|三心二意|四面八方|四通八达|四分五裂\
      |五湖四海|五花八门|五光十色|五颜六色|八九不离十|十有八九|十全十美|九牛一毛|百里挑一|七零八落|百花齐放|数一数二|独一无二\
      |二百五|两会|兩會|一会儿|一會兒|一次性|一部分|一个劲|一條龍|一条龙|一条心|一口气|一把手|一把火|一下子|一下|一点儿\
      |一點|一些|一定|一起|一样|一樣|一般|一直|一切|一旦|一度|一致|一向|一贯|一味|一番|一方面|一面|一边|一路|一道|一头\
      |一身|一手|一时|一時|一再|一经|一律|一概|一连|一系列|一行|一流|一线|一体|一體|一级市场|一把|一股|一片|一阵|一声\
      |一大批|一大早|一大|一眼|一重|一字|一星|一团|一顿|一批|一群|一堆|一场空|二手|二维码|二维|二次元|三维|三农|三農|三包|三方\
      |四季|四合院|五金|五官|五粮液|六合|七星|八卦|八路军|八戒|九天|九州|十字|十足|百姓|百货|百貨|百年|百强|千金|千古|千秋|千年\
      |四中全会|三中全会|五中全会|六中全会|二中全会|一中全会|七中全会|中全会|三代同堂|两面|两口子|两下子|四处|到处|一处|三角|五角
      """
    ),
    (true, "十分|一点"),
    // Longer than a name that they begin like.
    (
      false,
      "十分之|十分钟|十分鐘|一度电|一点零|一点一|一点二|一点三|一点四|一点五|一点六|一点七|一点八|一点九|一点半|一点钟|一片片"
    ),
  ])

  /// Characters that make one word with a following 一: 统一, 唯一, 之一.
  static let bindsFollowingOne = Set("统統唯专專单單同划劃万萬之合归歸逐如双雙周期任某另第惟".unicodeScalars.map(\.value))

  /// Product names after whose capital a number is part of the name.
  static let products = "iphone|ipad|ios|android|windows|galaxy|boeing|airbus|python|swift|gpt|mate"
}
