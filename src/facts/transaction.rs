//! The transaction, which rules are about: one thing that is reported to move, be provided or be done.

use super::declare::record;
use super::{Action, Aircraft, Authorisation, Determination, Item, Notification, Party, People, Port, Vessel};

record! {
    /// A transaction: who provided what to whom, when, with which papers, and who reports it.
    Transaction, "a transaction" {
        /// id, unique in the incident
        id: Text, not asked;
        /// title, for people
        title: Text, not asked;
        /// id of the incident it belongs to, in NDJSON and CSV
        incident: Text, not asked;
        /// what is done
        activity: Terms, in Activity, needs value;
        /// when it took place or will take place
        date: Date;
        /// how far it went, such as planned or completed
        stage: Terms, in Stage, needs value;
        /// other transactions that belong to it
        relates_to: Many<Relation>;
        /// ids of the sources that report it
        sources: SourceRefs, role Sources, not asked;
        /// established or alleged, instead of what its sources give
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// who denies that it took place
        denied_by: Texts;
        /// the providing side
        from: One<Side>, role ProvidingSide, needs value;
        /// the receiving side
        to: One<Side>, role ReceivingSide, needs value;
        /// transit countries
        via: Terms, in Country;
        /// means of transport
        transport: Terms, in Transport;
        /// everyone with a role in it
        parties: Many<Party>, as "party";
        /// goods, technology, software
        items: Many<Item>, role Items, as "item";
        /// ships: carriers, or the ship that a service is given to
        vessels: Many<Vessel>, as "vessel";
        /// aircraft
        aircraft: Many<Aircraft>;
        /// port calls on the way
        ports: Many<Port>, as "port";
        /// groups of people: workers, trainees, troops, travellers
        people: Many<People>;
        /// what a service, claim or arrangement is about, when that is not goods
        subject: One<Subject>;
        /// field of study, research or cooperation
        field: Terms, in Field;
        /// what it is for
        purpose: Terms, in Purpose;
        /// quantity of several items together
        quantity: Quantity;
        /// value of several items together
        value: Money;
        /// the written contract behind it
        contract: One<Contract>;
        /// payment for it
        payment: One<Payment>;
        /// permissions for it, and refusals
        authorisations: Many<Authorisation>, as "authorised";
        /// notifications of it
        notifications: Many<Notification>, as "notified";
        /// formal findings of a State or the Committee about it
        determinations: Many<Determination>, as "determined";
        /// what authorities did about it
        actions: Many<Action>, as "action";
        /// whether proceeds are tied to banned programmes or other banned activity
        links_to_revenue: YesNo;
        /// free text, never matched
        notes: Text, not asked;
    }
}

record! {
    /// The providing or the receiving side of a transaction.
    Side, "a side" {
        /// territory that the thing leaves or reaches
        country: Terms, in Country, role Shorthand, needs value;
        /// region of the country
        region: Text;
        /// town, port or other place
        place: Text;
        /// nationality of the side that gives or takes
        nationality: Terms, in Country;
        /// name of the person or entity that gives or takes
        party: Text;
    }
}

record! {
    /// A relation to another transaction, such as being a part of it.
    Relation, "a relation" {
        /// the other transaction, `incident/transaction` across incidents
        transaction: Text;
        /// what it is to the other transaction
        kind = "as": Terms, in Relation, needs value;
    }
}

record! {
    /// The subject of a service, claim or arrangement that is not about goods.
    Subject, "a subject" {
        /// account, branch, policy, company, property, permit, venture, rights
        kind: Terms, in SubjectKind, needs value;
        /// description of it
        description: Text;
        /// how many there are
        count: Count;
        /// who holds it
        holder: Text;
        /// since when it has existed
        since: Date, role LongAgo;
    }
}

record! {
    /// The written contract behind a transaction.
    Contract, "a contract" {
        /// when it was concluded
        date: Date, role MadeOn;
        /// reference of the contract
        r#ref = "ref": Text;
    }
}

record! {
    /// A payment for a transaction.
    Payment, "a payment" {
        /// amount paid
        amount: Amount;
        /// method of payment
        method: Text;
        /// bank through which it goes
        bank: Text;
    }
}
