//! The engines, each used as its own documentation recommends where throughput counts: rules compiled once, records in
//! the engine's own form before the clock starts, one thread.
//!
//! Records come in batches, as from a stream: each engine reads a batch into its own form, and then is asked about it.

use anyhow::{Context as _, Result, anyhow};
use datalogic_rs::ParsedData;
use datalogic_rs::bumpalo::Bump;
use interdict::engine::AssessOptions;
use interdict::engine::internals::{CompiledRules, EvalContext, RuleSelector};
use interdict::facts::ReportedIncident;
use interdict::intake::Intake;
use interdict::rulebook::{RuleFiles, Rulebook};
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use rsigma_eval::JsonEvent;
use serde_json::Value;

use crate::rules::{self, Rule};

/// Rule and record of every hit, sorted.
pub type Hits = Vec<(u32, u16)>;

/// Records that every engine is asked about before the next.
pub struct Batch<'l> {
    /// The number of the first.
    pub first: u32,
    pub lines: &'l [&'l str],
}

impl Batch<'_> {
    fn read<T, E>(&self, one: impl FnMut(&&str) -> Result<T, E>) -> Result<Vec<T>, E> {
        self.lines.iter().map(one).collect()
    }
}

/// An engine with its rules.
pub trait Engine {
    fn name(&self) -> &'static str;
    /// Forgets what it found out about records.
    fn begin(&mut self) {}
    /// Reads records into its own form, in place of those before.
    fn read(&mut self, batch: &Batch<'_>) -> Result<()>;
    /// Every rule on every record that was read.
    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()>;
}

fn number(id: &str) -> Result<u16> {
    id.strip_prefix("peer-").and_then(|n| n.parse().ok()).with_context(|| format!("`{id}` is none of the rules"))
}

/// The prefilter. The records leave nothing open, so a rule that matches is one whose condition is true; that the
/// hit sets are equal shows it.
pub struct Interdict {
    name: &'static str,
    new_selector: fn(&'static CompiledRules<'static>) -> RuleSelector<'static, 'static>,
    rulebook: &'static Rulebook,
    numbers: Vec<u16>,
    selector: RuleSelector<'static, 'static>,
    reported: Vec<ReportedIncident>,
}

impl Interdict {
    /// As `interdict check` uses it.
    pub fn new(rules: &[Rule]) -> Result<Self> {
        Self::named("interdict", rules, RuleSelector::new)
    }

    /// With nothing cached from one record to the next.
    pub fn without_cache(rules: &[Rule]) -> Result<Self> {
        Self::named("interdict-uncached", rules, RuleSelector::without_cache)
    }

    fn named(
        name: &'static str,
        rules: &[Rule],
        new_selector: fn(&'static CompiledRules<'static>) -> RuleSelector<'static, 'static>,
    ) -> Result<Self> {
        let mut files = RuleFiles::built_in();
        // Vocabulary, countries, units and evidence are the program's; the law is the hundred rules.
        files.files.retain(|(name, _)| !name.starts_with("un/"));
        let regime = "interdict: 1\nregime: {id: peers, title: Peers, committee: None, nexus: {any: [{from: KP}, {to: KP}]}}\n\
                      resolutions: [{symbol: S/RES/9001 (2001), adopted: 2001-03-01, paragraphs: [{op: 1, what: is made for this}]}]\n";
        files.files.push(("peers/regime.yaml".to_owned(), regime.into()));
        files.files.push(("peers/rules.yaml".to_owned(), rules::for_interdict(rules).into()));
        // What is borrowed from is kept until the program ends.
        let rulebook: &'static Rulebook = match Rulebook::load_without_tests(files) {
            Ok(rulebook) => Box::leak(Box::new(rulebook)),
            Err(invalid) => {
                anyhow::bail!("{}", interdict::report::render_diagnostics(invalid.diagnostics(), invalid.sources(), false))
            }
        };
        let compiled: &'static CompiledRules<'static> =
            Box::leak(Box::new(CompiledRules::new(rulebook, &AssessOptions::default())));
        let numbers = rulebook.rules.iter().map(|r| number(&r.id)).collect::<Result<_>>()?;
        Ok(Self { name, new_selector, rulebook, numbers, selector: new_selector(compiled), reported: Vec::new() })
    }
}

impl Engine for Interdict {
    fn name(&self) -> &'static str {
        self.name
    }

    fn begin(&mut self) {
        self.selector = (self.new_selector)(self.selector.compiled());
    }

    fn read(&mut self, batch: &Batch<'_>) -> Result<()> {
        let intake = Intake::read_text("records.ndjson", &batch.lines.join("\n"), &self.rulebook.vocabulary);
        anyhow::ensure!(
            intake.problems.is_empty(),
            "{}",
            interdict::report::render_diagnostics(&intake.problems, &intake.sources, false)
        );
        self.reported = intake.incidents;
        Ok(())
    }

    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()> {
        let [reported] = self.reported.as_slice() else { return Err(anyhow!("the records are one incident")) };
        for (record, index) in (batch.first..).zip(0..reported.transactions().len()) {
            let case = EvalContext::new(self.rulebook, reported, index, None, None).context("a record is a case")?;
            for position in &self.selector.select(&case).matching {
                hits.push((record, *self.numbers.get(*position).context("a rule has a number")?));
            }
        }
        Ok(())
    }
}

