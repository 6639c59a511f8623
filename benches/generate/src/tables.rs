//! What the lines are made of. Names of firms and ships are invented; goods, codes and places are of every day.

pub(crate) struct Country {
    pub(crate) code: &'static str,
    pub(crate) currency: &'static str,
    pub(crate) places: &'static [&'static str],
}

pub(crate) struct Good {
    pub(crate) hs: &'static str,
    /// In the languages in which declarations come.
    pub(crate) descriptions: &'static [&'static str],
    pub(crate) unit: &'static str,
    pub(crate) most: u64,
    /// US dollars a unit.
    pub(crate) price: u64,
}

const fn country(code: &'static str, currency: &'static str, places: &'static [&'static str]) -> Country {
    Country { code, currency, places }
}

const fn good(hs: &'static str, unit: &'static str, most: u64, price: u64, descriptions: &'static [&'static str]) -> Good {
    Good { hs, descriptions, unit, most, price }
}

/// The earlier, the oftener.
pub(crate) const COUNTRIES: &[Country] = &[
    country("CN", "CNY", &["Shanghai", "Ningbo", "Qingdao", "Shenzhen"]),
    country("US", "USD", &["Houston", "Long Beach", "Savannah"]),
    country("DE", "EUR", &["Hamburg", "Bremen", "Duisburg"]),
    country("JP", "JPY", &["Yokohama", "Osaka", "Nagoya"]),
    country("KR", "KRW", &["Busan", "Incheon", "Ulsan"]),
    country("NL", "EUR", &["Rotterdam", "Amsterdam"]),
    country("FR", "EUR", &["Le Havre", "Marseille", "Lyon"]),
    country("IT", "EUR", &["Genova", "Trieste", "Milano"]),
    country("GB", "GBP", &["Felixstowe", "Southampton"]),
    country("RU", "RUB", &["Санкт-Петербург", "Владивосток", "Новороссийск"]),
    country("IN", "INR", &["Mumbai", "Chennai", "Mundra"]),
    country("SG", "SGD", &["Singapore"]),
    country("VN", "VND", &["Hai Phong", "Ho Chi Minh City"]),
    country("TH", "THB", &["Laem Chabang", "Bangkok"]),
    country("MY", "MYR", &["Port Klang", "Penang"]),
    country("ID", "IDR", &["Jakarta", "Surabaya"]),
    country("BR", "BRL", &["Santos", "Paranaguá"]),
    country("MX", "MXN", &["Veracruz", "Manzanillo"]),
    country("CA", "CAD", &["Vancouver", "Montréal"]),
    country("AU", "AUD", &["Melbourne", "Fremantle"]),
    country("TR", "TRY", &["İzmir", "Mersin"]),
    country("AE", "AED", &["Dubai", "Abu Dhabi"]),
    country("PL", "PLN", &["Gdynia", "Warszawa"]),
    country("ES", "EUR", &["Valencia", "Algeciras"]),
    country("BE", "EUR", &["Antwerpen", "Gent"]),
    country("CH", "CHF", &["Basel", "Zürich"]),
    country("SE", "SEK", &["Göteborg", "Malmö"]),
    country("ZA", "ZAR", &["Durban", "Cape Town"]),
    country("EG", "EGP", &["Alexandria", "Port Said"]),
    country("PH", "PHP", &["Manila", "Cebu"]),
    country("TW", "TWD", &["Kaohsiung", "Keelung"]),
    country("HK", "HKD", &["Hong Kong"]),
    country("PA", "USD", &["Colón", "Balboa"]),
    country("GR", "EUR", &["Piraeus", "Thessaloniki"]),
    country("MN", "MNT", &["Ulaanbaatar", "Zamyn-Üüd"]),
    country("KZ", "KZT", &["Алматы", "Ақтау"]),
    country("AR", "ARS", &["Buenos Aires", "Rosario"]),
    country("CL", "CLP", &["Valparaíso", "San Antonio"]),
    country("NG", "NGN", &["Lagos", "Onne"]),
    country("KE", "KES", &["Mombasa", "Nairobi"]),
];

