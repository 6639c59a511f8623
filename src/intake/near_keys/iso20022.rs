//! Payments in the short names of ISO 20022 (`pacs.008`, `pain.001`): `Dbtr`, `Cdtr`, `IntrBkSttlmAmt`. They are written out as keys that are
//! read: `debtorName`, `creditorCountry`, `amount`.

use crate::document::{Code, Content, Diagnostic, Diagnostics, Entry, Key, Node, Scalar, Span};

/// So deep do messages nest.
const DEEPEST: usize = 12;

/// What a payment instruction tells once for all of its transactions.
const OF_INSTRUCTION: [&str; 6] = ["Dbtr", "DbtrAgt", "DbtrAcct", "ReqdExctnDt", "IntrBkSttlmDt", "UltmtDbtr"];

/// What tells how an instruction is carried out, and nothing of the payments.
const OF_PROCESSING: [&str; 7] = ["PmtInfId", "PmtMtd", "BtchBookg", "NbOfTxs", "CtrlSum", "PmtTpInf", "ChrgBr"];

/// Keys of messages of credit transfers and direct debits, below the document.
const MESSAGES: [&str; 5] = ["CstmrCdtTrfInitn", "CstmrDrctDbtInitn", "FIToFICstmrCdtTrf", "FIToFICstmrDrctDbt", "FICdtTrf"];

/// Writes out the payments of a message, with one warning.
pub(in crate::intake) fn write_out_payments(root: &mut Node, problems: &mut Diagnostics) {
    take_message_out(root);
    let mut first = None;
    write_out(root, 0, &mut first);
    if let Some(at) = first {
        let message = "read the short names of ISO 20022 as those of a payment";
        let help = "`Dbtr` is who pays and `Cdtr` who is paid, `IntrBkSttlmAmt` the amount, `RmtInf` what it is for";
        problems.push(Diagnostic::new(Code::NearKey, at, message).help(help));
    }
}

/// Takes a message out of the document that it is alone in: `{"AppHdr": {..}, "Document": {"CstmrCdtTrfInitn": {..}}}`.
fn take_message_out(root: &mut Node) {
    let is_message = |entry: &Entry| MESSAGES.contains(&entry.key.text.as_str());
    let document =
        root.get("Document").filter(|document| document.entries().is_some_and(|entries| entries.iter().any(is_message)));
    let document = document.map(|document| document.content.clone());
    if let Some(document) = document
        && root
            .entries()
            .is_some_and(|entries| entries.iter().all(|entry| matches!(entry.key.text.as_str(), "Document" | "AppHdr")))
    {
        root.content = document;
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
            list_payments_of_instructions(entries);
            if let Some(at) =
                entries.iter().find(|entry| matches!(entry.key.text.as_str(), "Dbtr" | "Cdtr")).map(|entry| entry.key.span)
                && !entries.iter().any(|entry| entry.key.text == "transactions")
            {
                first.get_or_insert(at);
                *entries = std::mem::take(entries).into_iter().flat_map(written_out).collect();
                if !entries.iter().any(|entry| matches!(entry.key.text.as_str(), "activity" | "type")) {
                    let act = Scalar { text: "funds-transfer".into(), plain: true };
                    let value = Node { span: at, content: Content::Scalar(act) };
                    entries.push(Entry { key: Key { span: at, text: "activity".into() }, value });
                }
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

/// Makes one list of the transactions of the instructions of a message, each with what its instruction tells besides.
fn list_payments_of_instructions(entries: &mut [Entry]) {
    let Some(instructions) = entries.iter_mut().find(|entry| entry.key.text == "PmtInf") else { return };
    if let Content::Map(only) = &mut instructions.value.content {
        let only = Node { span: instructions.value.span, content: Content::Map(std::mem::take(only)) };
        instructions.value.content = Content::List(vec![only]);
    }
    let Content::List(elements) = &mut instructions.value.content else { return };
    if !elements.iter().all(|instruction| instruction.entries().is_some()) {
        return;
    }
    let mut payments = Vec::new();
    for mut instruction in std::mem::take(elements) {
        let Content::Map(facts) = &mut instruction.content else { continue };
        tell_each_payment(facts);
        let Some(at) = facts.iter().position(|entry| entry.key.text == "transactions") else {
            // One that lists no payments is kept as it is, so that nothing of it is lost.
            payments.push(instruction);
            continue;
        };
        let list = facts.remove(at);
        let others = facts.iter().filter(|entry| !OF_PROCESSING.contains(&entry.key.text.as_str()));
        for mut payment in list.value.one_or_many().to_vec() {
            if let Content::Map(own) = &mut payment.content {
                own.extend(others.clone().cloned());
            }
            payments.push(payment);
        }
    }
    instructions.key.text = "transactions".into();
    instructions.value.content = Content::List(payments);
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