/// Its own index over all rules; `evaluate` gives every rule that matches.
pub struct Rsigma {
    engine: rsigma_eval::Engine,
    records: Vec<Value>,
}

impl Rsigma {
    pub fn new(rules: &[Rule]) -> Result<Self> {
        let collection = rsigma_parser::parse_sigma_yaml(&rules::for_rsigma(rules))?;
        anyhow::ensure!(collection.errors.is_empty(), "{:?}", collection.errors);
        let mut engine = rsigma_eval::Engine::new();
        engine.add_collection(&collection)?;
        anyhow::ensure!(engine.rule_count() == rules.len(), "{} rules were taken", engine.rule_count());
        Ok(Self { engine, records: Vec::new() })
    }
}

impl Engine for Rsigma {
    fn name(&self) -> &'static str {
        "rsigma-eval"
    }

    fn read(&mut self, batch: &Batch<'_>) -> Result<()> {
        self.records = batch.read(|line| serde_json::from_str(line))?;
        Ok(())
    }

    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()> {
        for (record, value) in (batch.first..).zip(&self.records) {
            for found in self.engine.evaluate(&JsonEvent::borrow(value)) {
                hits.push((record, number(&found.header.rule_title)?));
            }
        }
        Ok(())
    }
}

/// Every rule by itself, with all of its optimisations.
pub struct Tau {
    rules: Vec<tau_engine::Rule>,
    records: Vec<Value>,
}

impl Tau {
    pub fn new(rules: &[Rule]) -> Result<Self> {
        let compile = |rule| -> Result<tau_engine::Rule> {
            let rule = tau_engine::Rule::from_str(&rules::for_tau(rule)).map_err(|e| anyhow!("{e}"))?;
            Ok(rule.optimise(tau_engine::Optimisations::default()))
        };
        Ok(Self { rules: rules.iter().map(compile).collect::<Result<_>>()?, records: Vec::new() })
    }
}

impl Engine for Tau {
    fn name(&self) -> &'static str {
        "tau-engine"
    }

    fn read(&mut self, batch: &Batch<'_>) -> Result<()> {
        self.records = batch.read(|line| serde_json::from_str(line))?;
        Ok(())
    }

    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()> {
        for (record, value) in (batch.first..).zip(&self.records) {
            for (number, rule) in (0..).zip(&self.rules) {
                if rule.matches(value) {
                    hits.push((record, number));
                }
            }
        }
        Ok(())
    }
}

/// Every rule by itself, compiled; records parsed once into arenas (`ParsedData`), the form without cost per call.
pub struct Datalogic {
    engine: datalogic_rs::Engine,
    rules: Vec<datalogic_rs::Logic>,
    records: Vec<ParsedData>,
    arena: Bump,
}

impl Datalogic {
    pub fn new(rules: &[Rule]) -> Result<Self> {
        let engine = datalogic_rs::Engine::new();
        let compiled = rules.iter().map(|r| engine.compile(rules::for_datalogic(r).to_string().as_str()));
        let rules = compiled.collect::<Result<_, _>>().map_err(|e| anyhow!("{e}"))?;
        Ok(Self { engine, rules, records: Vec::new(), arena: Bump::new() })
    }
}

impl Engine for Datalogic {
    fn name(&self) -> &'static str {
        "datalogic-rs"
    }

    fn read(&mut self, batch: &Batch<'_>) -> Result<()> {
        self.records = batch.read(|line| ParsedData::from_json(line)).map_err(|e| anyhow!("{e}"))?;
        Ok(())
    }

    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()> {
        for (record, parsed) in (batch.first..).zip(&self.records) {
            for (number, rule) in (0..).zip(&self.rules) {
                let answer = self.engine.evaluate(rule, parsed.value(), &self.arena).map_err(|e| anyhow!("{e}"))?;
                if answer.as_bool() == Some(true) {
                    hits.push((record, number));
                }
            }
            self.arena.reset();
        }
        Ok(())
    }
}

/// All rules as one module, compiled for its virtual machine, which is kept from record to record.
pub struct Regorus {
    machine: RegoVM,
    records: Vec<regorus::Value>,
}

impl Regorus {
    pub fn new(rules: &[Rule]) -> Result<Self> {
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
        Ok(Self { machine, records: Vec::new() })
    }
}

impl Engine for Regorus {
    fn name(&self) -> &'static str {
        "regorus"
    }

    fn read(&mut self, batch: &Batch<'_>) -> Result<()> {
        self.records = batch.read(|line| regorus::Value::from_json_str(line))?;
        Ok(())
    }

    fn hits(&mut self, batch: &Batch<'_>, hits: &mut Hits) -> Result<()> {
        for (record, value) in (batch.first..).zip(&self.records) {
            // A value is a counted pointer: this copies no record.
            self.machine.set_input(value.clone());
            let found = self.machine.execute_entry_point_by_index(0).map_err(|e| anyhow!("{e}"))?;
            for id in found.as_set()? {
                hits.push((record, number(id.as_string()?)?));
            }
        }
        Ok(())
    }
}
