//! The engines, each used as its own documentation recommends where throughput counts: rules compiled once, records in
//! the engine's own form before the clock starts, one thread.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow};
use datalogic_rs::ParsedData;
use datalogic_rs::bumpalo::Bump;
use interdict::engine::{Case, Compiled, Options, Screener};
use interdict::intake::{Intake, Reported};
use interdict::rulebook::{Rulebook, built_in, load_without_tests};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use rsigma_eval::JsonEvent;
use serde_json::Value;

use crate::rules::{self, Rule};

/// Rule and record of every hit, sorted.
pub type Hits = Vec<(u32, u16)>;

/// An engine with its rules and the records in its own form.
pub trait Engine {
    fn name(&self) -> &'static str;
    /// Every rule on every record.
    fn hits(&mut self) -> Result<Hits>;
}

fn number(id: &str) -> Result<u16> {
    id.strip_prefix("peer-").and_then(|n| n.parse().ok()).with_context(|| format!("`{id}` is none of the rules"))
}

pub struct Interdict {
    rulebook: &'static Rulebook,
    compiled: Compiled<'static>,
    reported: Vec<Reported>,
}

impl Interdict {
    pub fn new(rules: &[Rule], lines: &str) -> Result<Self> {
        let mut files = built_in();
        // Vocabulary, countries, units and evidence are the program's; the law is the hundred rules.
        files.files.retain(|(name, _)| !name.starts_with("un/"));
        let regime = "interdict: 1\nregime: {id: peers, title: Peers, committee: None, nexus: {any: [{from: KP}, {to: KP}]}}\n\
                      resolutions: [{symbol: S/RES/9001 (2001), adopted: 2001-03-01, paragraphs: [{op: 1, what: is made for this}]}]\n";
        files.files.push(("peers/regime.yaml".to_owned(), regime.into()));
        files.files.push(("peers/rules.yaml".to_owned(), rules::for_interdict(rules).into()));
        let (loaded, problems) = load_without_tests(files);
        // The compiled form borrows from the rulebook, and both are kept until the program ends.
        let rulebook: &'static Rulebook = match loaded {
            Ok(rulebook) => Box::leak(rulebook),
            Err(sources) => anyhow::bail!("{}", interdict::report::render_diagnostics(&problems, &sources, false)),
        };
        let intake = Intake::read_text("records.ndjson", lines, &rulebook.vocabulary);
        anyhow::ensure!(
            intake.problems.is_empty(),
            "{}",
            interdict::report::render_diagnostics(&intake.problems, &intake.sources, false)
        );
        Ok(Self { rulebook, compiled: Compiled::new(rulebook, &Options::default()), reported: intake.incidents })
    }
}

impl Engine for Interdict {
    fn name(&self) -> &'static str {
        "interdict"
    }

    fn hits(&mut self) -> Result<Hits> {
        interdict_hits(self.rulebook, &self.compiled, &self.reported)
    }
}

/// The compiled evaluator, which has seen no transaction yet. The records leave nothing open, so a rule that speaks is one whose
/// condition is true; that the hit sets are equal shows it.
fn interdict_hits(rulebook: &Rulebook, compiled: &Compiled<'_>, reported: &[Reported]) -> Result<Hits> {
    let [reported] = reported else { return Err(anyhow!("the records are one incident")) };
    let numbers: Vec<u16> = rulebook.rules.iter().map(|r| number(&r.id)).collect::<Result<_>>()?;
    let mut screener = Screener::new(compiled);
    let mut hits = Hits::new();
    for record in 0..reported.transactions().len() {
        let case = Case::new(rulebook, reported, record, None, None).context("a record is a case")?;
        for position in &screener.screen(&case).speaking {
            hits.push((u32::try_from(record)?, *numbers.get(*position).context("a rule has a number")?));
        }
    }
    Ok(hits)
}

/// Its own index over all rules; `evaluate` gives every rule that matches.
pub struct Rsigma {
    engine: rsigma_eval::Engine,
    records: Arc<Vec<Value>>,
}

impl Rsigma {
    pub fn new(rules: &[Rule], records: Arc<Vec<Value>>) -> Result<Self> {
        let collection = rsigma_parser::parse_sigma_yaml(&rules::for_rsigma(rules))?;
        anyhow::ensure!(collection.errors.is_empty(), "{:?}", collection.errors);
        let mut engine = rsigma_eval::Engine::new();
        engine.add_collection(&collection)?;
        anyhow::ensure!(engine.rule_count() == rules.len(), "{} rules were taken", engine.rule_count());
        Ok(Self { engine, records })
    }
}

