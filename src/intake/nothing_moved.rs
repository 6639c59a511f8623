//! Transactions that are reported to be about nothing: a sale whose goods are none.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::document::{Code, Diagnostic, Diagnostics, Node, Span};
use crate::engine::subjects_said_to_be_none;
use crate::facts::{Record, Transaction, fold, is_placeholder};
use crate::rulebook::Vocabulary;

/// What is written of a ship that carries nothing, and of a hold, lorry or wagon with nothing in it, as [`fold()`] writes it.
const NOTHING_ON_BOARD: &[&str] = &[
    "ballast",
    "in ballast",
    "water ballast",
    "ballast water",
    "ballast only",
    "in ballast only",
    "ballast condition",
    "in ballast condition",
    "in ballast no cargo",
    "ballast voyage",
    "empty",
    "empty hold",
    "empty holds",
    "sailed empty",
    "arrived empty",
    "nil",
    "nil cargo",
    "cargo nil",
    "no cargo",
    "no cargo on board",
    "no cargo aboard",
    "without cargo",
    "none",
    "nothing",
    "nothing on board",
    "unladen",
    "passengers",
    "passengers only",
    "pax",
    "passengers and baggage",
    "passengers and luggage",
    "passengers and their baggage",
    "passagers",
    "pasajeros",
    "passagiere",
    "пассажиры",
    "vide",
    "a vide",
    "sur lest",
    "lest",
    "sans cargaison",
    "aucune cargaison",
    "aucune",
    "neant",
    "en lastre",
    "lastre",
    "vacio",
    "vacia",
    "sin carga",
    "ninguna",
    "leer",
    "ohne ladung",
    "keine ladung",
    "ballastfahrt",
    "порожний",
    "порожняком",
    "порожнии",
    "пустой",
    "в балласте",
    "балласт",
    "без груза",
    "груза нет",
    "em lastro",
    "vazio",
    "sem carga",
    "فارغة",
    "بدون حمولة",
];

/// The same in scripts that are written without spaces.
const NOTHING_IN_CHARACTERS: &[&str] = &[
    "空载",
    "空船",
    "空舱",
    "空",
    "无货",
    "压载",
    "压舱",
    "压载航行",
    "无",
    "공선",
    "빈배",
    "공선항해",
    "화물 없음",
    "화물없음",
];

/// True for a description of a cargo that says that there is none: `in ballast`, `vide`, `空载`.
pub(super) fn is_nothing_on_board(text: &str) -> bool {
    /// Longer texts name something.
    const MOST_BYTES: usize = 40;
    let text = text.trim();
    if text.is_empty() || text.len() > MOST_BYTES {
        return false;
    }
    let folded = fold(text);
    WORDS.contains(folded.as_str())
}

/// Both lists, folded.
static WORDS: LazyLock<HashSet<String>> =
    LazyLock::new(|| NOTHING_ON_BOARD.iter().chain(NOTHING_IN_CHARACTERS).map(|word| fold(word)).collect());

/// True for the goods of a transaction that are all said not to be there: `[in ballast]`, `[{description: vide}]`. What stands for a
/// missing word, such as `nil`, is no such word here, where no heading asks for a cargo.
pub(super) fn are_nothing_on_board(items: &Node) -> bool {
    let is_zero = |text: &str| text.bytes().all(|b| !matches!(b, b'1'..=b'9'));
    let is_nothing = |text: &str| is_nothing_on_board(text) && !is_placeholder(text);
    let says_nothing = |item: &Node| match (item.text(), item.entries()) {
        (Some(text), _) => is_nothing(text),
        (None, Some(entries)) => {
            entries.iter().any(|entry| entry.key.text == "description")
                && entries.iter().all(|entry| match entry.key.text.as_str() {
                    "description" => entry.value.text().is_some_and(is_nothing),
                    _ => entry.value.text().is_some_and(is_zero),
                })
        }
        _ => false,
    };
    let items = items.one_or_many();
    !items.is_empty() && items.iter().all(says_nothing)
}

/// Makes what a transaction must be about unknown where it is reported to be none, and reports it. `node` is the transaction as
/// written, if there is a tree of it, else `at` is its place.
pub(super) fn read_as_unknown(
    transaction: &mut Transaction,
    (node, at): (Option<&Node>, Option<Span>),
    vocabulary: &Vocabulary,
    problems: &mut Diagnostics,
) {
    for row in subjects_said_to_be_none(transaction, vocabulary).iter() {
        let key = transaction.table().key(row);
        // A sale of a ship in ballast is told so: no goods pass.
        if key == "items" && node.and_then(|node| node.get(key)).is_some_and(are_nothing_on_board) {
            continue;
        }
        if let Some(slot) = transaction.slot(row) {
            slot.clear();
        }
        let message = format!("`{key}` cannot be none, and is read as unknown: the activity is about nothing else");
        let at = node.map(|node| node.get(key).map_or(node.span, |value| value.span)).or(at);
        let problem = match at {
            Some(at) => Diagnostic::new(Code::NoneOfWhatIsThere, at, message),
            None => Diagnostic::about_file(Code::NoneOfWhatIsThere, message),
        };
        problems.push(problem.help("leave the key out"));
    }
}
