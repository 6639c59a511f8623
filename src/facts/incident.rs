//! The incident as a whole: its sources, its context and its transactions.

use super::Transaction;
use super::declare::record;

record! {
    /// An incident: what one report, or several about the same matter, say happened.
    Incident, "an incident" {
        /// stable name of the incident
        id: Text, not asked;
        /// what it is called for people
        title: Text, not asked;
        /// what happened, for people
        summary: Text, not asked;
        /// default date of the transactions
        date: Date, not asked;
        /// documents and bodies that report it
        sources: Many<EvidenceSource>, as "source";
        /// what the report says of quotas
        context: One<Context>, not asked;
        /// what moved or was done
        transactions: Many<Transaction>, not asked;
    }
}

record! {
    /// A source: a document or body that reports an incident.
    EvidenceSource, "a source" {
        /// the name by which transactions refer to it
        id: Text, not asked;
        /// what kind of source: decides whether it establishes
        kind: Terms, in SourceKind;
        /// title
        title: Text, not asked;
        /// publisher
        publisher: Text;
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
    /// What a report says of the state of quotas, apart from the transactions of the incident.
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
        /// the period it is counted for
        period: Date;
        /// how much
        amount: Amount;
        /// up to and including which day
        as_of: Date;
        /// established or alleged
        evidence: Terms, in Evidence, role Evidence;
        /// ids of the sources that report it
        sources: SourceRefs, role Sources;
    }
}

record! {
    /// A notice by an authority that a share of a quota has been reached.
    Notice, "a notice" {
        /// the quota's id
        quota: Text;
        /// the share, in per cent
        percent: Count;
        /// when
        date: Date;
        /// established or alleged
        evidence: Terms, in Evidence, role Evidence;
        /// ids of the sources that report it
        sources: SourceRefs, role Sources;
    }
}
