//! Amounts and numbers: quantities, money, rates, pieces, counts, two measures of one cargo.

use crate::document::{Code, Content, Diagnostic, Node, Scalar};
use crate::facts::{Amount, FactKind, Field, FieldRole, Range, Record, Slot, Table, Unit};

use super::super::rate;
use super::super::values;

use super::Reader;

impl Reader<'_> {
    pub(super) fn amount(&mut self, node: &Node, field: &Field) -> Option<Amount> {
        let Some(text) = node.text() else {
            let help = format!("write it in one text, such as `{}: 600 t`; what else is known stands under `notes`", field.key);
            self.problems.wrong_shape_with(node, &format!("`{}`", field.key), "a number with a unit, such as `600 t`", &help);
            return None;
        };
        let can_be_money = matches!(field.kind, FactKind::Money | FactKind::Amount);
        let problem = |code, message| Diagnostic::new(code, node.span, message);
        let read = self
            .vocabulary
            .read_amount(&values::with_leading_digit(field, text))
            .map(|read| (read.range, read.unit, read.readings));
        // A name of a unit and of a currency is a unit where goods are counted.
        let read = match read {
            Ok((_, Some(Unit::Money(_)), _)) if field.kind == FactKind::Quantity => {
                let quantity =
                    self.vocabulary.read_quantity(text).ok().filter(|read| matches!(read.unit, Some(Unit::Quantity(_))));
                quantity.map_or(read, |quantity| Ok((quantity.range, quantity.unit, quantity.readings)))
            }
            read => read,
        };
        if read.is_err()
            && let Some(per) = rate::per(text)
        {
            return self.amount_of_rate(node, field, per);
        }
        let read = read
            .map(|(range, unit, readings)| (range, unit.or_else(|| values::bare_unit(field, &range, self.vocabulary)), readings));
        let is_money = field.kind == FactKind::Money || values::is_of_payment(field);
        let pounds = matches!(read, Ok((_, Some(Unit::Quantity(unit)), _)) if self.vocabulary.id(unit) == "lb");
        let problem = match read {
            Ok(_) if is_money && pounds && values::says_pounds(text) => {
                let codes = "GBP, EGP, LBP, SYP, SDG or SSP";
                problem(Code::AmountOfUnknown, format!("`{text}` could be {codes}; the amount is read as unknown"))
                    .help(format!("write {codes}, such as `30000 GBP`"))
            }
            Ok((_, None, _)) => {
                let (what, example) = if can_be_money { ("currency", "12000 USD") } else { ("unit", "600 t` or `2 pieces") };
                problem(Code::NumberWithoutUnit, format!("`{text}` has no {what}, and is read as unknown"))
                    .help(format!("a bare number is never compared; write `{example}`"))
            }
            Ok((_, Some(Unit::Quantity(_)), _)) if is_money => {
                problem(Code::AmountOfAnotherKind, format!("`{text}` is no money"))
                    .help("write a currency, such as `12000 USD`; goods are counted under `quantity`")
            }
            Ok((_, Some(Unit::Money(_)), _)) if field.kind == FactKind::Quantity => {
                problem(Code::AmountOfAnotherKind, format!("`{text}` is money")).help("what goods are worth stands under `value`")
            }
            Ok((range, Some(_), _)) if range.is_zero() && matches!(field.kind, FactKind::Money | FactKind::Quantity) => {
                let message = format!("`{text}` is an amount of nothing, and is read as unknown");
                problem(Code::ZeroAmount, message).help("leave the key out, or write the amount")
            }
            Ok((range, Some(unit), readings)) => {
                let several = readings.map(|readings| problem(Code::TwoReadings, format!("{readings}; it is read as either")));
                let help = match unit {
                    Unit::Money(_) => "write the one that is meant, without a dot: 120 or 120000",
                    Unit::Quantity(_) => "write the one that is meant: 120 or 120,000, US gal or UK gal",
                };
                self.problems.extend(several.map(|problem| problem.help(help)));
                return Some(Amount { range, unit });
            }
            Err(_) if values::says_no_number(text) => {
                problem(Code::AmountWithoutNumber, format!("`{text}` says no number, and is read as unknown"))
                    .help("leave the key out, or write the number that is known: `600 t`, `over 20 t`")
            }
            Err(error) if error.is_count_of_unknown && is_money && error.names_no_money() => {
                problem(Code::AmountOfUnknown, format!("{error}; the amount is read as unknown")).help(
                    "write an ISO 4217 code, such as `12000 USD`; of cryptocurrency and of goods, the sum of money that they were worth",
                )
            }
            Err(error) if error.is_count_of_unknown => {
                problem(Code::AmountOfUnknown, format!("{error}; the amount is read as unknown")).maybe_help(error.into_help())
            }
            Err(error) => problem(Code::Amount, error.to_string()).maybe_help(error.into_help()),
        };
        self.problems.push(problem);
        None
    }

    /// What a rate says of an amount: the value of one piece where that is asked for, else nothing.
    fn amount_of_rate(&mut self, node: &Node, field: &Field, per: rate::Per<'_>) -> Option<Amount> {
        if let (rate::Per::Piece(amount), true) = (per, field.roles.contains(&FieldRole::OfOnePiece)) {
            let scalar = Content::Scalar(Scalar { text: amount.into(), plain: true });
            return self.amount(&Node { span: node.span, content: scalar }, field);
        }
        let message = format!("`{}` is a rate and no amount, and is read as unknown", node.text().unwrap_or_default());
        let is_monthly = node.text().is_some_and(|text| text.to_lowercase().contains("month"));
        let help = match per {
            rate::Per::Piece(_) => "write what all pieces come to; what one is worth stands under `unit_value`",
            rate::Per::Other if field.key == "quantity" && is_monthly => "write it without the month under `quantity_per_month`",
            rate::Per::Other if field.key == "amount" && is_monthly => "write it without the month under `amount_per_month`",
            rate::Per::Other => "write what it came to in all, if the report says for how long or for how many",
        };
        self.problems.push(Diagnostic::new(Code::RateForAmount, node.span, message).help(help));
        None
    }

    /// Reads two measures of one cargo, what it is packed in and what it weighs or counts: `[36 containers, 500 t]`. False if the
    /// value is another.
    pub(super) fn measures(&mut self, node: &Node, field: &Field, record: &mut dyn Record, row: usize) -> bool {
        let packages = record.table().with_role(FieldRole::Packages);
        let (FactKind::Quantity, Some([first, second]), Some(packages)) = (field.kind, node.elements(), packages) else {
            return false;
        };
        if packages == row {
            return false;
        }
        let amounts = [self.amount(first, field), self.amount(second, field)];
        let is_packed = |amount: &Amount| match amount.unit {
            Unit::Quantity(unit) => {
                let unit = self.vocabulary.id(unit);
                ["containers", "crates", "shipments", "lots", "boxes", "pallets", "drums", "bags"].contains(&unit)
            }
            Unit::Money(_) => false,
        };
        let (packed, measured): (Vec<Amount>, Vec<Amount>) = amounts.into_iter().flatten().partition(is_packed);
        for (row, amounts) in [(packages, packed), (row, measured)] {
            match (amounts.as_slice(), record.slot(row)) {
                ([], _) | (_, None) => {}
                ([amount], Some(Slot::Amount(slot))) => *slot = Some(*amount),
                _ => {
                    let message = format!("`{}` has two amounts of one kind, and is read as unknown", field.key);
                    let help = "write one, or what the goods are packed in beside what they weigh: `[36 containers, 500 t]`";
                    self.problems.push(Diagnostic::new(Code::Amount, node.span, message).help(help));
                }
            }
        }
        true
    }

    /// A number of goods that are counted by their own name: `200 rifles` beside the description `assault rifles`.
    pub(super) fn pieces(&self, quantity: &Node, item: &Node, table: &'static Table) -> Option<Amount> {
        let description = item.get(table.key(table.with_role(FieldRole::PlainText)?))?.text()?;
        values::number_of_pieces(quantity.text()?, description, self.vocabulary)
    }

    pub(super) fn count(&mut self, node: &Node, field: &Field) -> Option<Range> {
        let text = self.scalar(node, field.key, "a number")?;
        match Range::parse(text) {
            Ok((range, rest)) if rest.is_empty() || values::counts_people(rest, self.vocabulary) => {
                if let Some(number) = Range::number_with_two_readings(text) {
                    let message = format!("`{number}` has a dot before decimals or between groups; it is read as either");
                    self.problems
                        .push(Diagnostic::new(Code::TwoReadings, node.span, message).help("write the number without a dot"));
                }
                return Some(range);
            }
            Ok((_, rest)) => self.problems.push(Diagnostic::new(
                Code::FactNumber,
                node.span,
                format!("`{}` is a number, and `{rest}` is more than that", field.key),
            )),
            Err(error) => self.problems.push(
                Diagnostic::new(Code::FactNumber, node.span, format!("`{text}` is no number: {error}"))
                    .help("write `about 23000` or `12-15`"),
            ),
        }
        None
    }
}
