//! How exceptions are written: from YAML to [`Exception`].

use std::cell::RefCell;
use std::collections::HashMap;

use crate::document::{Code, Diagnostic, Diagnostics, Mapping, Node, Span};
use crate::rulebook::law::{Burden, Decider, Exception, InForce, Raising, RegimeId, Register};

use super::RuleReader;
use super::definition::collect_uses;
use super::regime_words::{Binding, has_regime_words};
use super::scope::RecordScope;
use super::symbols::{DefinitionTable, SymbolTable};
use super::{read_id, unknown_name};

/// The keys of an exception.
const KEYS: &[&str] =
    &["id", "title", "authority", "regime", "decided_by", "burden", "raised_by", "in_force", "when", "remarks", "confidence"];

impl Exception {
    pub(in crate::rulebook) fn read(node: &Node, register: &Register, reader: &mut RuleReader<'_>) -> Option<Self> {
        let map = Mapping::read(node, "an exception", KEYS, reader.problems)?;
        let id = read_id(&map, reader.problems);
        let title = map.require_text("title", reader.problems).unwrap_or_default().to_owned();
        let authority = register.citations(&map, reader.problems);
        map.require("decided_by", reader.problems);
        let decided_by = map.one_of("decided_by", &Decider::ALL.map(Decider::word), reader.problems);
        let decided_by = decided_by.and_then(|number| Decider::ALL.get(number).copied()).unwrap_or(Decider::Nature);
        let burden = match map.one_of("burden", &["shown", "excluded"], reader.problems) {
            Some(0) => Burden::Shown,
            Some(_) => Burden::Excluded,
            None => Burden::of_decider(decided_by),
        };
        let raising = map.get("raised_by").and_then(|n| Raising::read(n, burden, reader)).unwrap_or(Raising::ByReport);
        let in_force = InForce::read(map.get("in_force"), register, reader.problems);
        let when = map.require("when", reader.problems).and_then(|n| reader.condition(n, RecordScope::TRANSACTION));
        let (id, when) = (id?, when?);
        Some(Self {
            id,
            title,
            authority,
            decided_by,
            burden,
            raising,
            in_force,
            when,
            is_shared: false,
            has_own_days: false,
            span: node.span,
        })
    }
}

impl Raising {
    /// Reads `raised_by`: `always`, `report`, or a condition.
    fn read(node: &Node, burden: Burden, reader: &mut RuleReader<'_>) -> Option<Self> {
        if burden == Burden::Shown {
            let message = "an exception that has to be shown is never raised";
            reader.problems.push(
                Diagnostic::new(Code::RaisedButShown, node.span, message)
                    .help("leave `raised_by` out, or write `burden: excluded`"),
            );
        }
        match node.text() {
            Some("always") => Some(Raising::Always),
            Some("report") => Some(Raising::ByReport),
            Some(word) => {
                unknown_name(Code::UnknownWord, node, word, "way to raise an exception", ["always", "report"], reader.problems);
                None
            }
            None => reader.condition(node, RecordScope::TRANSACTION).map(|when| Raising::By(Box::new(when))),
        }
    }
}

/// Reads what is under `except`: exceptions written in place, and `use: id` for one of the shared ones.
pub(super) fn read_exceptions(node: Option<&Node>, register: &Register, reader: &mut RuleReader<'_>) -> Vec<Exception> {
    let mut found: Vec<Exception> = Vec::new();
    for element in node.map(Node::one_or_many).unwrap_or_default() {
        let exception = match element.get("use") {
            Some(used) => read_use(element, used, register, reader),
            None => Exception::read(element, register, reader),
        };
        found.extend(exception);
    }
    found
}

/// Reads the use of a shared exception, which can give it other days or paragraphs.
fn read_use(element: &Node, used: &Node, register: &Register, reader: &mut RuleReader<'_>) -> Option<Exception> {
    let keys = &["use", "in_force", "authority"];
    let map = Mapping::read(element, "an exception that uses a shared one", keys, reader.problems)?;
    let word = used.text().unwrap_or_default();
    let (symbols, used_at) = (reader.symbols, reader.used_at.unwrap_or(used.span));
    let Some(shared) = symbols.exemptions.find(word, reader.binding, used_at, register, symbols, reader.problems) else {
        unknown_name(Code::UnknownReference, used, word, "exemption", symbols.exemptions.names(), reader.problems);
        return None;
    };
    let mut exception = shared?;
    if map.get("authority").is_some() {
        exception.authority = register.citations(&map, reader.problems);
    }
    if let Some(in_force) = map.get("in_force") {
        exception.in_force = InForce::read(Some(in_force), register, reader.problems);
        exception.has_own_days = true;
    }
    Some(exception)
}

