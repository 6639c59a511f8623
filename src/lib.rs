//! United Nations Security Council sanctions as code: a rule engine for reported transactions.
//!
//! An incident file says what is *reported* to have moved, between whom, when, and on whose word. A [`Checker`] says which
//! paragraph of which resolution applies to it, on which facts, with which certainty, and which fact is missing. Verdicts are
//! three-valued: what a report does not say is neither a breach nor clear.
//!
//! ```
//! use interdict::{Checker, IncidentFile, Rulebook, Verdict};
//!
//! let text = "\
//! id: coal-and-fuel
//! sources:
//!   - {id: panel, kind: panel-of-experts, reliability: A, credibility: 1}
//! transactions:
//!   - {id: cargo, activity: sale, date: 2018-03-01, from: KP, to: CN, sources: [panel],
//!      items: [{description: anthracite, quantity: 5000 t}]}
//!   - {id: tanker, activity: sale, date: 2018-03-01, from: CN, to: KP, sources: [panel],
//!      items: [{description: fuel}]}
//! ";
//! let rulebook = Rulebook::built_in()?;
//! let incident = IncidentFile::parse("coal-and-fuel.yaml", text, &rulebook)?;
//! let checked = Checker::new(&rulebook).check(&incident);
//!
//! let [coal, fuel] = checked.findings().collect::<Vec<_>>()[..] else { panic!("two findings") };
//! assert_eq!((coal.rule.as_str(), coal.verdict), ("dprk-coal", Verdict::Violation));
//! assert_eq!(coal.authority[0].to_string(), "S/RES/2371 (2017) para 8");
//! assert_eq!(coal.subject.as_ref().map(|item| item.label.as_str()), Some("anthracite"));
//! // Which fuel it was would settle whether refined petroleum was sold.
//! assert_eq!((fuel.rule.as_str(), fuel.verdict), ("dprk-refined", Verdict::InsufficientInformation));
//! assert_eq!(fuel.missing, ["items[0].description"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Modules
//!
//! Data flows one way, and a module knows only those above it in this table:
//!
//! | module | holds |
//! |---|---|
//! | [`document`] | texts with places, trees of YAML and JSON, diagnostics |
//! | [`facts`] | the records of an incident, and the three truth values |
//! | [`rulebook`] | rules, goods lists, quotas and resolutions, loaded and checked |
//! | [`intake`] | incident files and ledgers: from text to facts |
//! | [`engine`] | facts and rules to verdicts with their proof; quotas |
//! | [`draft`] | drafts of incidents from articles in plain English |
//! | [`decisions`] | decisions of a person about findings of earlier runs |
//! | [`report`] | the report as data, and one writer for each format |
//! | [`run`] | a run over many files and streams, in parallel |
//! | [`audit`] | seals, signatures, and comparison with a run of the same inputs |
//! | [`workbench`] | tests of a rulebook, their coverage, mutation testing |
//! | [`lists`] | lists of designated parties: readers, state on a day, changes |
//! | [`screening`] | which listed party a name means, with the reasons |
//! | [`cli`] | the command line |
//!
//! [`Checker`], [`IncidentFile`], [`Rulebook`] and the [`report`] are the interface for other programs. The other modules are
//! public for the program, its tests and its benchmarks; they change without notice.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

mod checker;

pub mod audit;
pub mod cli;
pub mod decisions;
pub mod document;
pub mod draft;
pub mod engine;
pub mod facts;
pub mod intake;
pub mod lists;
pub mod report;
pub mod rulebook;
pub mod run;
pub mod screening;
pub mod workbench;

pub use checker::{CheckedIncidents, Checker, IncidentFile, InvalidIncident, UnknownRegime};
pub use engine::Verdict;
pub use rulebook::Rulebook;
