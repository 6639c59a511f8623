//! Definitions, exemptions, lists of goods and quotas in words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::facts::{HsRange, Unit};
use crate::rulebook::{Definition, Exception, GoodsBasis, GoodsList, LimitPolicy, Phrase, Quota, QuotaPeriods, Rulebook};

use super::condition_tree::ConditionTree;
use super::rule_page::{citations, nature, rule_page};
use super::uses::{Part, exemptions, used_by};
use super::wrap::wrapped;

/// The pages of all parts of a rulebook with an id: a rule, definition, exemption, list of goods or quota; empty if there is
/// none.
pub fn part_pages(id: &str, rulebook: &Rulebook) -> Vec<String> {
    let rule = rulebook.find_rule(id).map(|rule| rule_page(rule, rulebook));
    let mut pages: Vec<String> = rule.into_iter().collect();
    let definition = rulebook.definitions.iter().find(|definition| definition.id == id);
    pages.extend(definition.map(|definition| definition_page(definition, rulebook)));
    pages.extend(exemptions(rulebook).into_iter().filter(|e| e.id == id).map(|e| exemption_page(e, rulebook)));
    pages.extend(rulebook.goods.find(id).and_then(|list| Some(goods_page(id, rulebook.goods.get(list)?, rulebook))));
    pages.extend(
        rulebook.quotas().filter(|(_, quota)| quota.id == id).map(|(id, quota)| quota_page(Part::Quota(id), quota, rulebook)),
    );
    pages
}

/// The ids of everything that has a page.
pub fn part_ids(rulebook: &Rulebook) -> Vec<&str> {
    let rules = rulebook.rules.iter().map(|rule| rule.id.as_str());
    let definitions: BTreeSet<&str> = rulebook.definitions.iter().map(|definition| definition.id.as_str()).collect();
    let quotas = rulebook.quotas.iter().map(|quota| quota.id.as_str());
    let exemptions = exemptions(rulebook).into_iter().map(|exception| exception.id.as_str());
    rules.chain(definitions).chain(quotas).chain(exemptions).chain(rulebook.goods.ids()).collect()
}

fn heading(out: &mut String, kind: &str, id: &str, title: &str, authority: &str) {
    wrapped(out, "", "  ", &format!("{kind} {id}: {title}"));
    if !authority.is_empty() {
        wrapped(out, "  paragraphs   ", "               ", authority);
    }
}

fn definition_page(definition: &Definition, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    heading(&mut out, "definition", &definition.id, &definition.title, &citations(&definition.authority));
    let _ = writeln!(out, "  of           {}", definition.table.noun);
    let _ = writeln!(out, "  stands at    {}", rulebook.sources.location(definition.span));
    let of_regimes = rulebook.definitions.iter().filter(|other| other.span == definition.span);
    let mut regimes: Vec<&str> = of_regimes.filter_map(|d| rulebook.regime(d.regime?)).map(|regime| regime.id.as_str()).collect();
    regimes.sort_unstable();
    if regimes.len() > 1 {
        wrapped(&mut out, "  shared by    ", "               ", &regimes.join(", "));
    }
    out.push_str("\n  holds when\n");
    ConditionTree::as_written(rulebook).write(&mut out, &definition.when, 2);
    used_by(&mut out, Part::Definition(definition), rulebook);
    out
}

fn exemption_page(exception: &Exception, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    heading(&mut out, "exemption", &exception.id, &exception.title, "");
    wrapped(&mut out, "  counts       ", "               ", &nature(exception));
    let _ = writeln!(out, "  stands at    {}", rulebook.sources.location(exception.span));
    out.push_str("\n  applies when\n");
    ConditionTree::as_written(rulebook).write(&mut out, &exception.when, 2);
    used_by(&mut out, Part::Exemption(exception), rulebook);
    out
}