/// An exception under `exemptions`, as its file has it.
struct DeclaredException<'a> {
    node: &'a Node,
    /// The regime of its file; an exception without one is shared by all regimes.
    regime: Option<RegimeId>,
    /// True if it means something else in each regime.
    is_regime_dependent: bool,
}

/// The exceptions that rules take by `use`, each read for the regimes that use it.
#[derive(Default)]
pub(in crate::rulebook) struct SharedExceptions<'a> {
    declared: Vec<DeclaredException<'a>>,
    by_name: HashMap<String, usize>,
    read: RefCell<HashMap<(usize, Binding), Option<Exception>>>,
}

impl<'a> SharedExceptions<'a> {
    /// Adds an exception under `exemptions`. All definitions are declared before.
    pub(in crate::rulebook) fn declare(&mut self, node: &'a Node, regime: Option<RegimeId>, definitions: &DefinitionTable<'_>) {
        let conditions = || ["when", "raised_by"].into_iter().filter_map(|key| node.get(key));
        let mut used = Vec::new();
        conditions().for_each(|condition| collect_uses(condition, &mut used));
        let mut used = used.into_iter().filter_map(|name| definitions.declared().get(definitions.named(name)?));
        let is_regime_dependent = conditions().any(has_regime_words) || used.any(|definition| definition.is_regime_dependent);
        if let Some(id) = node.get("id").and_then(Node::text) {
            self.by_name.insert(id.to_owned(), self.declared.len());
        }
        self.declared.push(DeclaredException { node, regime, is_regime_dependent });
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    /// The exception of a name as it is read for a regime; `None` if there is none of that name, and in it `None` if it has a
    /// mistake that was reported.
    fn find(
        &self,
        name: &str,
        binding: Binding,
        used_at: Span,
        register: &Register,
        symbols: &SymbolTable<'_>,
        problems: &mut Diagnostics,
    ) -> Option<Option<Exception>> {
        let number = *self.by_name.get(name)?;
        Some(self.read(number, binding, Some(used_at), register, symbols, problems))
    }

    fn read(
        &self,
        number: usize,
        binding: Binding,
        used_at: Option<Span>,
        register: &Register,
        symbols: &SymbolTable<'_>,
        problems: &mut Diagnostics,
    ) -> Option<Exception> {
        let declared = self.declared.get(number)?;
        let (binding, used_at) = match declared.regime {
            Some(own) => (Binding::Of(own), None),
            None if declared.is_regime_dependent => (binding, used_at),
            None => (Binding::Unused, used_at),
        };
        if let Some(known) = self.read.borrow().get(&(number, binding)) {
            return known.clone();
        }
        let text = symbols.text_of(declared.node);
        let mut read = Exception::read(declared.node, register, &mut RuleReader { symbols, problems, text, binding, used_at });
        read.iter_mut().for_each(|exception| exception.is_shared = declared.regime.is_none());
        self.read.borrow_mut().insert((number, binding), read.clone());
        read
    }

    /// Reads the exceptions that no rule uses, for their mistakes, and gives every exception once for each regime that it was
    /// read for.
    pub(in crate::rulebook) fn finish(
        &self,
        register: &Register,
        symbols: &SymbolTable<'_>,
        problems: &mut Diagnostics,
    ) -> Vec<Exception> {
        for number in 0..self.declared.len() {
            let is_used = self.read.borrow().keys().any(|(read, _)| *read == number);
            if !is_used {
                self.read(number, Binding::Unused, None, register, symbols, problems);
            }
        }
        let read = self.read.borrow();
        let mut all: Vec<_> = read.iter().filter_map(|(key, exception)| Some((key.0, exception.clone()?))).collect();
        all.sort_by_key(|(number, _)| *number);
        all.into_iter().map(|(_, exception)| exception).collect()
    }
}
