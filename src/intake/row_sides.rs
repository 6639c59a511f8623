//! The two sides of a row that its direction decides: reporter and partner of trade, the country that customs forms name for the other
//! side, the holder of an account and the one with whom it deals.

use crate::document::{Content, Entry, Key, Node, Span};

use crate::facts::FactKind;

use super::csv_columns::{Column, Target};
use super::csv_row::{Row, RowReader};
use super::row_tree::{RowTree, scalar};

/// The cells of a statement of account: whose it is, who is on the other side, which way the money goes.
#[derive(Debug, Default)]
pub(super) struct AccountSides {
    pub(super) holder: Option<(String, Span)>,
    pub(super) other: Option<(String, Span)>,
    pub(super) other_country: Option<(String, Span)>,
    /// True if the holder pays, false if the holder is paid.
    pub(super) is_paid_out: Option<bool>,
}

/// A country that a customs form names for the other side of the border: which side it is, if nothing says otherwise.
pub(super) struct Abroad {
    pub(super) side: &'static str,
    pub(super) country: (String, Span),
}

impl RowReader<'_> {
    /// Puts the States that trade where the direction of the row says: an import goes from the partner to the reporter.
    pub(super) fn put_trading_states(&self, row: &mut Row) {
        let (reporter, partner) = (row.reporter.take(), row.partner.take());
        let transaction = &mut row.transaction;
        match (row.is_import, reporter, partner) {
            (_, None, None) => {}
            (Some(is_import), reporter, partner) => {
                let (from, to) = if is_import { (partner, reporter) } else { (reporter, partner) };
                from.into_iter().for_each(|state| self.put_state(transaction, "from", state));
                to.into_iter().for_each(|state| self.put_state(transaction, "to", state));
            }
            // Which of the two it left is not told.
            (None, Some(reporter), Some(partner)) => {
                let at = reporter.span;
                let list = Node { span: at, content: Content::List(vec![reporter, partner]) };
                let any_of = Entry { key: Key { span: at, text: "any_of".into() }, value: list };
                let either = Node { span: at, content: Content::Map(vec![any_of]) };
                for side in ["from", "to"] {
                    self.put_state(transaction, side, either.clone());
                }
            }
            // Of one State alone no more is told than that it takes part.
            (None, reporter, partner) => {
                for state in reporter.into_iter().chain(partner) {
                    let text = state.text().unwrap_or_default().to_owned();
                    put(transaction, "party(/partner).country", &text, state.span);
                }
            }
        }
    }

    /// Puts a State under the country of a side that tells no country or place.
    fn put_state(&self, transaction: &mut RowTree, side: &'static str, state: Node) {
        let at = state.span;
        let is_told = ["country", "place"].iter().any(|key| {
            transaction
                .get(side)
                .is_some_and(|side| side.text().is_some() || side.get(key).is_some() || side.get("any_of").is_some())
        });
        if is_told {
            return;
        }
        match state.text() {
            Some(text) => {
                let text = text.to_owned();
                for (key, value) in self.where_is(&text) {
                    put(transaction, &format!("{side}.{key}"), value, at);
                }
            }
            None => transaction.put_into(side, "country", state, at),
        }
    }

    /// Puts the country of a customs form on its side: where goods come from if they are imported, where they go if exported.
    pub(super) fn put_abroad(&self, row: &mut Row) {
        for Abroad { side, country: (text, at) } in std::mem::take(&mut row.abroad) {
            let by_flow = row.is_import.map(|is_import| if is_import { "from" } else { "to" });
            // A column for the other side tells that one.
            let side = by_flow.filter(|by_flow| *by_flow == side || !self.header.tells_side(by_flow)).unwrap_or(side);
            let state = scalar(&text, at);
            self.put_state(&mut row.transaction, side, state);
        }
    }

    /// Puts the holder of an account and who deals with them on the sides that the direction of the money says.
    pub(super) fn put_account_sides(&self, row: &mut Row) {
        let account = std::mem::take(&mut row.account);
        let transaction = &mut row.transaction;
        let (of_holder, of_other) = match account.is_paid_out {
            Some(true) => (Some("from"), Some("to")),
            Some(false) => (Some("to"), Some("from")),
            None => (None, None),
        };
        let is_free = |transaction: &RowTree, path: &str| match Target::parse(path) {
            Some(Target::Fact(fact)) => !transaction.is_taken(&fact.path),
            _ => false,
        };
        for (party, side, label) in [(account.holder, of_holder, "holder"), (account.other, of_other, "counterparty")] {
            let Some((name, at)) = party else { continue };
            match side.map(|side| format!("{side}.party")).filter(|path| is_free(transaction, path)) {
                Some(path) => put(transaction, &path, &name, at),
                None => put(transaction, &format!("party(/{label}).name"), &name, at),
            }
        }
        let Some((country, at)) = account.other_country else { return };
        match of_other {
            Some(side) => self.put_state(transaction, side, scalar(&country, at)),
            None => put(transaction, "party(/counterparty).country", &country, at),
        }
    }
}

/// Puts a text at the end of a path.
fn put(transaction: &mut RowTree, path: &str, text: &str, at: Span) {
    if let Some(Target::Fact(fact)) = Target::parse(path) {
        transaction.insert(&fact.path, text, at);
    }
}

/// What a cell says of the direction of money: true if it is paid out of the account, false if paid in.
pub(super) fn is_paid_out(text: &str) -> Option<bool> {
    const OUT: [&str; 22] = [
        "d",
        "dr",
        "dt",
        "debit",
        "debited",
        "db",
        "dbit",
        "out",
        "outgoing",
        "withdrawal",
        "paid out",
        "s",
        "soll",
        "lastschrift",
        "debe",
        "cargo",
        "débit",
        "дебет",
        "дт",
        "расход",
        "借",
        "списание",
    ];
    const IN: [&str; 19] = [
        "c",
        "cr",
        "credit",
        "credited",
        "crdt",
        "in",
        "incoming",
        "deposit",
        "paid in",
        "h",
        "haben",
        "gutschrift",
        "haber",
        "abono",
        "crédit",
        "кредит",
        "кт",
        "приход",
        "贷",
    ];
    let text = text.trim().trim_end_matches('.').to_lowercase();
    match text.as_str() {
        "-" => Some(true),
        "+" => Some(false),
        word if OUT.contains(&word) => Some(true),
        word if IN.contains(&word) => Some(false),
        _ => None,
    }
}

/// The amount of a payment without its sign: what is less than nothing was paid out of the account, with a plus before it paid in.
pub(super) fn paid_amount<'t>(fact: &Column, text: &'t str, row: &mut Row) -> &'t str {
    if fact.path.first().is_none_or(|first| first.key != "payment")
        || fact.kind != FactKind::Money && fact.kind != FactKind::Amount
    {
        return text;
    }
    let is_digit = |rest: &&str| rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let Some((rest, is_out)) = text
        .strip_prefix(['-', '−'])
        .map(|rest| (rest, true))
        .or_else(|| text.strip_prefix('+').map(|rest| (rest, false)))
        .filter(|(rest, _)| is_digit(rest))
    else {
        return text;
    };
    row.account.is_paid_out.get_or_insert(is_out);
    rest.trim_start()
}

/// True for a cell that holds no sum: `0,00`, `-`.
pub(super) fn is_zero(text: &str) -> bool {
    !text.bytes().any(|b| matches!(b, b'1'..=b'9'))
}
