//! The draft as an incident file: every fact with a comment that names its words and their line.

use std::fmt::Write as _;

use crate::rulebook::Rulebook;

use super::{Draft, DraftTransaction, Drafted, Words};

/// Writes the draft as YAML that `check` reads.
pub fn to_yaml(draft: &Draft, rulebook: &Rulebook) -> String {
    let mut out = Writer { text: String::new(), several: draft.articles.len() > 1, articles: &draft.articles };
    out.comment(0, &format!("Drafted from {}. Each fact has the words that it comes from.", draft.articles.join(", ")));
    out.comment(0, "Correct it before it is used: add what is missing, strike what is wrong. `(supposed)` marks what no words say of the act itself.");
    out.entry(0, "id", &quoted(&draft.id), None, false);
    if let Some(title) = &draft.title {
        out.entry(0, "title", &quoted(&title.text), None, false);
    }
    if let Some(date) = &draft.date {
        out.drafted(0, "date", &date.value.to_string(), date);
    }
    out.line(0, "sources:");
    for source in &draft.sources {
        let kind = rulebook.term(source.kind);
        let published = source.published.map(|day| format!(", published: {day}")).unwrap_or_default();
        let entry = format!("- {{id: {}, kind: {kind}, title: {}{published}}}", source.id, quoted(&source.title));
        let words = source.words.as_ref().map(|words| out.said(words, false)).unwrap_or_default();
        out.line(1, &format!("{entry}{words}"));
    }
    if draft.transactions.is_empty() {
        out.comment(0, "Nothing to report was found: the text tells of no act between sides of which one is under measures.");
        out.line(0, "transactions: []");
    } else {
        out.line(0, "transactions:");
    }
    for transaction in &draft.transactions {
        out.transaction(transaction, rulebook);
    }
    if !draft.left_out.is_empty() {
        out.comment(0, "Read and left out:");
        for (words, reason) in &draft.left_out {
            let place = out.place(words);
            out.comment(0, &format!("- {place}: {} ({reason})", cut(&words.text)));
        }
    }
    out.text
}

struct Writer<'d> {
    text: String,
    /// Several articles: each place names its article.
    several: bool,
    articles: &'d [String],
}