/// States at which `benches/rules-1000` aims the copies of the rules; each is in one line of tens of thousands.
pub(crate) const RARE: &[Country] = &[
    country("NR", "AUD", &["Yaren"]),
    country("TV", "AUD", &["Funafuti"]),
    country("KI", "AUD", &["Tarawa"]),
    country("PW", "USD", &["Koror"]),
    country("FM", "USD", &["Pohnpei"]),
    country("TO", "TOP", &["Nuku'alofa"]),
    country("WS", "WST", &["Apia"]),
    country("VU", "VUV", &["Port Vila"]),
    country("ST", "STN", &["São Tomé"]),
    country("KM", "KMF", &["Moroni"]),
];

pub(crate) const KP: Country = country("KP", "KPW", &["Nampo", "Chongjin", "Sinuiju", "Hungnam", "Pyongyang"]);

pub(crate) const GOODS: &[Good] = &[
    good(
        "841370",
        "pieces",
        60,
        900,
        &["centrifugal pumps for water", "центробежные насосы для воды", "pompes centrifuges pour eau"],
    ),
    good("847130", "pieces", 400, 620, &["portable computers, 14 inch", "ноутбуки", "便携式计算机"]),
    good("851713", "pieces", 900, 210, &["smartphones, 128 GB", "смартфоны", "智能手机"]),
    good(
        "870323",
        "pieces",
        30,
        14_000,
        &["passenger cars, petrol, 1600 cc", "voitures particulières, essence", "легковые автомобили"],
    ),
    good(
        "870899",
        "kg",
        8_000,
        9,
        &["spare parts for road vehicles", "запасные части для автомобилей", "Ersatzteile für Kraftfahrzeuge"],
    ),
    good("300490", "kg", 900, 80, &["medicaments in measured doses", "лекарственные средства", "médicaments dosés"]),
    good("620342", "pieces", 5_000, 7, &["men's trousers of cotton", "брюки мужские хлопковые", "男式棉制长裤"]),
    good("610910", "pieces", 9_000, 3, &["t-shirts of cotton, knitted", "футболки трикотажные", "棉制针织T恤衫"]),
    good("640399", "pairs", 3_000, 18, &["footwear with leather uppers", "обувь кожаная", "chaussures en cuir"]),
    good("940360", "pieces", 500, 70, &["wooden furniture for living rooms", "мебель деревянная", "meubles en bois"]),
    good("090111", "kg", 19_000, 4, &["coffee beans, not roasted", "кофе в зёрнах необжаренный", "café vert en grains"]),
    good("100630", "t", 900, 450, &["milled rice, long grain", "рис шлифованный", "精米"]),
    good("100199", "t", 5_000, 230, &["wheat in bulk", "пшеница", "blé tendre en vrac"]),
    good("120190", "t", 4_000, 400, &["soya beans", "соевые бобы", "大豆"]),
    good("020230", "kg", 24_000, 5, &["frozen boneless beef", "говядина замороженная бескостная", "冻去骨牛肉"]),
    good("030617", "kg", 12_000, 9, &["frozen shrimps", "креветки замороженные", "冻虾"]),
    good("080390", "kg", 20_000, 1, &["fresh bananas", "бананы свежие", "bananes fraîches"]),
    good("270119", "t", 40_000, 95, &["steam coal in bulk", "уголь энергетический", "动力煤"]),
    good("270900", "t", 80_000, 510, &["crude petroleum oil", "нефть сырая", "原油"]),
    good("271019", "t", 30_000, 640, &["gas oil, 10 ppm sulphur", "дизельное топливо", "柴油"]),
    good("260111", "t", 90_000, 90, &["iron ore fines", "железорудный концентрат", "铁矿粉"]),
    good("720839", "t", 3_000, 560, &["hot rolled steel coils", "горячекатаный стальной прокат", "热轧钢卷"]),
    good("740311", "t", 400, 8_200, &["copper cathodes", "катоды медные", "阴极铜"]),
    good("760110", "t", 900, 2_300, &["unwrought aluminium ingots", "алюминий первичный в слитках", "铝锭"]),
    good("440710", "m3", 800, 240, &["sawn pine timber", "пиломатериалы сосновые", "sciages de pin"]),
    good("480257", "kg", 22_000, 1, &["writing paper in reams", "бумага офисная", "papier d'écriture en rames"]),
    good("390120", "kg", 25_000, 2, &["polyethylene granules", "полиэтилен в гранулах", "聚乙烯颗粒"]),
    good("310210", "t", 3_000, 330, &["urea fertiliser", "карбамид", "尿素"]),
    good("401110", "pieces", 900, 55, &["new tyres for cars", "шины новые для автомобилей", "轿车轮胎"]),
    good("850440", "pieces", 2_000, 12, &["power supply units for computers", "блоки питания", "电源适配器"]),
    good("854143", "pieces", 3_000, 90, &["solar panels", "солнечные панели", "太阳能电池板"]),
    good("842952", "pieces", 6, 90_000, &["hydraulic excavators", "экскаваторы гидравлические", "液压挖掘机"]),
    good("901890", "pieces", 90, 1_100, &["surgical instruments", "хирургические инструменты", "instruments chirurgicaux"]),
    good("950300", "pieces", 4_000, 6, &["plastic toys", "игрушки пластмассовые", "塑料玩具"]),
    good("220421", "bottles", 6_000, 6, &["red wine in bottles", "вино красное", "vin rouge en bouteilles"]),
    good("330499", "kg", 800, 24, &["skin care creams", "кремы для кожи", "crèmes de soin"]),
    good("691110", "kg", 4_000, 4, &["porcelain tableware", "посуда фарфоровая", "瓷餐具"]),
    good("848210", "kg", 2_000, 14, &["ball bearings", "шарикоподшипники", "滚珠轴承"]),
];

