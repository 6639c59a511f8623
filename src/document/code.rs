//! The catalogue of diagnostic codes: one for every kind of mistake in incidents, rules, decisions, ledgers and runs.
//!
//! Invariant: a code is never given to another kind of mistake, and its number is never used again.

use std::fmt;

use super::DiagnosticLevel;

/// Makes [`Code`] and the catalogue out of one list, so that no code lacks its texts.
macro_rules! codes {
    ($($name:ident = $code:literal, $title:literal, $explanation:literal;)*) => {
        /// A kind of mistake.
        ///
        /// The letter of the written code is the level (error, warning, note), the first two digits are the range:
        /// 01 text and syntax, 02 facts of incidents, 03 the rule language, 04 the rulebook as a whole,
        /// 05 decisions, 06 ledgers and quotas, 07 the files of a run.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $title, ".\n\n", $explanation)] $name,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &'static [Code] = &[$(Code::$name),*];

            /// The code as it is written: a letter and four digits.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code),* }
            }

            /// The mistake in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title),* }
            }

            /// What the mistake is and how to mend it, in one or two sentences.
            pub fn explanation(self) -> &'static str {
                match self { $(Code::$name => $explanation),* }
            }
        }
    };
}

codes! {
    // 01: text and syntax.
    NotUtf8 = "E0101", "bytes that are not UTF-8",
        "All inputs are UTF-8. Save the file as UTF-8; in an incident file the rest was read with the bytes replaced, a line of NDJSON was left out.";
    LineTooLong = "E0102", "a line longer than is read",
        "A line, or a row of a table, has at most 1 MiB (1,048,576 bytes). Put line breaks into the file, or leave out what is no fact.";
    NotYaml = "E0103", "text that is not YAML",
        "The text breaks the syntax of YAML 1.2 at this place; what stands before it was read. Mend the place and run again, as more may stand behind it.";
    NotJson = "E0104", "text that is not JSON",
        "The text breaks the syntax of JSON (RFC 8259) at this place. A document was not read at all; of NDJSON the other lines were checked.";
    TooDeep = "E0105", "lists and mappings nested too deep",
        "A value stands inside more than 64 lists and mappings. Nothing in the format needs that many; flatten the value.";
    TooManyValues = "E0106", "a document that unfolds to too many values",
        "With its aliases written out, the document has more values than are read. Write the parts that aliases repeat once, or write NDJSON for large inputs.";
    EmptyInput = "E0107", "an input without content",
        "The input holds no document, line or row, and an empty input cannot say that nothing moved. Give a file with content, or leave the input out of the run.";
    SecondDocument = "E0108", "a second YAML document in one file",
        "An incident or rule file holds one document, and what stands behind `---` was not read. Split the file there.";
    DuplicateKey = "E0109", "a key that stands twice in a mapping",
        "The first value of the key was read, the second was not. Keep one of them.";
    KeyNotAWord = "E0110", "a key that is a list or a mapping",
        "Keys are words. A `?` or a bracket before the colon makes a list or a mapping of the key; write a plain word.";
    MergeKey = "E0111", "a merge key",
        "`<<` is not part of the format, as it hides which keys a mapping has. Write the keys out.";
    UnknownTag = "E0112", "a YAML tag",
        "Tags beyond those of YAML's core schema mean nothing here. Leave the tag out.";
    AliasOfItself = "E0113", "an alias inside of what it repeats",
        "An alias cannot repeat the list or mapping that it is a part of. Write the value out.";
    InvalidEscape = "E0114", "an escape that means no character",
        "A JSON text holds half of a surrogate pair, such as `\\ud800` alone. Write both halves, or the character itself.";
    WrongShape = "E0115", "a value of another shape",
        "A list or mapping stands where a single value is read, or the other way round. The message names the shape that is read at this place.";
    MissingKey = "E0116", "a mapping without a key that it needs",
        "The message names the key. `key:` with nothing behind it counts as absent.";
    UnknownKey = "E0117", "a key that the mapping does not have",
        "The keys of rule files and decisions are fixed. The help names the closest one, or all of them.";
    UnknownWord = "E0118", "a word that is none of a few",
        "The key takes one of a few words. The help names the closest one, or all of them.";
    NoRow = "E0119", "a table with a header and no row",
        "An empty table cannot say that nothing moved. Give it a row, or leave the file out of the run.";
    RepeatedColumn = "E0120", "two columns for the same fact",
        "Two columns of a table lead to the same fact, or one to a part of the other's. Keep one of them; the second was not read.";
    RowLength = "E0121", "a row that does not fit its header",
        "The row has more or fewer cells than the header, so that no cell's meaning is certain; it was not checked. Quote a cell that holds a comma.";
    OpenQuote = "E0122", "a quote that is never closed",
        "A cell begins with a quote that does not end, or ends only in another row, so that it would take the rows between into the cell; that row was not checked, those below were. Close it, or double a quote inside a quoted cell.";
    ColumnPath = "E0123", "a column path into a plain value",
        "A dot in a column's name reaches into a record, and this fact is none. Leave out what stands behind the fact's own key.";
    CommaInValue = "E0124", "a comma that ended a value inside braces",
        "Inside `{...}` and `[...]` a comma ends a value, so that a number in groups of thousands, or a text with a comma, falls apart. Put the value in quotes: `quantity: \"5,000 bbl\"`.";
    SheetsNotRead = "W0125", "sheets of a workbook that are not read",
        "One sheet of a workbook is read, the first visible one with cells. Put the sheet with the transactions first, or save each sheet by itself.";
    CellError = "E0126", "a cell with an error of a spreadsheet",
        "A formula of the spreadsheet has no value, such as `#N/A` or `#REF!`, or was never calculated. Mend it, or write the value itself.";
    CommaInNumber = "W0127", "a comma between the digits of a number inside braces",
        "Inside braces a comma ends a value: `{quantity: 25,500 t}` is `25` to YAML. The number was read whole, since no key begins with three digits. Put it in quotes.";
    NoHeader = "E0128", "a table whose first row names no columns",
        "Without a header no cell's meaning is known, so nothing of the table was read. Put a row above the others that names what each column holds, in the words of `docs/facts.md` or as trade papers call it; rows of data above it are deleted.";

    // 02: facts of incidents.
    UnknownFact = "E0201", "a key that is nearly a fact of the record",
        "Keys of incident files and columns of tables are those of `docs/facts.md`. This one is spelled nearly like one, means one of several, or belongs to another record; the help shows the line as it should stand. A key that is near to none is a warning (W0243).";
    IncompleteIncident = "E0202", "an incident without what it needs",
        "An incident needs an `id` and its `transactions`. A file that was cut off must not pass for one in which nothing moved.";
    NoValue = "W0203", "a key without a value",
        "`key:` with nothing behind it is read as unknown. Leave the key out or write `unknown`; write `none` or `[]` for what is known to be none.";
    UnknownTerm = "E0204", "a misspelt term, or a word that is no term of a closed vocabulary",
        "The fact takes terms of a fixed list, and the word is none of the ordinary words for one either. The help names the terms that are nearest in meaning or spelling; `interdict terms` lists all.";
    UnlistedTerm = "W0205", "a word that the open vocabulary does not have",
        "The word is kept as written, and what it means is unknown: rules that ask for the fact stay open. Write a term of the vocabulary if one is meant.";
    AmbiguousTerm = "W0206", "a word that could be several terms",
        "The word names more than one term, such as Korea for two States. It is read as the narrowest term that is broader than all of them, else as unknown among them. Write the one that is meant, if the report says which.";
    UnknownCountry = "E0207", "an unknown country",
        "Write the ISO 3166-1 code, such as KP, or a name of the vocabulary.";
    HsNumber = "E0208", "a text that is no HS code",
        "An HS code has 2, 4, 6, 8 or 10 digits, dots allowed, such as \"9306.90\". Keep it in quotes, so that no zero is lost; an odd number of digits mostly means that one was.";
    ImoNumber = "E0209", "a text that is no IMO number",
        "An IMO number has seven digits, of which the last checks the others. Check it against the report, and leave it out if it cannot be made out.";
    FactDate = "E0210", "a text that is no date",
        "A date is a day (2023-09-13, 13 Sept 2023), month (2023-09), year (2023), a part of one (early March 2024, Q1 2024) or a range (2023-09-01/2023-09-13, since 2021) of the calendar, its end not before its start, its year with four digits.";
    Amount = "E0211", "a text that is no amount",
        "An amount is a number or range with a unit or currency of the vocabulary: `600 t`, `about 23000 USD`, `12-15 vessels`.";
    AmountOfAnotherKind = "E0213", "money for a quantity, or a quantity for money",
        "What goods are worth stands under `value` in a currency; how much there is of them under `quantity` in a unit.";
    FactNumber = "E0214", "a text that is no number",
        "The fact is counted without a unit. Write a number, `about 23000` or a range `12-15`.";
    YesNo = "E0215", "a text that is neither yes nor no",
        "The fact is answered by `yes` or `no`, or `true` or `false`; write `unknown` if the report does not say.";
    Grade = "E0216", "a text that is no grade of the Admiralty code",
        "The reliability of a source is a letter from A to F, the credibility of its report a digit from 1 to 6.";
    DuplicateTransaction = "E0217", "a transaction id that stands twice in an incident",
        "Findings and decisions name transactions by id, so ids are unique in an incident. Give one of the two another id.";
    DuplicateSource = "E0218", "a source id that stands twice in an incident",
        "Transactions name their sources by id. Give one of the two another id.";
    UnknownSource = "E0219", "a source that the incident does not have",
        "`sources` of a transaction or of a part of it names sources of the incident by id. Add the source to the incident, or mend the id.";
    MixedScripts = "W0220", "a word with a letter of another script",
        "A letter of another alphabet stands in the word and looks like one of its own. The word is matched as if it were its own; write it so, or ask why the source did not.";
    HsSaysNothing = "W0221", "an HS code that names no goods",
        "Chapter 77 is reserved, 98 and 99 are for goods that are not specified, and zeros are no code. It is read as unknown; write the code of the goods, or describe them.";
    Placeholder = "W0222", "a placeholder in place of a text",
        "The text says that something is missing, such as `N/A` for a name. It is read as unknown: leave the key out, or write what is known.";
    PlaceholderDate = "W0223", "a date that stands for a missing one",
        "No measure of the Council is so old or so far ahead; clocks, spreadsheets and databases write such dates where they have none. It is read as unknown.";
    ZeroAmount = "W0224", "an amount of nothing",
        "Goods of no quantity or value are no goods, and a zero mostly fills an empty cell. It is read as unknown: leave the key out, or write the amount.";
    TwoReadings = "W0225", "an amount with two readings",
        "People write the amount for two different ones: a dot before three digits parts groups or stands before decimals, and a gallon is of two sizes. It is read as anything from one to the other.";
    NoneOfWhatIsThere = "W0226", "none of what there must be",
        "Every transaction has an activity and every side a country, known or not, and goods that have a quantity are goods. A sale or a training without goods or people has them unknown. `none` or `[]` is read as unknown there; leave the key out.";
    NoLocode = "W0227", "a port code that is no UN/LOCODE",
        "A UN/LOCODE has five capitals or digits, the first two of them the country, such as KPNAM. The text is read as the port's name, and no country follows from it.";
    UnknownTransaction = "E0228", "a relation to a transaction that is not there",
        "`relates_to` names a transaction of the same incident by its id, or one of another incident as `incident/transaction`. Mend the name.";
    RelationCircle = "E0229", "transactions that belong to each other in a circle",
        "A transaction is not a part, leg, payment or answer of itself, nor of one that is its own. Take one of the relations out.";
    RelationOutside = "W0230", "a relation that leads out of the run",
        "No input has the transaction of another incident that `relates_to` names, so that what it is about is unknown. Give the input that has it too.";
    WordRead = "N0231", "an ordinary word that was read as a term",
        "The word is not the term's own, and the vocabulary says what it means. Nothing is to be done, unless it was meant otherwise; of equal readings the first is shown.";
    DateReadings = "W0232", "a date with two readings",
        "People write the date for two different days: 03/04/2024 is in April or in March. It is read as a period that covers both; write the day as 2024-04-03.";
    UnknownListing = "W0233", "a listing on no list that the rulebook knows",
        "`designated_as` takes the name of a list or the reference number of an entry. Whether the person or ship is on a list that rules ask about is unknown; write the list or the number, or `none` for what is on no list.";
    DayOfZone = "N0234", "a time in a zone that was read as its day",
        "A date has no time of day: it is the day that is written, whatever the zone. Where the act took place it may have been the day before or after.";
    PartyAsSide = "W0235", "a party in place of a State",
        "A side of a transaction was given by a name that is no State's, such as `from: UNICEF`. It is the side's party; where it is stays unknown. Write `{country: .., party: ..}`.";
    NumberWithoutUnit = "W0236", "an amount without unit or currency",
        "A bare number is never compared with a limit, and is read as unknown. Write `600 t`, `2 pieces` or `12000 USD`.";
    AmountWithoutNumber = "W0237", "an amount without a number",
        "The text says that there was some, not how much: `several`, `a large quantity`. It is read as unknown.";
    RateForAmount = "W0238", "a rate in place of an amount",
        "`3 t per week` or `900 USD each` says how much at a time, not how much in all. It is read as unknown; write the whole if the report tells it. What one piece is worth stands under `unit_value`.";
    ActOfPhrase = "W0239", "a phrase that was read as its act",
        "The phrase names an act and what it is done to: `shipment of frying pans`. The act was read, the rest was not: goods, people and places stand under keys of their own.";
    TotalOfItems = "W0240", "a total that is not the sum of its items",
        "`quantity` or `value` of the transaction is that of all items together, and each item has its own. One of them is wrong, or an item is missing: where the total is greater, an item may be anything up to the difference more.";
    AmountOfUnknown = "W0241", "an amount in an unknown unit or currency",
        "The text counts something that is no unit of the vocabulary, such as `24 tubes`, or in a currency of several States, such as `500 won`. The amount is read as unknown. Write `24 pieces`, or the code of the currency.";
    NearKey = "W0242", "a key that was read as the one it means",
        "People write the key for one that the record has: `goods` for `items`, `seller` for a party with its role, `exporterCountry` as a table has it, `qantity` with a slip. It was read so; write the line as the help has it. A key that may mean several things is a mistake.";
    KeyNotRead = "W0243", "a key that the format does not have",
        "The format has no such fact, and no key that is near to it, so what stands under the key was not read. The transaction (the whole file, if it stands above the transactions) is told as not wholly checked. Write the fact under one of the keys of `docs/facts.md` if there is one for it, else under `notes` of the transaction, which nobody judges.";
    NamedByFile = "W0248", "an incident without an id",
        "The incident is called after its file, without folders and extension. Findings and decisions name it by that: write `id:` with a name that stays the same when the file gets another one.";
    FactsAtHead = "W0249", "facts of a transaction at the head of a file",
        "The facts stand where those of the incident do, and the file has one transaction or none listed, so that they are its. Write them in an entry under `transactions:`. Above several transactions they would be a mistake, as nothing tells of which they are.";

    // 03: the rule language.
    RuleLanguageVersion = "E0301", "a rule file without a known version",
        "A rule file starts with `interdict: 1`, the version of the rule language that this program reads.";
    UnknownFactInCondition = "E0302", "a condition on a fact that there is not",
        "The keys of a condition are the facts of the record that it is on, as in `docs/facts.md`. The help names the closest one, or all of them.";
    FactNotAsked = "E0303", "a condition on a fact that rules do not ask about",
        "The fact is for people, or a list of which a rule asks about one element. The help names the key to use instead, where there is one.";
    ConditionPath = "E0304", "a dotted key into a plain fact",
        "A dot in a condition's key reaches into a record, and this fact is none, or is a list. Write the inner condition as a mapping.";
    EmptyCondition = "E0305", "a condition without content",
        "An empty mapping or list asks nothing. Say what must hold, or leave the key out.";
    DefinitionOfAnotherRecord = "E0306", "a definition used on another record",
        "A definition is on one record (`of:`) and holds only of that. Use it inside the list or record that it is on.";
    UnknownTermInRule = "E0307", "a term that the vocabulary does not have",
        "Rules name terms of the vocabulary by id or name. The help names the closest one; add a new term under `vocabulary:` first.";
    AmbiguousTermInRule = "E0308", "a name of several terms in a rule",
        "A rule says which term it means. Write the term's id.";
    TextCondition = "E0309", "a condition on a text without one test",
        "A condition on a text has one of `is` and `contains`.";
    BoundMissing = "E0310", "a condition on a number without a bound",
        "Numbers and amounts are compared with a bound: `over`, `at_least`, `under` or `at_most`.";
    DateBound = "E0311", "a condition on a date without a bound that can be read",
        "Dates are compared by `before`, `from`, `until` or `after` with a fixed day or another date of the transaction.";
    RuleDate = "E0312", "a text that is no date of a rule",
        "A date is a day, month, year or range of the calendar (2017-08-05); where a single day is asked for, a month or range is too much.";
    RuleAmount = "E0313", "a text that is no amount or unit of a rule",
        "Amounts have a number and a unit or currency of the vocabulary, such as `2000 USD` or `5 t`.";
    RuleAmountWithoutUnit = "E0314", "a bound or limit without a unit",
        "A bare number is never compared. Write `2000 USD` or `5 t`.";
    HsPrefix = "E0315", "a text that is no HS prefix or range",
        "Goods are named by 2 to 10 digits of the Harmonized System, or by a range of two codes of the same length: \"8471\", \"50-63\".";
    NoWords = "E0316", "a term without a letter or digit",
        "What is looked for in a description needs a word. Write letters or digits.";
    GoodsPattern = "E0317", "a pattern without a calibre",
        "A pattern of a list of goods has `{calibre}` in it, and the list says which under `calibre:`.";
    Calibre = "E0318", "a text that is no calibre",
        "A calibre is a number or range in millimetres: 152, 76-170.";
    OnlyOfDuties = "E0319", "a key that only a duty has",
        "`fulfilled` and `deadline` belong to duties. Add `kind: duty`, or leave them out.";
    Deadline = "E0320", "a deadline that cannot be read",
        "A deadline is a day, or a number of days after the transaction: `{days: 90, after: date}`.";
    InForceBackwards = "E0321", "an interval that ends before it begins",
        "`to` of `in_force` is the last day and must not be before `from`.";
    QuotaPeriod = "E0322", "a quota without a period",
        "A quota's period has `every` (calendar-year or 12-months), or a `to` after its `from`.";
    QuotaAmount = "E0323", "a quota that counts nothing",
        "A quota counts `item.quantity`, `item.value` or both; name them under `amount:`.";
    Percentage = "E0324", "a text that is no percentage",
        "Write a number of per cent without a sign, such as 95.";
    TestInput = "E0325", "a test without one input",
        "A test has one of `given` (a transaction) and `incident`.";
    SilenceScope = "E0326", "a silence of neither a fact nor a kind",
        "`silent_because` of a rule names a fact as conditions name it, such as `party.role`, or a kind of forgetting, such as `broader-term`.";
    SilenceWithoutReason = "E0327", "a silence without a reason",
        "A finding may vanish with a forgotten fact only because the paragraph itself requires the fact. Say what the paragraph requires.";
    ShownWithoutReason = "W0328", "`shown` without a reason",
        "`shown` takes what is not reported for a no. Write beside it under `because:` why nobody would ask for these facts, or leave `shown` out.";
    TimeOrder = "E0329", "intervals or renewals out of order",
        "Intervals of `in_force` follow each other, and so do the renewals of one: each is adopted before the last day of what it renews and sets a later one. After a lapse another interval begins.";
    RaisedButShown = "E0331", "a raised exception that has to be shown",
        "`raised_by` says when an exception that has to be excluded leaves a finding open. One that has to be shown never does.";
    NotOverList = "E0332", "an exception that turns on a list without an element",
        "`not` over a list is unknown where the list is not reported, so that the exception would never apply. Ask `every:` element, or put `shown:` around the list.";
    EveryOfNoList = "E0333", "`every` of a fact that is no list",
        "`every` asks for all elements of a list, such as `every: {port: {country: RU}}`. A single fact is asked without it.";
    GoodsListEmpty = "E0334", "a list of goods without codes and terms",
        "No goods can be in it, so that a rule that asks for it speaks of nothing. Give it `hs`, `terms`, `patterns` or lists that it `includes`.";
    NotInEdition = "E0335", "a code or edition that the Harmonized System does not have",
        "Editions are those of 1988, 1992, 1996, 2002, 2007, 2012, 2017 and 2022, and codes begin with a chapter and heading that one of them has.";
    QuotaUnit = "E0336", "a quota in a unit that nothing counted comes in",
        "A limit in a currency counts `item.value`, one in a unit of quantity `item.quantity`; `counts.unit` is the unit of a limit, or one that `factors` or the dimension converts into it.";
    ConfidenceMissing = "W0337", "a rule that does not say how well it is verified",
        "`confidence` is A (seen in a source), B (known, and not seen again) or C (doubtful). A rule without it is taken as C; that is reported where other rules of the rulebook state theirs.";
    MixedScriptsInRule = "E0338", "a word of two scripts in a rule file",
        "A letter of another alphabet stands in the word and looks like one of its own, so that the word is another one. Write the letter of the word's own alphabet.";

    // 04: the rulebook as a whole.
    IdForm = "E0401", "an id that is not well formed",
        "An id is lower-case words and digits with hyphens between them, such as `dprk-coal`.";
    DuplicateId = "E0402", "an id that stands twice",
        "Rules, tests, definitions, quotas, lists, regimes, resolutions, paragraphs, terms and the exceptions of a rule are told apart by id. Rename or remove one.";
    UnknownReference = "E0403", "a name of a part that the rulebook does not have",
        "The name is that of no rule, definition, exemption, quota, list, regime, test or term. The help names the closest one.";
    RuleWithoutRegime = "E0404", "a rule that belongs to no regime",
        "A rule belongs to the regime in whose folder its file lies. Put the file there, or add `regime:`.";
    Circle = "E0405", "a part of the rulebook that rests on itself",
        "Definitions, lists of goods and broader terms must not lead back to themselves. Take one link out of the circle.";
    CitationForm = "E0406", "a text that names no paragraph",
        "A paragraph is cited by resolution and operative paragraph, such as `S/RES/2371 OP8`.";
    NotInRegister = "E0407", "a paragraph or resolution that is not in the register",
        "Rules rest on paragraphs of the register (`resolutions:`). Mend the citation, or enter the paragraph first.";
    RegisterDisagrees = "E0408", "a register that disagrees with the rules",
        "The register says of each paragraph which rules encode it or why none does, and those rules cite it. Mend the paragraph's entry or the rule's `authority`.";
    NameTaken = "E0409", "a name that another term has",
        "A name or alias leads to one term. List a name that several terms bear as ambiguous.";
    AmbiguousNameOfOne = "E0410", "an ambiguous name without two terms",
        "An ambiguous name has two or more known terms under `could_be`; a name of one term is an alias of it.";
    TermFactor = "E0411", "a factor of a unit that is not an exact number",
        "A unit's `factor` is a decimal number without an exponent, such as 0.45359237.";
    TooManyTerms = "E0412", "a vocabulary with too many terms",
        "The vocabulary holds 65,536 terms. Leave out what no rule and no report needs.";
    ActivityNotReached = "W0413", "an activity that no rule of a regime asks about",
        "An act that is reported in this word can meet no rule. Let a rule ask about it, or enter it with the reason under `irrelevant_activities` of the regime.";
    Versions = "E0414", "versions of a rule that overlap or leave a gap",
        "A rule begins on the day after the last one of the rule that it replaces. A gap that the law leaves has its reason under `gap_because`.";
    NeverAvailable = "E0415", "an exception that is never in force with its rule",
        "The days of `in_force` of the exception lie outside those of the rule. Mend one of them, or leave the exception out.";
    WordOfRegime = "E0416", "a word that stands for a part of the regime, which has none",
        "`target` stands for the `target` of the rule's regime, `designated: regime` for its `lists`. Give the regime one, or write out what is meant; a universal regime has no target.";
    ExpectedOfOtherRegime = "E0417", "a test that expects a finding of another regime among its own",
        "`expect` lists every finding of the rules of the test's regime. A finding of another one stands under `expect_also`, which need not be complete.";
    NoDuty = "E0418", "an entry of `duties` that is no duty",
        "`duties` of a rule names rules of `kind: duty`, which arise with its breaches. Name one, or leave the entry out.";

    // 05: decisions.
    DecidedTwice = "E0501", "two decisions on the same finding",
        "Two decisions name their finding in the same way, so that either could hold. Keep one of them.";
    DecisionWithoutFinding = "E0502", "a decision that does not name its finding",
        "A decision names a finding by `fingerprint`, or by `rule` and `transaction` together; less would silence more than one.";
    EmptyText = "E0503", "a decision with an empty text",
        "A text of a decision, such as its `reason`, has to say something. Write it in words.";
    Fingerprint = "E0504", "a text that is no fingerprint",
        "A fingerprint has 32 hexadecimal digits in lower case. Copy it from the JSON report.";
    DecisionDay = "E0505", "a text that is no day of a decision",
        "`on` and `expires` are single days of the calendar, written as `2026-02-27`.";
    ExpiresBeforeMade = "E0506", "a decision that expires before it was made",
        "`expires` is the last day on which the decision holds and must not be before `on`.";
    MadeAfterRun = "E0507", "a decision made after the day of the run",
        "A decision cannot hold before it was made. Mend `on`, or the day given with `--as`.";
    DayOfRunMissing = "E0508", "a decision that expires, and a run without a day",
        "Whether the decision holds depends on the day of the run, and no clock is read. Give the day with `--as DATE`.";
    UnclearDecision = "E0509", "a decision that meets several transactions",
        "The transaction's name occurs in more than one incident. Name it as `incident/transaction`, or by the finding's fingerprint.";
    UnboundDecision = "W0510", "a decision that does not say on what it was made",
        "Without `verdict` and `facts`, as the JSON report has them, a decision holds whatever is reported later under the same ids. With both it is open again once the verdict, the transaction or what its incident reports beside it changes.";

    // 06: ledgers and quotas.
    LedgerVersion = "E0601", "a ledger of another version",
        "The ledger was written in a form that this program does not read, and nothing of it was counted. Count the inputs again, or use the program that wrote it.";
    LedgerChanged = "E0602", "a ledger that is not as it was sealed",
        "What was counted differs from what `--write-ledger` sealed, and nothing of it was counted. Take the ledger as it was written, or count the inputs again.";
    SealMissing = "E0603", "a written ledger without its seal",
        "Keys of a ledger written by `--write-ledger` stand there without a seal. A hand-written ledger has `balances` and `notices` alone.";
    LedgerEntry = "E0604", "an entry of a ledger that cannot be read",
        "An entry under a sealed ledger's `counted`, `inputs` or `totals` does not fit the ledger's form or this rulebook. Count the inputs again.";
    LedgerTotals = "E0605", "totals of a ledger that its entries do not come to",
        "Counted anew by the same law, the entries come to other totals: the ledger was changed and sealed anew. Take it as it was written, or count the inputs again.";
    UnknownQuota = "W0606", "a balance or notice of an unknown quota",
        "The rulebook has no quota of that name, so the entry may be of any: how much was counted before is unknown. The help names the closest one.";
    OtherRulebook = "W0607", "a ledger counted by another rulebook",
        "What counts, and how much, may differ between rulebooks. Check the inputs again to count them by this one.";
    OtherKnownOn = "W0608", "a ledger counted by the law of another day",
        "The ledger was counted with another `--known-on`, and what counts may differ. Give the same day.";
    OtherProgram = "W0609", "a ledger written by another version of the program",
        "What counts may differ between versions. Check the inputs again to be sure.";
    CountedBefore = "W0610", "a transaction that the ledger has counted already",
        "The transaction, as it stands, was counted in an earlier run and is counted once. To count it anew, take the ledger from before that run.";
    CountedDifferently = "E0611", "a transaction that the ledger has counted otherwise",
        "The transaction stands in the ledger with other facts, and is counted as it stands now. Check the right one with the ledger from before, or give another transaction an id of its own.";
    CountedLater = "W0612", "a transaction earlier than what the ledger has counted",
        "The totals are those of all together in the order of dates; earlier verdicts did not know of this transaction. Check the later inputs again.";
    CountedTwice = "W0613", "a leg, part or double that differs from what it belongs to",
        "`part-of`, `leg-of` and `same-as` count once towards a quota where amount and time agree with the other transaction. Here they do not, and both count. Correct the fact that is wrong, or take the relation out.";
    EmptyLedger = "E0614", "a ledger without a balance, a notice or a transaction",
        "`{}` is not zero: an empty ledger cannot say that nothing was counted, and one that was emptied looks the same. Write the balance, if need be `0 bbl`, or run without a ledger.";
    NothingCounted = "W0615", "a written ledger that has counted nothing",
        "It has no transaction and no balance, as one that was emptied and sealed anew. What was counted before the run is unknown. Begin a chain of ledgers with a balance by hand.";
    LedgerGap = "W0616", "a period that neither the ledger nor the run counts",
        "Between the end of the ledger and the beginning of the run lies a month or more of which nothing is known, and the totals of its quotas stay open. Give the ledger of the run that counted it; if these inputs are all that there was, say so with `--period`.";
    LedgerOverlap = "W0617", "a run of a period that the ledger has counted",
        "The declared period of the run begins before the ledger ends. What both have counts once if it has the same ids, else twice.";
    BalanceOverruled = "W0618", "a balance of an incident against the ledger",
        "The incident reports how much of a quota is used, and so does the ledger, otherwise. The total is that of the ledger, or up to that of the incident where it is higher: who files an incident does not choose a lower one.";

    // 07: the files of a run.
    FileUnreadable = "E0701", "a file or folder that cannot be read",
        "The operating system refuses the file, or it is not of the form that is needed. Check its name and rights; the message has the system's reason.";
    NothingToRead = "E0702", "a folder without a file to read",
        "In a folder of incidents files ending in yaml, yml, json, ndjson, jsonl, csv, tsv, xlsx and xlsm are read, in one of rules yaml and yml; there is none.";
    DuplicateIncident = "E0703", "an incident id in two files",
        "Both were checked, and findings of the two cannot be told apart. Give one of them another id.";
    OutputConflict = "E0704", "an output path that is used twice",
        "The path is read by the run, or two results are to be written to it. Give each result a path of its own.";
    LedgerNotWritten = "E0705", "a ledger that is not written",
        "With a mistake in the inputs or the ledger the counting would be wrong, so no ledger is written. Mend the mistakes and run again.";
    UnknownArgument = "E0706", "a name on the command line that is not known",
        "The rulebook or the inputs have no rule, regime, list or transaction of that name. The help names the closest one.";
    KeyUnusable = "E0707", "a key that cannot be used",
        "A private key signs and a public key verifies; both are Ed25519 in PEM, as OpenSSL writes them.";
    NothingToSign = "E0708", "no report to sign",
        "A signature is made of a JSON report that is written to a file. Add `--report json=FILE`, or `--format json` and `--output FILE`.";
    ReportUnreadable = "E0709", "a report that cannot be checked",
        "`verify` reads JSON reports of this program. Give the report as it was written by `--report json=FILE` or `--format json`.";
    FilesNotRead = "W0710", "files of a folder that are not read",
        "The files end in something that no form of incidents has, such as txt or gz, or are reports of this program, and what they say was not checked. Unpack or convert them, or move them out of the folder.";
    NothingSelected = "E0711", "a selection without a result",
        "Nothing of what was asked for meets all the conditions on the command line. The help says what there is nearby.";
    ListUnreadable = "E0712", "a list of designated parties that cannot be read",
        "A list is the UN Consolidated List in XML as published, or a CSV table with at least the columns name and reference. A list that loses an entry would be worse than none, so it is refused as a whole.";
    NamesUnreadable = "E0713", "names to screen that cannot be read",
        "Names stand one a line, in a table (CSV, xlsx) or in a document (JSON, NDJSON, YAML) with columns or keys such as name, kind, born, country, gender, id and on; pairs in CSV with the columns left, right and kind. What the message names was not screened.";
    NoTests = "E0714", "a rulebook without a test",
        "No test ran, so that none could fail. Tests stand in the files of the rulebook under `tests`; give the folder that has them too.";
    SignatureMissing = "E0715", "a ledger without the signature that was asked for",
        "With `--ledger-key` a ledger counts only as its holder has signed it: LEDGER.sig is not there, is of another ledger or by another key. Nothing was checked.";
    RuleFileNotRead = "E0716", "a file beside the rules that is not read",
        "Its name holds `.yaml` or `.yml` and ends otherwise, such as `arms.yaml.txt`, so that its rules would be missing in silence. Rename it, or move it out of the folder.";
    JobsCapped = "W0719", "more threads than are started",
        "More threads than the machine has processors gain nothing, and each takes memory. The run goes on with the number that the message names; the report is the same for any number.";
    ResultsLeftOut = "W0720", "more results than a code host takes",
        "GitHub refuses SARIF reports with more than 25,000 results of a run, or of more than ten megabytes when compressed. The gravest are written, and the others counted; every other format has them all. Narrow the run, or look at the JSON or CSV report.";
}

impl Code {
    /// The level, which the letter of the code says.
    pub fn level(self) -> DiagnosticLevel {
        match self.as_str().as_bytes().first() {
            Some(b'W') => DiagnosticLevel::Warning,
            Some(b'N') => DiagnosticLevel::Note,
            _ => DiagnosticLevel::Error,
        }
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
