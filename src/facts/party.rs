//! The persons, entities and groups of people in a transaction.

use super::declare::record;
use super::fold;

record! {
    /// A person or entity with a role in a transaction.
    Party, "a party" {
        /// what they do in the transaction
        role: Terms, in Role, needs value, question "In which role does each party take part?";
        /// name
        name: Text, role PlainText;
        /// other names
        aliases: Texts, role OtherNames;
        /// kind of person or entity
        kind: Terms, in PartyKind, needs value;
        /// country where they are established
        country: Terms, in Country, needs value;
        /// nationality
        nationality: Terms, in Country;
        /// whether they are nationals of the State that it goes to; derived from their nationality where not reported
        national_of_destination: YesNo, bears Beside, question "Are they nationals of the State that it goes to?";
        /// country or region where they are active, wherever they are established
        operates_in: Terms, in Country | Region, question "Where are the parties active?";
        /// standing, such as refugee or diplomat
        status: Terms, in Status;
        /// date of birth
        date_of_birth: Date, role LongAgo;
        /// age in years at the time of the transaction
        age: Count, not asked;
        /// address, of which a State that it names is possibly theirs
        address: Text, not asked;
        /// kinds of documents and their numbers
        identifiers: Identifiers;
        /// for whom they act
        acts_for: Texts, role ActsFor;
        /// who owns them
        owned_by: Texts, role OwnedBy;
        /// who controls them
        controlled_by: Texts, role ControlledBy;
        /// the body they belong to
        parent: Text, role Parent;
        /// for whom they work
        employer: Text, role Employer;
        /// banned programme that they are reported to be tied to
        programme: Terms, in Programme, bears Subject, question "Does a party serve a banned programme?";
        /// reference of a listing, or the list's name
        designated_as: Texts, role Listings, bears Subject, question "Is a party on a sanctions list?";
        /// established or alleged, for this party
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this party
        sources: SourceRefs, role Sources, not asked;
    }
}

impl Party {
    /// The name and aliases as [`fold()`] writes them, each also without what stands in brackets behind it: `Harbour Trading (victim)`.
    pub(crate) fn folded_names(&self) -> impl Iterator<Item = String> {
        let names = self.name.iter().chain(self.aliases.iter().flatten());
        let forms = names.flat_map(|name| [Some(name.as_str()), name.split_once(" (").map(|(bare, _)| bare)]);
        forms.flatten().map(fold).filter(|name| !name.is_empty())
    }

    /// True if a folded name is one of these.
    pub(crate) fn bears(&self, folded: &str) -> bool {
        self.folded_names().any(|name| name == folded)
    }
}

record! {
    /// A group of people, not named one by one: workers, trainees, troops, travellers.
    People, "a group of people" {
        /// nationality
        nationality: Terms, in Country, question "Of which nationality are the people?";
        /// how many people
        count: Count;
        /// occupation
        occupation: Text, role Occupation;
        /// for whom they work
        employer: Text, role Employer;
        /// whether they earn income
        earning_income: YesNo, question "Do the people earn income?";
        /// further nationality
        also_national_of: Terms, in Country, question "Of which nationality are the people?";
        /// whether they are nationals of the State that it goes to; derived from their nationalities where not reported
        national_of_destination: YesNo, bears Beside, question "Are they nationals of the State that it goes to?";
        /// standing, such as refugee or student
        status: Terms, in Status;
        /// since when they have been there
        since: Date, role LongAgo;
        /// established or alleged, for this group
        evidence: Terms, in Evidence, role Evidence, needs value;
        /// ids of the sources that report this group
        sources: SourceRefs, role Sources, not asked;
    }
}