impl Engine for Rsigma {
    fn name(&self) -> &'static str {
        "rsigma-eval"
    }

    fn hits(&mut self) -> Result<Hits> {
        let mut hits = Hits::new();
        for (record, value) in (0..).zip(self.records.iter()) {
            for found in self.engine.evaluate(&JsonEvent::borrow(value)) {
                hits.push((record, number(&found.header.rule_title)?));
            }
        }
        Ok(hits)
    }
}

/// Every rule by itself, with all of its optimisations.
pub struct Tau {
    rules: Vec<tau_engine::Rule>,
    records: Arc<Vec<Value>>,
}

impl Tau {
    pub fn new(rules: &[Rule], records: Arc<Vec<Value>>) -> Result<Self> {
        let compile = |rule| -> Result<tau_engine::Rule> {
            let rule = tau_engine::Rule::from_str(&rules::for_tau(rule)).map_err(|e| anyhow!("{e}"))?;
            Ok(rule.optimise(tau_engine::Optimisations::default()))
        };
        Ok(Self { rules: rules.iter().map(compile).collect::<Result<_>>()?, records })
    }
}

impl Engine for Tau {
    fn name(&self) -> &'static str {
        "tau-engine"
    }

    fn hits(&mut self) -> Result<Hits> {
        let mut hits = Hits::new();
        for (record, value) in (0..).zip(self.records.iter()) {
            for (number, rule) in (0..).zip(&self.rules) {
                if rule.matches(value) {
                    hits.push((record, number));
                }
            }
        }
        Ok(hits)
    }
}

/// Every rule by itself, compiled; records parsed once into arenas (`ParsedData`), the form without cost per call.
pub struct Datalogic {
    engine: datalogic_rs::Engine,
    rules: Vec<datalogic_rs::Logic>,
    records: Vec<ParsedData>,
}

impl Datalogic {
    pub fn new(rules: &[Rule], lines: &str) -> Result<Self> {
        let engine = datalogic_rs::Engine::new();
        let compiled = rules.iter().map(|r| engine.compile(rules::for_datalogic(r).to_string().as_str()));
        let rules = compiled.collect::<Result<_, _>>().map_err(|e| anyhow!("{e}"))?;
        let records = lines.lines().map(ParsedData::from_json).collect::<Result<_, _>>().map_err(|e| anyhow!("{e}"))?;
        Ok(Self { engine, rules, records })
    }
}

impl Engine for Datalogic {
    fn name(&self) -> &'static str {
        "datalogic-rs"
    }

    fn hits(&mut self) -> Result<Hits> {
        let mut hits = Hits::new();
        let mut arena = Bump::new();
        for (record, parsed) in (0..).zip(&self.records) {
            for (number, rule) in (0..).zip(&self.rules) {
                let answer = self.engine.evaluate(rule, parsed.value(), &arena).map_err(|e| anyhow!("{e}"))?;
                if answer.as_bool() == Some(true) {
                    hits.push((record, number));
                }
            }
            arena.reset();
        }
        Ok(hits)
    }
}

/// All rules as one module, compiled for its virtual machine, which is kept from record to record.
pub struct Regorus {
    machine: RegoVM,
    records: Vec<regorus::Value>,
}

impl Regorus {
    pub fn new(rules: &[Rule], lines: &str) -> Result<Self> {
        let entry = "data.peers.hits";
        let mut engine = regorus::Engine::new();
        engine.add_policy("peers.rego".to_owned(), rules::for_regorus(rules))?;
        let policy = engine.compile_with_entrypoint(&entry.into())?;
        let program = Compiler::compile_from_policy(&policy, &[entry]).map_err(|e| anyhow!("{e}"))?;
        let mut machine = RegoVM::new_with_policy(policy);
        // As in its own benchmark of a machine that is kept: a limit meant for one short query is no part of this.
        machine.set_max_instructions(10_000_000);
        machine.load_program(program);
        machine.set_data(regorus::Value::new_object()).map_err(|e| anyhow!("{e}"))?;
        let records = lines.lines().map(regorus::Value::from_json_str).collect::<Result<_>>()?;
        Ok(Self { machine, records })
    }
}

impl Engine for Regorus {
    fn name(&self) -> &'static str {
        "regorus"
    }

    fn hits(&mut self) -> Result<Hits> {
        let mut hits = Hits::new();
        for (record, value) in (0..).zip(&self.records) {
            // A value is a counted pointer: this copies no record.
            self.machine.set_input(value.clone());
            let found = self.machine.execute_entry_point_by_index(0).map_err(|e| anyhow!("{e}"))?;
            for id in found.as_set()? {
                hits.push((record, number(id.as_string()?)?));
            }
        }
        Ok(hits)
    }
}
