//! What the cells of a row say together: its date, its two sides, what is done in it.

use crate::document::{Node, Span, Unread};

use super::csv_columns::Target;
use super::csv_row::{Row, RowReader};
use super::row_dates::{date_of_parts, month_of_digits};
use super::row_people::of_one_person;
use super::row_tree::{RowTree, scalar};

impl RowReader<'_> {
    /// Puts together what several cells of the row say.
    pub(super) fn finish(&self, mut row: Row) -> (Node, Option<Node>, Unread) {
        let (transaction, span) = (&mut row.transaction, row.span);
        for (party, imports, exports, label) in
            [(&row.trader, "to.party", "from.party", "trader"), (&row.partner_party, "from.party", "to.party", "partner")]
        {
            let Some((name, at)) = party else { continue };
            let fact = match row.is_import {
                Some(true) => imports.to_owned(),
                Some(false) => exports.to_owned(),
                None => format!("party(/{label}).name"),
            };
            match Target::parse(&fact) {
                Some(Target::Fact(fact)) if !transaction.is_taken(&fact.path) => transaction.insert(&fact.path, name, *at),
                _ => row.notes.push(format!("{label}: {name}")),
            }
        }
        // A month with its year in it, beside no column for the year, is a date.
        if let [None, Some((text, at)), None] = &row.date
            && text.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4)
            && transaction.get("date").is_none()
        {
            transaction.set("date", scalar(&month_of_digits(text).unwrap_or_else(|| text.clone()), *at), *at);
            row.date = [None, None, None];
        }
        std::mem::take(&mut row.call).put_into(transaction, &mut row.notes);
        if self.header.is_of_people && !transaction.is_empty() {
            of_one_person(transaction, span);
        }
        if let ([Some((year, at)), month, day], None) = (&row.date, transaction.get("date")) {
            let of = |part: &Option<(String, Span)>| part.as_ref().map(|(text, _)| text.clone());
            transaction.set("date", scalar(&date_of_parts(year, of(month), of(day)), *at), *at);
        } else {
            let parts = row.date.iter().flatten().map(|(text, _)| text.as_str()).collect::<Vec<_>>();
            if !parts.is_empty() {
                row.notes.push(format!("date: {}", parts.join("-")));
            }
        }
        self.put_abroad(&mut row);
        self.put_trading_states(&mut row);
        self.put_account_sides(&mut row);
        let (transaction, span) = (&mut row.transaction, row.span);
        if self.header.ports_are_sides {
            for (call, side) in [("loading", "from"), ("discharge", "to")] {
                self.side_of_port(transaction, call, side);
            }
        }
        if transaction.get("activity").is_none() && !transaction.is_empty() {
            let is_trade = row.is_import.is_some() || row.is_plain_trade;
            let of_headings = self.header.activity.filter(|_| !row.is_act_unread);
            let of_visa = row.is_leave_to_work.map(|is_to_work| if is_to_work { "work-authorisation" } else { "travel" });
            let activity = if is_trade { Some("supply") } else { of_visa.or(of_headings) };
            // A hold in which nothing is supplies nothing.
            let is_empty = transaction.get("items").and_then(Node::text) == Some("none");
            let activity = activity.map(|activity| if is_empty && activity == "supply" { "transport" } else { activity });
            if let Some(activity) = activity {
                transaction.set("activity", scalar(activity, span), span);
            }
        }
        if !row.notes.is_empty() && transaction.get("notes").is_none() {
            transaction.set("notes", scalar(&row.notes.join("; "), span), span);
        }
        let source = Some(row.source).filter(|source| !source.is_empty()).map(RowTree::into_node);
        (row.transaction.into_node(), source, row.unread)
    }

    /// Takes the port where goods are loaded or discharged for the place of a side whose place no column tells.
    fn side_of_port(&self, transaction: &mut RowTree, call: &str, side: &'static str) {
        let is_told = ["country", "place"].iter().any(|key| {
            transaction
                .get(side)
                .is_some_and(|side| side.text().is_some() || side.get(key).is_some() || side.get("any_of").is_some())
        });
        let ports = transaction.get("ports").and_then(Node::elements).unwrap_or_default();
        let port = ports.iter().find(|port| port.get("call").and_then(Node::text) == Some(call));
        let Some(port) = port.filter(|_| !is_told) else { return };
        let Some((text, at)) = ["country", "code", "name"].iter().find_map(|key| {
            let told = port.get(key)?;
            Some((told.text()?.to_owned(), told.span))
        }) else {
            return;
        };
        for (key, value) in self.where_is(&text) {
            if let Some(Target::Fact(fact)) = Target::parse(&format!("{side}.{key}")) {
                transaction.insert(&fact.path, value, at);
            }
        }
    }
}
