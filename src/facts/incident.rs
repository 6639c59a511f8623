//! The incident as a whole: its sources, its context and its transactions.

use super::Transaction;
use super::declare::record;

record! {
    /// An incident: what one report, or several about the same matter, say happened.
    Incident, "an incident" {
        /// id, which stays the same
        id: Text, not asked;
        /// title, for people
        title: Text, not asked;
        /// what happened, for people
        summary: Text, not asked;
        /// default date of the transactions
        date: Date, not asked;
        /// documents and bodies that report it
        sources: Many<EvidenceSource>, as "source";
        /// state of quotas as the report gives it
        context: One<Context>, not asked;
        /// what was moved, provided or done
        transactions: Many<Transaction>, not asked;
    }
}

record! {
    /// A source: a document or body that reports an incident.
    EvidenceSource, "a source" {
        /// id by which transactions refer to it
        id: Text, role PlainText, not asked;
        /// kind of source, which decides whether it establishes what it reports
        kind: Terms, in SourceKind, needs value;
        /// title
        title: Text, not asked;
        /// publisher
        publisher: Text;
        /// true if its author has taken it back
        retracted: YesNo;
        /// when it was published
        published: Date;
        /// address
        url: Text, not asked;
        /// Admiralty grade of the source, A to F
        reliability: Reliability;
        /// Admiralty grade of the information, 1 to 6
        credibility: Credibility;
    }
}

record! {
    /// The state of quotas as reported, apart from the transactions of the incident.
    Context, "a context" {
        /// totals up to a day, without the incident's own transactions
        balances: Many<Balance>;
        /// notices that a share of a quota has been reached
        notices: Many<Notice>;
    }
}

record! {
    /// A reported total that counts towards a quota, up to a day.
    Balance, "a balance" {
        /// the quota's id
        quota: Text;
        /// period that it is counted for
        period: Date;
        /// total
        amount: Amount;
        /// last day that it includes
        as_of: Date;
        /// established or alleged
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report it
        sources: SourceRefs, role Sources;
    }
}

record! {
    /// A notice by an authority that a share of a quota has been reached.
    Notice, "a notice" {
        /// the quota's id
        quota: Text;
        /// share of the quota, in per cent
        percent: Count;
        /// date of the notice
        date: Date;
        /// established or alleged
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report it
        sources: SourceRefs, role Sources;
    }
}