/// With whether they leave the DPRK; none counts towards a quota.
pub(crate) const KP_GOODS: &[(Good, bool)] = &[
    (good("030614", "kg", 9_000, 8, &["frozen crabs", "краб замороженный", "冻蟹"]), true),
    (good("260111", "t", 4_000, 80, &["iron ore concentrate", "железная руда", "철광석"]), true),
    (good("720110", "t", 900, 340, &["pig iron", "чугун передельный", "生铁"]), true),
    (good("620193", "pieces", 4_000, 11, &["men's winter jackets of man-made fibres", "куртки мужские", "男式夹克"]), true),
    (good("740311", "t", 90, 7_400, &["copper cathodes", "медь рафинированная", "구리"]), true),
    (good("440320", "m3", 500, 90, &["pine logs", "лесоматериалы круглые", "원목"]), true),
    (good("120242", "kg", 20_000, 1, &["shelled groundnuts", "арахис лущёный", "去壳花生"]), true),
    (good("850440", "pieces", 2_000, 5, &["transformers for chargers", "трансформаторы", "变压器"]), true),
    (good("842952", "pieces", 4, 70_000, &["hydraulic excavators", "экскаваторы гидравлические", "굴착기"]), false),
    (good("847130", "pieces", 90, 500, &["portable computers", "ноутбуки", "노트북 컴퓨터"]), false),
    (good("870423", "pieces", 8, 40_000, &["heavy trucks, 25 t", "грузовые автомобили", "重型卡车"]), false),
    (good("720839", "t", 300, 520, &["hot rolled steel coils", "прокат стальной", "열연강판"]), false),
    (good("220830", "bottles", 900, 30, &["whisky in bottles", "виски", "威士忌"]), false),
    (good("910211", "pieces", 60, 900, &["luxury wrist watches", "часы наручные", "瑞士手表"]), false),
    (good("870323", "pieces", 4, 60_000, &["luxury passenger cars", "легковые автомобили класса люкс", "豪华轿车"]), false),
];

pub(crate) const QUOTA_GOODS: &[(Good, bool)] = &[
    (good("271019", "t", 400, 620, &["gas oil", "дизельное топливо", "柴油"]), false),
    (good("270900", "t", 900, 480, &["crude petroleum oil", "нефть сырая", "原油"]), false),
    (good("270111", "t", 900, 90, &["anthracite", "антрацит", "무연탄"]), true),
];

/// With the way of payment.
pub(crate) const BANK_ACTS: &[(&str, &str)] = &[
    ("funds-transfer", "wire"),
    ("funds-transfer", "wire"),
    ("funds-transfer", "letter of credit"),
    ("loan", "wire"),
    ("trade-insurance", "premium"),
    ("export-credit", "letter of credit"),
    ("guarantee", "bank guarantee"),
];

/// With whether it is done to a ship.
pub(crate) const SERVICES: &[(&str, bool)] = &[
    ("bunkering", true),
    ("pilotage", true),
    ("port-call", true),
    ("vessel-insurance", true),
    ("classification", true),
    ("maintenance", false),
    ("technical-assistance", false),
    ("transport", false),
    ("storage", false),
];