fn goods_page(id: &str, list: &GoodsList, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    heading(&mut out, "list of goods", id, &list.title, &citations(&list.authority));
    if !list.in_force.is_always() {
        let _ = writeln!(out, "  in force     {}", list.in_force);
    }
    let basis = match list.basis {
        GoodsBasis::Hs => "the resolution names HS codes",
        GoodsBasis::Description => "the resolution names the goods in words",
    };
    let _ = writeln!(out, "  rests on     {basis}");
    let codes = |ranges: &[HsRange]| ranges.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let phrases = |phrases: &[Phrase]| phrases.iter().map(|phrase| phrase.written.as_str()).collect::<Vec<_>>().join(", ");
    let named = |lists: &[crate::rulebook::GoodsListId]| {
        lists.iter().filter_map(|id| rulebook.goods.get(*id)).map(|list| list.id.as_str()).collect::<Vec<_>>().join(", ")
    };
    for (what, text) in [
        ("includes the lists", named(&list.includes)),
        ("without the lists", named(&list.outside)),
        (if list.hs_indicative { "codes, which only indicate" } else { "codes" }, codes(&list.hs)),
        ("codes of which a part belongs to it", codes(&list.hs_partly)),
        ("words that mean it", phrases(&list.sure)),
        ("words that can mean it", phrases(&list.ambiguous)),
        ("words of other goods", phrases(&list.not_terms)),
    ] {
        if !text.is_empty() {
            let _ = writeln!(out, "\n  {what}");
            wrapped(&mut out, "    ", "    ", &text);
        }
    }
    if let Some(list) = rulebook.goods.find(id) {
        used_by(&mut out, Part::Goods(list), rulebook);
    }
    out
}

fn quota_page(part: Part<'_>, quota: &Quota, rulebook: &Rulebook) -> String {
    let mut out = String::new();
    heading(&mut out, "quota", &quota.id, &quota.title, &citations(&quota.authority));
    let unit = |unit: Unit| rulebook.vocabulary.unit_name(unit).to_owned();
    let limits: Vec<String> = quota.limits.iter().map(|(limit, of)| format!("{limit} {}", unit(*of))).collect();
    let joined = match quota.reached_when {
        LimitPolicy::Any => limits.join(" or, if reached earlier, "),
        LimitPolicy::All => limits.join(" and "),
        LimitPolicy::ReportedUnit => limits.join(" or "),
    };
    wrapped(&mut out, "  limit        ", "               ", &joined);
    let until = |last: Option<chrono::NaiveDate>| last.map(|day| format!(" to {day}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "  period       {}",
        match quota.periods {
            QuotaPeriods::Once(period) => period.to_string(),
            QuotaPeriods::CalendarYear(from, to) => format!("calendar years from {from}{}", until(to)),
            QuotaPeriods::TwelveMonths(from, to) => format!("twelve months again and again from {from}{}", until(to)),
        }
    );
    if let Some(share) = quota.closing_at {
        let _ = writeln!(out, "  closed       by notice of the Committee at {share} %");
    }
    for factor in &quota.factors {
        let goods = factor.goods.and_then(|list| rulebook.goods.get(list)).map(|list| format!(" of {}", list.id));
        let _ = writeln!(out, "  converts     1 {}{} counts {}", unit(factor.from), goods.unwrap_or_default(), factor.factor);
    }
    if let Some(source) = &quota.factors_source {
        wrapped(&mut out, "               ", "               ", source);
    }
    let counted = match (quota.counts.quantity, quota.counts.value) {
        (true, true) => "quantity and value",
        (false, true) => "value",
        _ => "quantity",
    };
    let _ = writeln!(out, "  counts       the {counted} of items");
    let _ = writeln!(out, "  stands at    {}", rulebook.sources.location(quota.span));
    out.push_str("\n  counts what is such that\n");
    ConditionTree::new(rulebook).write(&mut out, &quota.counts.when, 2);
    used_by(&mut out, part, rulebook);
    out
}
