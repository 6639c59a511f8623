//! How the register is written, and how paragraphs are cited: from YAML to [`Register`] and [`Citation`].

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, did_you_mean};
use crate::rulebook::law::{Citation, Confidence, EncodingStatus, Paragraph, ParagraphElement, Register, Resolution};

use super::date::read_day;

impl Register {
    pub(in crate::rulebook) fn read(&mut self, node: &Node, problems: &mut Diagnostics) {
        for element in node.one_or_many() {
            let Some(map) =
                Mapping::read(element, "a resolution", &["symbol", "adopted", "paragraphs", "title", "remarks"], problems)
            else {
                continue;
            };
            let symbol = map.require_text("symbol", problems);
            let adopted = map.require("adopted", problems).and_then(|n| read_day(n, "`adopted`", problems));
            let shown = symbol.unwrap_or("this resolution");
            if self.resolutions.iter().any(|r| Some(r.symbol.as_str()) == symbol) {
                problems.push(Diagnostic::new(
                    Code::DuplicateId,
                    element.span,
                    format!("the resolution `{shown}` stands twice in the register"),
                ));
            }
            let mut paragraphs: Vec<Paragraph> = Vec::new();
            for node in map.get("paragraphs").map(Node::one_or_many).unwrap_or_default() {
                let Some(paragraph) = Paragraph::read(node, problems) else { continue };
                if paragraphs.iter().any(|p| p.op == paragraph.op) {
                    problems.push(Diagnostic::new(
                        Code::DuplicateId,
                        node.span,
                        format!("paragraph {} of {shown} stands twice", paragraph.op),
                    ));
                } else {
                    paragraphs.push(paragraph);
                }
            }
            if let (Some(symbol), Some(adopted)) = (symbol, adopted) {
                for name in [symbol, symbol.split(" (").next().unwrap_or(symbol)] {
                    self.by_symbol.entry(name.to_owned()).or_insert(self.resolutions.len());
                }
                self.resolutions.push(Resolution { symbol: symbol.to_owned(), adopted, paragraphs });
            }
        }
    }

    /// Resolves a citation such as `S/RES/2371 OP8`. The year of the symbol may be left out; a paragraph that is not in the
    /// register is reported.
    pub(in crate::rulebook) fn cite(&self, node: &Node, text: &str, problems: &mut Diagnostics) -> Option<Citation> {
        let Some((symbol, op)) = text.rsplit_once(" OP") else {
            problems.push(
                Diagnostic::new(Code::CitationForm, node.span, format!("`{text}` names no paragraph"))
                    .help("write it as `S/RES/2371 OP8`"),
            );
            return None;
        };
        let Some(resolution) = self.by_symbol.get(symbol).and_then(|position| self.resolutions.get(*position)) else {
            let near = did_you_mean(symbol, self.resolutions.iter().map(|r| r.symbol.as_str()));
            problems.push(
                Diagnostic::new(Code::NotInRegister, node.span, format!("the resolution `{symbol}` is not in the register"))
                    .maybe_help(near),
            );
            return None;
        };
        if !resolution.paragraphs.iter().any(|p| p.op == op) {
            let known: Vec<&str> = resolution.paragraphs.iter().map(|p| p.op.as_str()).collect();
            let message = format!("paragraph {op} of {} is not in the register", resolution.symbol);
            problems.push(
                Diagnostic::new(Code::NotInRegister, node.span, message).help(format!("in the register: {}", known.join(", "))),
            );
            return None;
        }
        Some(Citation { symbol: resolution.symbol.clone(), paragraph: op.to_owned(), adopted: resolution.adopted })
    }

    /// Resolves the citations under `authority`.
    pub(in crate::rulebook) fn citations(&self, map: &Mapping<'_>, problems: &mut Diagnostics) -> Vec<Citation> {
        let texts = map.texts("authority", problems);
        if let Some(node) = map.get("authority").filter(|node| node.one_or_many().is_empty()) {
            let message = "`authority` is empty";
            let help = "name the paragraphs that it rests on, such as `S/RES/2371 OP8`";
            problems.push(Diagnostic::new(Code::MissingKey, node.span, message).help(help));
        }
        texts.into_iter().filter_map(|(node, text)| self.cite(node, text, problems)).collect()
    }
}

impl Paragraph {
    fn read(node: &Node, problems: &mut Diagnostics) -> Option<Self> {
        let map = Mapping::read(
            node,
            "a paragraph",
            &["op", "what", "elements", "encoded_by", "not_encodable", "confidence", "remarks"],
            problems,
        )?;
        let op = map.require_text("op", problems).map(str::to_owned);
        let what = map.require_text("what", problems).unwrap_or_default().to_owned();
        let names = map.texts("elements", problems).into_iter().map(|(_, name)| name.to_owned());
        let mut elements: Vec<_> = names.map(|name| ParagraphElement { name, encoded_by: Vec::new() }).collect();
        let encoded_by = map.get("encoded_by").map(Node::one_or_many).unwrap_or_default();
        let encoded_by = encoded_by.iter().filter_map(|node| read_encoding(node, &mut elements, problems)).collect();
        let status = match map.text("not_encodable", problems) {
            Some(reason) => EncodingStatus::NotEncodable(reason.to_owned()),
            None => EncodingStatus::Encoded(encoded_by),
        };
        let confidence = Confidence::read(&map, problems);
        Some(Self { op: op?, what, status, elements, confidence, span: node.span })
    }
}

/// Reads a rule that encodes a paragraph: its id, or `{rule, encodes}` with the elements of the paragraph that it encodes.
fn read_encoding(node: &Node, elements: &mut [ParagraphElement], problems: &mut Diagnostics) -> Option<String> {
    if let Some(id) = node.text() {
        return Some(id.to_owned());
    }
    let map = Mapping::read(node, "a rule that encodes a paragraph", &["rule", "encodes"], problems)?;
    let rule = map.require_text("rule", problems)?;
    for (node, name) in map.texts("encodes", problems) {
        match elements.iter_mut().find(|element| element.name == name) {
            Some(element) => element.encoded_by.push(rule.to_owned()),
            None => {
                let near = did_you_mean(name, elements.iter().map(|element| element.name.as_str()));
                let message = format!("`{name}` is not among the paragraph's `elements`");
                problems.push(Diagnostic::new(Code::UnknownReference, node.span, message).maybe_help(near));
            }
        }
    }
    Some(rule.to_owned())
}
