//! The bans that lead a transaction on the page at the top: one, or that of each regime where several speak.

use crate::report::model::{Finding, TransactionReport};

use super::number_of;

/// What leads a transaction: the paragraph of its gravest finding, or one of each regime.
#[derive(Debug)]
pub(in crate::report) struct LeadingBans<'r> {
    /// The findings that lead, the gravest first, each with what its regime is called where there are several.
    pub bans: Vec<(Option<&'r str>, &'r Finding)>,
    /// The number of other paragraphs: `and 2 more paragraphs`.
    pub more: Option<String>,
}

impl<'r> LeadingBans<'r> {
    /// What leads a transaction; `None` if there is no finding. A regime of which everything is open leads only where no
    /// other has a breach.
    pub fn new(transaction: &'r TransactionReport) -> Option<Self> {
        let leading = transaction.leading_finding()?;
        let counts = |finding: &Finding| {
            finding.verdict == leading.verdict || (finding.verdict.is_breach() && leading.verdict.is_breach())
        };
        let of_regimes = transaction.regimes.iter().filter_map(|regime| {
            let finding = transaction.findings.iter().find(|finding| finding.fingerprint == regime.leading)?;
            Some((Some(regime.title.as_str()), finding)).filter(|_| counts(finding))
        });
        let mut bans: Vec<(Option<&str>, &Finding)> = of_regimes.collect();
        if bans.len() < 2 {
            bans = vec![(None, leading)];
        }
        let named: Vec<String> = bans.iter().filter_map(|(_, ban)| paragraph(ban)).collect();
        let others = transaction.findings.iter().filter(|finding| counts(finding)).filter_map(paragraph);
        let mut others: Vec<String> = others.filter(|paragraph| !named.contains(paragraph)).collect();
        others.sort_unstable();
        others.dedup();
        let more = (!others.is_empty()).then(|| format!("and {}", number_of(others.len(), "more paragraph")));
        Some(Self { bans, more })
    }

    /// The paragraphs with their regimes: `S/RES/1874 (2009) para 9`, or `2 regimes: Iran, S/RES/1747 (2007) para 5; Yemen, ...`.
    pub fn paragraphs(&self) -> Option<String> {
        let of_regime = |(regime, ban): &(Option<&str>, &Finding)| {
            let regime = regime.map(|regime| format!("{regime}, ")).unwrap_or_default();
            Some(format!("{regime}{}", paragraph(ban)?))
        };
        let all: Vec<String> = self.bans.iter().filter_map(of_regime).collect();
        match all.len() {
            0 => None,
            1 => Some(all.join("")),
            number => Some(format!("{number} regimes: {}", all.join("; "))),
        }
    }

    /// The paragraphs, and how many more there are.
    pub fn citation(&self) -> Option<String> {
        let paragraphs = self.paragraphs()?;
        Some(match &self.more {
            Some(more) => format!("{paragraphs} ({more})"),
            None => paragraphs,
        })
    }

    /// What they say with their paragraphs, as one sentence.
    pub fn sentence(&self) -> Option<String> {
        match self.bans.as_slice() {
            [_] => Some(format!("{}: {}", self.titles(), self.citation()?)),
            _ => {
                let more = self.more.as_ref().map(|more| format!(" ({more})")).unwrap_or_default();
                let of_regime = |(regime, ban): &(Option<&str>, &Finding)| {
                    Some(format!("{} ({}): {}", regime.as_ref()?, paragraph(ban)?, ban.title))
                };
                let all: Vec<String> = self.bans.iter().filter_map(of_regime).collect();
                Some(format!("{} regimes: {}{more}", all.len(), all.join("; ")))
            }
        }
    }

    /// What the bans say: `No luxury goods may go to the DPRK`, of several regimes each after its name.
    pub fn titles(&self) -> String {
        let title = |(regime, ban): &(Option<&str>, &Finding)| match regime {
            Some(regime) => format!("{regime}: {}", ban.title),
            None => ban.title.clone(),
        };
        self.bans.iter().map(title).collect::<Vec<_>>().join("; ")
    }
}

fn paragraph(finding: &Finding) -> Option<String> {
    finding.authority.first().map(ToString::to_string)
}
