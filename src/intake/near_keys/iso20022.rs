//! Payments in the short names of ISO 20022 (`pacs.008`, `pain.001`): `Dbtr`, `Cdtr`, `IntrBkSttlmAmt`. They are written out as keys that are
//! read: `debtorName`, `creditorCountry`, `amount`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar, Span};

/// So deep do messages nest.
const DEEPEST: usize = 12;

/// What a payment instruction tells once for all of its transactions.
const OF_INSTRUCTION: [&str; 6] = ["Dbtr", "DbtrAgt", "DbtrAcct", "ReqdExctnDt", "IntrBkSttlmDt", "UltmtDbtr"];

/// Writes out the payments of a message, with one warning.
pub(in crate::intake) fn write_out_payments(root: &mut Node, problems: &mut Diagnostics) {
    let mut first = None;
    write_out(root, 0, &mut first);
    if let Some(at) = first {
        let message = "read the short names of ISO 20022 as those of a payment";
        let help = "`Dbtr` is who pays and `Cdtr` who is paid, `IntrBkSttlmAmt` the amount, `RmtInf` what it is for";
        problems.push(Diagnostic::new(Code::NearKey, at, message).help(help));
    }
}

fn write_out(node: &mut Node, depth: usize, first: &mut Option<Span>) {
    if depth > DEEPEST {
        return;
    }
    match &mut node.content {
        Content::List(elements) => elements.iter_mut().for_each(|element| write_out(element, depth + 1, first)),
        Content::Map(entries) => {
            tell_each_payment(entries);
            if let Some(at) =
                entries.iter().find(|entry| matches!(entry.key.text.as_str(), "Dbtr" | "Cdtr")).map(|entry| entry.key.span)
                && !entries.iter().any(|entry| entry.key.text == "transactions")
            {
                first.get_or_insert(at);
                *entries = std::mem::take(entries).into_iter().flat_map(written_out).collect();
                return;
            }
            entries.iter_mut().for_each(|entry| write_out(&mut entry.value, depth + 1, first));
        }
        Content::Scalar(_) => {}
    }
}

/// Makes the transactions of an instruction a list under `transactions`, each with what the instruction tells for all.
fn tell_each_payment(entries: &mut Vec<Entry>) {
    let Some(at) = entries.iter().position(|entry| matches!(entry.key.text.as_str(), "CdtTrfTxInf" | "DrctDbtTxInf")) else {
        return;
    };
    let (shared, mut others): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(entries).into_iter().partition(|entry| OF_INSTRUCTION.contains(&entry.key.text.as_str()));
    let at = others.iter().position(|entry| matches!(entry.key.text.as_str(), "CdtTrfTxInf" | "DrctDbtTxInf")).unwrap_or(at);
    if let Some(list) = others.get_mut(at) {
        list.key.text = "transactions".into();
        if list.value.entries().is_some() {
            let only = list.value.clone();
            list.value.content = Content::List(vec![only]);
        }
        if let Content::List(payments) = &mut list.value.content {
            for payment in payments {
                let Content::Map(own) = &mut payment.content else { continue };
                let more = shared.iter().filter(|fact| !own.iter().any(|other| other.key.text == fact.key.text)).cloned();
                let more: Vec<Entry> = more.collect();
                own.extend(more);
            }
        }
    }
    *entries = others;
}

/// The entries that one of a payment stands for.
fn written_out(entry: Entry) -> Vec<Entry> {
    let at = entry.key.span;
    let fact = |key: &str, node: &Node, text: &str| Entry {
        key: Key { span: at, text: key.into() },
        value: Node { span: node.span, content: Content::Scalar(Scalar { text: text.into(), plain: true }) },
    };
    let told = |key: &str, path: &[&str]| {
        let node = path.iter().try_fold(&entry.value, |node, key| node.get(key))?;
        let text = match node.one_or_many() {
            [] => return None,
            some => some.iter().filter_map(Node::text).collect::<Vec<_>>().join(", "),
        };
        (!text.is_empty()).then(|| fact(key, node, &text))
    };
    let party = |whose: &str| -> Vec<Entry> {
        let keys = [
            ("name", &["Nm"][..]),
            ("name", &["Pty", "Nm"]),
            ("country", &["PstlAdr", "Ctry"]),
            ("country", &["Pty", "PstlAdr", "Ctry"]),
            ("address", &["PstlAdr", "AdrLine"]),
        ];
        let mut facts: Vec<Entry> = Vec::new();
        for (what, path) in keys {
            let found = told(&format!("{whose} {what}"), path);
            facts.extend(found.filter(|fact| !facts.iter().any(|other| other.key.text == fact.key.text)));
        }
        facts
    };
    let agent = |whose: &str| -> Vec<Entry> {
        let bics = [&["FinInstnId", "BICFI"][..], &["FinInstnId", "BIC"], &["BICFI"], &["BIC"]];
        let bic = bics.iter().find_map(|path| told(&format!("{whose} agent bic"), path));
        let name = told(&format!("{whose} agent"), &["FinInstnId", "Nm"]).or_else(|| told(&format!("{whose} agent"), &["Nm"]));
        bic.into_iter().chain(name).collect()
    };
    let facts = match entry.key.text.as_str() {
        "Dbtr" => party("debtor"),
        "Cdtr" => party("creditor"),
        "DbtrAgt" => agent("debtor"),
        "CdtrAgt" => agent("creditor"),
        "IntrBkSttlmAmt" | "InstdAmt" | "Amt" | "TxAmt" => {
            amount(&entry.value).map(|(node, text)| fact("amount", node, &text)).into_iter().collect()
        }
        "IntrBkSttlmDt" | "ReqdExctnDt" | "SttlmDt" => {
            let text = entry.value.text().map(str::to_owned);
            let dates = [&["Dt"][..], &["DtTm"]];
            let inside = || dates.iter().find_map(|path| told("date", path));
            text.map(|text| fact("date", &entry.value, &text)).or_else(inside).into_iter().collect()
        }
        "RmtInf" => told("remittance information", &["Ustrd"]).into_iter().collect(),
        "PmtId" => ["EndToEndId", "TxId", "InstrId"].iter().find_map(|key| told("id", &[key])).into_iter().collect(),
        _ => Vec::new(),
    };
    if facts.is_empty() { vec![entry] } else { facts }
}

/// The amount of a payment with its currency, as `760000.00 USD`, and where it stands.
fn amount(node: &Node) -> Option<(&Node, String)> {
    if let Some(inner) = node.get("InstdAmt").or_else(|| node.get("EqvtAmt")) {
        return amount(inner);
    }
    if let Some(text) = node.text() {
        return Some((node, text.to_owned()));
    }
    let part = |keys: &[&str]| keys.iter().find_map(|key| node.get(key)?.text());
    let number = part(&["value", "#text", "$", "_", "Amt", "amount", "content", "$value", "text"])?;
    let currency = part(&["Ccy", "@Ccy", "ccy", "currency", "@ccy", "$Ccy"])?;
    Some((node, format!("{number} {currency}")))
}