impl Writer<'_> {
    fn transaction(&mut self, transaction: &DraftTransaction, rulebook: &Rulebook) {
        let term = |drafted: &Drafted<crate::facts::Term>| quoted_code(rulebook.term(drafted.value));
        self.line(1, &format!("- id: {}", transaction.id));
        self.entry(2, "title", &quoted(&cut(&transaction.sentence.text)), Some(&transaction.sentence), false);
        self.drafted(2, "activity", rulebook.term(transaction.activity.value), &transaction.activity);
        self.drafted(2, "stage", transaction.stage.value, &transaction.stage);
        if let Some(date) = &transaction.date {
            self.drafted(2, "date", &date.value.to_string(), date);
        }
        if transaction.is_alleged {
            self.line(2, "evidence: alleged");
        }
        for (key, side) in [("from", &transaction.from), ("to", &transaction.to)] {
            if let Some(side) = side {
                let declared = transaction.declared_from.as_ref().filter(|_| key == "from");
                let declared = declared.map(|declared| format!("{{country: {}, declared_as: {}}}", term(side), term(declared)));
                let value = declared.unwrap_or_else(|| term(side));
                self.drafted(2, key, &value, side);
            }
        }
        if !transaction.via.is_empty() {
            let codes: Vec<String> = transaction.via.iter().map(term).collect();
            let words = transaction.via.first().map(|via| self.said(&via.words, false)).unwrap_or_default();
            self.line(2, &format!("via: [{}]{words}", codes.join(", ")));
        }
        if let Some(field) = transaction.field {
            self.line(2, &format!("field: {}", rulebook.term(field)));
        }
        if !transaction.items.is_empty() {
            self.line(2, "items:");
            for item in &transaction.items {
                let quantity = item.quantity.as_ref().map(|q| format!(", quantity: {}", quoted(&q.value))).unwrap_or_default();
                let declared = item.declared_as.as_ref().map(|words| format!(", declared_as: {}", quoted(&words.text)));
                let declared = declared.unwrap_or_default();
                let form = if item.is_technology { ", form: technology" } else { "" };
                let words = self.said(&item.description, false);
                self.line(3, &format!("- {{description: {}{quantity}{declared}{form}}}{words}", quoted(&item.description.text)));
            }
        }
        if let Some(subject) = &transaction.subject {
            let words = self.said(subject, false);
            let all: Vec<&str> =
                std::iter::once(subject).chain(&transaction.more_subjects).map(|words| words.text.as_str()).collect();
            self.line(2, &format!("subject: {{description: {}}}{words}", quoted(&all.join("; "))));
        }
        let mut notes: Vec<String> = Vec::new();
        if let Some(people) = &transaction.people {
            let words = self.said(&people.words, false);
            let nationality =
                people.nationality.map(|nationality| format!("nationality: {}", quoted_code(rulebook.term(nationality))));
            let count = people.count.as_ref().map(|count| format!("count: {}", quoted(count)));
            let occupation = people.occupation.as_ref().map(|occupation| format!("occupation: {}", quoted(occupation)));
            let facts: Vec<String> = [nationality, count, occupation].into_iter().flatten().collect();
            match facts.is_empty() {
                true => notes.push(format!("people: {}", people.words.text)),
                false => self.line(2, &format!("people: [{{{}}}]{words}", facts.join(", "))),
            }
        }
        if let Some(payment) = &transaction.payment {
            let words = self.said(payment, false);
            self.line(2, &format!("payment: {{amount: {}}}{words}", quoted(&payment.text)));
        }
        if !transaction.parties.is_empty() {
            self.line(2, "parties:");
            for (role, name, country) in &transaction.parties {
                let country =
                    country.map(|country| format!(", nationality: {}", quoted_code(rulebook.term(country)))).unwrap_or_default();
                let words = self.said(name, false);
                self.line(3, &format!("- {{role: {role}, name: {}{country}}}{words}", quoted(&name.text)));
            }
        }
        if !transaction.vessels.is_empty() {
            self.line(2, "vessels:");
            for vessel in &transaction.vessels {
                let flag = vessel.flag.as_ref().map(|flag| format!(", flag: {}", term(flag))).unwrap_or_default();
                let imo = vessel.imo.as_ref().map(|imo| format!(", imo: \"{}\"", clean(&imo.text))).unwrap_or_default();
                let words = self.said(&vessel.name, false);
                self.line(3, &format!("- {{name: {}{flag}{imo}}}{words}", quoted(&vessel.name.text)));
            }
        }
        if !transaction.ports.is_empty() {
            self.line(2, "ports:");
            for port in &transaction.ports {
                let call = port.call.map(|call| format!(", call: {call}")).unwrap_or_default();
                let country = quoted_code(rulebook.term(port.country));
                let words = self.said(&port.name, false);
                self.line(3, &format!("- {{name: {}, country: {country}{call}}}{words}", quoted(&port.name.text)));
            }
        }
        if let Some((seizure, by)) = &transaction.seizure {
            let by = by.map(|by| format!(", by: {}", quoted_code(rulebook.term(by)))).unwrap_or_default();
            let words = self.said(seizure, false);
            self.line(2, &format!("actions: [{{action: seizure{by}}}]{words}"));
        }
        if !transaction.denied_by.is_empty() {
            let codes: Vec<String> = transaction.denied_by.iter().map(term).collect();
            let words = transaction.denied_by.first().map(|denied| self.said(&denied.words, false)).unwrap_or_default();
            self.line(2, &format!("denied_by: [{}]{words}", codes.join(", ")));
        }
        notes.extend(transaction.other_denials.iter().map(|words| format!("{}: {}", self.place(words), cut(&words.text))));
        if !notes.is_empty() {
            self.line(2, &format!("notes: {}", quoted(&notes.join("; "))));
        }
        self.line(2, &format!("sources: [{}]", transaction.sources.join(", ")));
    }

    fn drafted<T>(&mut self, depth: usize, key: &str, value: &str, drafted: &Drafted<T>) {
        self.entry(depth, key, value, Some(&drafted.words), drafted.is_supposed);
    }

    fn entry(&mut self, depth: usize, key: &str, value: &str, words: Option<&Words>, is_supposed: bool) {
        let words = words.map(|words| self.said(words, is_supposed)).unwrap_or_default();
        self.line(depth, &format!("{key}: {value}{words}"));
    }

    /// The comment behind a fact.
    fn said(&self, words: &Words, is_supposed: bool) -> String {
        let supposed = if is_supposed { " (supposed)" } else { "" };
        if words.line == 0 {
            return format!("  # {}", words.text);
        }
        format!("  # \"{}\", {}{supposed}", cut(&words.text), self.place(words))
    }

    fn place(&self, words: &Words) -> String {
        let article = self.articles.get(words.article).filter(|_| self.several);
        article.map_or_else(|| format!("line {}", words.line), |article| format!("{} line {}", clean(article), words.line))
    }

    fn comment(&mut self, depth: usize, comment: &str) {
        self.line(depth, &format!("# {}", clean(comment)));
    }

    fn line(&mut self, depth: usize, line: &str) {
        let _ = writeln!(self.text, "{:width$}{line}", "", width = depth * 2);
    }
}

/// A text in quotes that both YAML and JSON read.
fn quoted(text: &str) -> String {
    serde_json::Value::String(clean(text)).to_string()
}

/// A code, in quotes where YAML 1.1 would read it as something else: Norway is `NO`.
fn quoted_code(code: &str) -> String {
    if matches!(code, "NO") { format!("\"{code}\"") } else { code.to_owned() }
}

/// A text without characters that a terminal or YAML would not show as themselves.
fn clean(text: &str) -> String {
    let is_shown = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.chars().map(|c| if is_shown(c) { c } else { ' ' }).collect()
}

/// The first words of a long text.
fn cut(text: &str) -> String {
    const MOST: usize = 110;
    let text = clean(text);
    match text.char_indices().nth(MOST) {
        None => text,
        Some((at, _)) => {
            let start = text.get(..at).unwrap_or_default();
            format!("{} ...", start.rsplit_once(' ').map_or(start, |(start, _)| start))
        }
    }
}