pub(crate) const STEMS: &[&str] = &[
    "Halvorn",
    "Brentix",
    "Corvado",
    "Delmarin",
    "Estuaria",
    "Fennwick",
    "Gradello",
    "Hestavik",
    "Isolmar",
    "Jurvane",
    "Kestrion",
    "Lumenta",
    "Marvessa",
    "Nordhavel",
    "Oristan",
    "Pellworth",
    "Quintera",
    "Rosmarin",
    "Selvik",
    "Tarnwood",
    "Ulvestad",
    "Verdano",
    "Westmere",
    "Ystrad",
    "Zelmira",
    "Ambrosel",
    "Boravia",
    "Castelnor",
    "Dunmarra",
    "Eldermoor",
];

pub(crate) const TRADES: &[&str] =
    &["Trading", "Handel", "Logistics", "Industries", "Comercial", "Export", "Supply", "Group", "Négoce", "Торг"];

pub(crate) const FORMS: &[&str] = &["Ltd", "GmbH", "SA", "Co., Ltd.", "LLC", "BV", "SpA", "Pte. Ltd.", "AB", "ООО"];

pub(crate) const SHIPS: &[&str] = &["MV", "OCEAN", "STAR", "BLUE", "GOLDEN", "EASTERN", "NORTHERN"];

/// Words of everyday goods in four scripts, for descriptions.
pub(crate) const LATIN: &[&str] = &[
    "polyethylene",
    "granules",
    "cotton",
    "shirts",
    "frozen",
    "spare",
    "parts",
    "passenger",
    "seats",
    "ceramic",
    "tiles",
    "wheat",
    "flour",
    "printed",
    "books",
    "mobile",
    "phones",
    "tyres",
    "cement",
    "rice",
    "footwear",
    "furniture",
    "wooden",
    "doors",
    "glass",
    "bottles",
    "machine",
    "paint",
    "garlic",
    "syringes",
    "insulin",
    "vitamins",
    "toys",
    "bicycles",
    "lamps",
    "cables",
    "packed",
    "in",
    "cartons",
    "of",
    "twelve",
    "with",
    "labels",
    "for",
    "retail",
    "sale",
    "as",
    "per",
    "contract",
    "assorted",
];
pub(crate) const CYRILLIC: &[&str] = &[
    "запасные",
    "части",
    "насосы",
    "мука",
    "цемент",
    "обувь",
    "мебель",
    "стекло",
    "краска",
    "лампы",
    "кабели",
    "рис",
    "пшеница",
    "удобрения",
    "бумага",
    "игрушки",
    "одежда",
    "посуда",
    "для",
    "розничной",
    "продажи",
    "упаковка",
    "картон",
    "шины",
    "книги",
];
pub(crate) const HANGUL: &[&str] = &[
    "밀가루",
    "시멘트",
    "신발",
    "가구",
    "유리",
    "전선",
    "비료",
    "의류",
    "자전거",
    "종이",
    "장난감",
    "타이어",
    "비타민",
    "램프",
    "상자",
    "포장",
    "소매",
    "판매용",
    "계약",
    "라벨",
];
pub(crate) const HAN: &[&str] = &[
    "面粉",
    "水泥",
    "鞋",
    "家具",
    "玻璃",
    "电缆",
    "化肥",
    "服装",
    "自行车",
    "纸张",
    "玩具",
    "轮胎",
    "维生素",
    "灯具",
    "纸箱",
    "包装",
    "零售",
    "合同",
    "标签",
    "书籍",
];

/// The last heading of a chapter of the Harmonized System; of one without goods 1.
pub(crate) fn last_heading(chapter: u64) -> u64 {
    const LAST: [u64; 97] = [
        6, 10, 9, 10, 11, 4, 14, 14, 10, 8, 9, 14, 2, 4, 22, 5, 4, 6, 5, 9, 6, 9, 9, 4, 30, 21, 16, 53, 42, 6, 5, 15, 7, 7, 7, 6,
        7, 27, 26, 17, 15, 6, 4, 21, 4, 2, 7, 23, 11, 7, 13, 12, 11, 8, 16, 9, 5, 11, 11, 6, 17, 17, 10, 6, 7, 3, 4, 15, 14, 20,
        18, 29, 26, 19, 8, 16, 1, 6, 7, 7, 13, 15, 11, 87, 49, 9, 16, 7, 8, 33, 14, 9, 7, 6, 8, 20, 6,
    ];
    chapter.checked_sub(1).and_then(|at| LAST.get(at as usize)).copied().unwrap_or(1)
}
