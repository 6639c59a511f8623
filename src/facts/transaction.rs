//! The transaction, which rules are about: one thing that is reported to move, be provided or be done.

use super::declare::record;
use super::{
    Action, Aircraft, Authorisation, Determination, Document, Item, Notification, Party, People, Port, SeaPlace, Vessel,
};

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
        activity: Terms, in Activity, needs value, bears Circumstance, question "What exactly is done?";
        /// when it took place or will take place
        date: Date, question "When did it take place?";
        /// how far it went, such as planned or completed
        stage: Terms, in Stage, needs value, question "How far did it go?";
        /// other transactions that belong to it
        relates_to: Many<Relation>, question "Which other act does it belong to?";
        /// ids of the sources that report it
        sources: SourceRefs, role Sources, not asked, question "Who reports it?";
        /// established or alleged, instead of what its sources give
        evidence: Terms, in Evidence, role Evidence, needs value, question "How well is it established?";
        /// who denies that it took place
        denied_by: Texts, question "Who denies it?";
        /// the providing side
        from: One<Side>, role ProvidingSide, needs value, bears Direction, question "Where does it come from, and from whom?";
        /// the receiving side
        to: One<Side>, role ReceivingSide, needs value, bears Direction, question "Where does it go, and to whom?";
        /// transit countries
        via: Terms, in Country, bears Circumstance, question "Through which countries does it go?";
        /// means of transport
        transport: Terms, in Transport, question "By what means does it go?";
        /// everyone with a role in it
        parties: Many<Party>, as "party", bears Circumstance, question "Who takes part, and in which role?";
        /// goods, technology, software
        items: Many<Item>, role Items, as "item", bears Subject, question "What are the goods?";
        /// ships: carriers, or the ship that a service is given to
        vessels: Many<Vessel>, as "vessel", bears Subject, question "Which ship is it?";
        /// aircraft
        aircraft: Many<Aircraft>, bears Subject, question "Which aircraft is it?";
        /// port calls on the way
        ports: Many<Port>, as "port", bears Circumstance, question "Which ports are called at, and what for?";
        /// groups of people: workers, trainees, troops, travellers
        people: Many<People>, bears Subject, question "Which people are they?";
        /// what a service, claim or arrangement is about, when that is not goods
        subject: One<Subject>, bears Subject, question "What is it about: which account, firm, property or contract?";
        /// field of study, research or cooperation
        field: Terms, in Field, bears Subject, question "In which field of work or study?";
        /// place where it happened, where that is not told of a side
        place: Text, not asked;
        /// place at sea where it took place or was stopped
        at_sea: One<SeaPlace>, bears Circumstance, question "Where at sea was it?";
        /// papers that cover it: end-user certificates, certificates of origin, consents
        documents: Many<Document>, as "document", question "Which papers cover it, and are they genuine?";
        /// what it is for
        purpose: Terms, in Purpose, question "What is it for?";
        /// quantity of several items together
        quantity: Quantity, question "How much is it?";
        /// how many containers, crates or shipments it is packed in, beside its quantity
        packages: Quantity, role Packages, question "How much is it?";
        /// value of several items together
        value: Money, question "What is it worth?";
        /// the written contract behind it
        contract: One<Contract>, question "On which contract does it rest, and of which day?";
        /// payment for it
        payment: One<Payment>, question "How is it paid for?";
        /// permissions for it, and refusals
        authorisations: Many<Authorisation>, as "authorised", question "Who permitted it, and when?";
        /// notifications of it
        notifications: Many<Notification>, as "notified", question "Who was told of it, and when?";
        /// formal findings of a State or the Committee about it
        determinations: Many<Determination>, as "determined", question "What did the Committee or a State find about it?";
        /// what authorities did about it
        actions: Many<Action>, as "action", question "What did authorities do about it?";
        /// whether proceeds are tied to banned programmes or other banned activity
        links_to_revenue: YesNo, question "Do the proceeds serve banned programmes?";
        /// free text, never matched
        notes: Text, not asked;
    }
}

record! {
    /// The providing or the receiving side of a transaction.
    Side, "a side" {
        /// territory that the thing leaves or reaches
        country: Terms, in Country, role Shorthand, needs value;
        /// part of the country, as a term
        region: Terms, in Region, role PartOfCountry;
        /// town, port or other place
        place: Text, role Place;
        /// nationality of the side that gives or takes
        nationality: Terms, in Country;
        /// name of the person or entity that gives or takes
        party: Text, role PartyOfSide;
        /// country that the papers name, where that is not the true one
        declared_as: Terms, in Country, bears Circumstance;
        /// established or alleged, for this side
        evidence: Terms, in Evidence, role Evidence, needs value, not asked;
        /// ids of the sources that report this side
        sources: SourceRefs, role Sources, not asked;
    }
}

record! {
    /// A relation to another transaction, such as being a part of it.
    Relation, "a relation" {
        /// the other transaction, `incident/transaction` across incidents
        transaction: Text, role PlainText;
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
        description: Text, role PlainText;
        /// country where it is
        country: Terms, in Country, bears Circumstance, question "Where is the account, firm, property or asset?";
        /// how many there are
        count: Count;
        /// who holds it
        holder: Text;
        /// since when it has existed
        since: Date, role LongAgo, question "Since when has it existed?";
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
        amount: Amount, role PlainText;
        /// amount paid each month, where the report gives that instead
        amount_per_month: Amount;
        /// method of payment
        method: Text;
        /// bank through which it goes
        bank: Text;
    }
}
