//! Amounts that stand in a list of goods behind what they measure: `[rice, 500 bags]`, `[rice, 5,000 t]`, of which YAML makes three.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Node};
use crate::facts::Unit;
use crate::rulebook::Vocabulary;

use super::one_line::quoted;
use super::put::{map, scalar};

/// Reads amounts in the list of goods as those of the goods before them, with a warning for each.
pub(super) fn give_amounts_to_goods(entries: &mut [Entry], vocabulary: &Vocabulary, problems: &mut Diagnostics) {
    let items = entries.iter_mut().find(|entry| entry.key.text == "items").map(|entry| &mut entry.value.content);
    let Some(Content::List(elements)) = items else { return };
    let begins_with_digit = |node: &Node| node.text().is_some_and(|text| text.starts_with(|c: char| c.is_ascii_digit()));
    if elements.len() < 2 || !elements.iter().skip(1).any(begins_with_digit) {
        return;
    }
    let mut goods: Vec<Node> = Vec::new();
    for element in joined_numbers(std::mem::take(elements)) {
        let amount = element.text().filter(|text| is_amount(text, vocabulary)).map(str::to_owned);
        let (Some(amount), Some(before)) = (amount, goods.last_mut().filter(|before| is_without_amount(before))) else {
            goods.push(element);
            continue;
        };
        let name = before.text().unwrap_or_default().to_owned();
        let message = format!("read `{amount}` as the amount of `{name}` before it");
        let help = format!("write `items: [{{description: {}, quantity: {}}}]`", quoted(&name), quoted(&amount));
        problems.push(Diagnostic::new(Code::NearKey, element.span, message).help(help));
        *before = map(vec![("description", before.clone()), ("quantity", scalar(&amount, &element))], before);
    }
    *elements = goods;
}

/// The elements of a list, where those that YAML made of one number with commas are one again: `5`, `000 t`.
fn joined_numbers(elements: Vec<Node>) -> Vec<Node> {
    let mut whole: Vec<Node> = Vec::new();
    for element in elements {
        let is_group = |text: &str| {
            let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            digits == 3
        };
        let is_start = |text: &str| {
            let groups: Vec<&str> = text.split(',').collect();
            let all_digits = |group: &&str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
            groups.iter().all(all_digits) && groups.first().is_some_and(|first| first.len() <= 3 && !first.starts_with('0'))
        };
        // Nothing but a comma stands between the parts of one number.
        let before = whole.last_mut().filter(|before| before.span.end + 1 == element.span.start);
        match (before, element.text()) {
            (Some(before), Some(text)) if is_group(text) && before.text().is_some_and(is_start) => {
                let both = format!("{},{text}", before.text().unwrap_or_default());
                let span = crate::document::Span { end: element.span.end, ..before.span };
                *before = Node { span, ..scalar(&both, before) };
            }
            _ => whole.push(element),
        }
    }
    whole
}

/// True for a number with a unit and nothing else.
fn is_amount(text: &str, vocabulary: &Vocabulary) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && vocabulary.read_amount(text).is_ok_and(|read| matches!(read.unit, Some(Unit::Quantity(_))))
}

/// True for goods told by a text that tells no amount.
fn is_without_amount(goods: &Node) -> bool {
    goods.text().is_some_and(|text| !text.bytes().any(|b| b.is_ascii_digit()))
}
