//! The sentences of a report: one wording of each finding, fact, decision and summary for all formats.
//!
//! Everything here is built from the model and holds no layout: a format decides where a sentence stands and how it is
//! marked up. Sentences hold texts of unknown origin, which a format must make inert before it writes them.

mod date;
mod decision;
mod fact;
mod finding;
mod leading_bans;
mod page;
mod question;
mod run;

pub(super) use date::period_in_words;
pub use decision::decision_sentence;
pub(super) use decision::{decision_name, decision_state, decisions_line, ineffective_decisions};
pub(super) use fact::{
    NOT_REPORTED, asks, decisive_derived, derived_fact, derived_sentence, fact_is, fact_label, fact_list, missing_fact,
    near_miss_sentence, reported_as, unlisted_word, unmet_condition,
};
pub(super) use finding::{
    Body, Section, Telling, Topic, alternatives, exception_sentence, headline, item_name, item_number, missing_facts, paragraphs,
    rule_with_paragraphs, sections,
};
pub(super) use leading_bans::LeadingBans;
pub(super) use page::{PageBlock, PageLine, not_checked, red_flags, shared_exception_sentence, shared_exceptions};
pub(super) use question::{
    FindingOrQuestion, OpenQuestion, bans_and_questions, findings_and_questions, open_questions, question_text, triage_sentence,
};
pub(super) use run::{
    CAVEAT, ProblemGroup, also_not_checked, finding_counts, not_assessed_sentence, number_of, problem_groups, problem_lines,
    rulebook_id, transaction_counts,
};
