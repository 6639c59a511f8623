//! The papers and acts of States and of the Committee: permissions, notifications, determinations, actions, certificates.

use super::declare::record;

record! {
    /// A permission for a transaction, or the refusal of one.
    Authorisation, "an authorisation" {
        /// who gave it: `committee` or a country
        by: Terms, in Body | Country, needs value;
        /// reference of the permission
        r#ref = "ref": Text;
        /// when it was given
        date: Date, role MadeOn;
        /// first day on which it holds, where that is not when it was given
        valid_from: Date, not asked;
        /// last day on which it holds
        valid_until: Date;
        /// how long it holds, such as `six months`
        valid_for: Text, not asked;
        /// what it covers
        covers: Text;
        /// how much it covers at most
        quantity: Quantity, not asked;
        /// `granted` (the default) or `refused`
        outcome: Terms, in Outcome, needs value;
        /// established or alleged, for this permission
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this permission
        sources: SourceRefs, role Sources, not asked;
        /// whether something is written of it that could not be read
        unread: YesNo, not asked;
    }
}

record! {
    /// A notification of a transaction to a State or to the Committee.
    Notification, "a notification" {
        /// to whom: `committee` or a country
        to: Terms, in Body | Country, needs value;
        /// who gave the notice: `committee` or a country
        by: Terms, in Body | Country, needs value;
        /// when it was given
        date: Date, role MadeOn;
        /// how long before the event it was given, where the day is not known
        lead: Duration, role Lead;
        /// reference of the notice
        r#ref = "ref": Text;
        /// what it is about
        covers: Text;
        /// how much it is about
        quantity: Quantity, not asked;
        /// established or alleged, for this notice
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this notice
        sources: SourceRefs, role Sources, not asked;
        /// whether something is written of it that could not be read
        unread: YesNo, not asked;
    }
}

record! {
    /// A formal finding of a State or of the Committee, on which some rules and exceptions depend.
    Determination, "a determination" {
        /// who found it: `committee` or a country
        by: Terms, in Body | Country, needs value;
        /// what is found
        finding: Terms, in Finding, needs value;
        /// when it was found
        date: Date, role MadeOn;
        /// whether the finding holds
        holds: YesNo;
        /// established or alleged, for this finding
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this finding
        sources: SourceRefs, role Sources, not asked;
        /// whether something is written of it that could not be read
        unread: YesNo, not asked;
    }
}

record! {
    /// What an authority did about a transaction, such as a seizure.
    Action, "an action" {
        /// what was done
        action: Terms, in Action | Activity, role PlainText, needs value;
        /// who did it: `committee` or a country
        by: Terms, in Body | Country, needs value;
        /// when it was done
        date: Date, role MadeOn;
        /// what became of it
        outcome: Terms, in Outcome, needs value;
        /// established or alleged, for this act
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this act
        sources: SourceRefs, role Sources, not asked;
    }
}

record! {
    /// A paper that covers a transaction, such as an end-user certificate.
    Document, "a document" {
        /// what paper it is
        kind: Terms, in DocumentKind, role PlainText, needs value;
        /// who issued it: a country or a body
        by: Terms, in Body | Country, needs value;
        /// when it was issued
        date: Date, role MadeOn;
        /// whether it is genuine, and what it says is true
        holds: YesNo;
        /// whom or what it names: end-user, goods, place of origin
        covers: Text;
        /// reference of the paper
        r#ref = "ref": Text;
        /// established or alleged, for this paper
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this paper
        sources: SourceRefs, role Sources, not asked;
    }
}
