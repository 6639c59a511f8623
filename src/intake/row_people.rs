//! Rows about one person: who works, who has a leave to enter.

use crate::document::Span;

use super::csv_columns::Target;
use super::row_tree::RowTree;

/// True for a kind of visa or permit by which one may work.
pub(super) fn is_leave_to_work(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "work",
        "employ",
        "labour",
        "labor",
        "рабоч",
        "трудов",
        "travail",
        "trabajo",
        "laboral",
        "arbeit",
        "工作",
        "劳务",
        "취업",
        "노동",
        "عمل",
        "skilled",
    ];
    let text = text.to_lowercase();
    WORDS.iter().any(|word| text.contains(word))
}

/// Says of the row of one person that it is one, and that who is paid earns income.
pub(super) fn of_one_person(transaction: &mut RowTree, span: Span) {
    let is_paid = transaction.get("payment").is_some();
    let told = [("people.count", Some("1")), ("people.earning_income", is_paid.then_some("yes"))];
    for (path, value) in told {
        if let (Some(Target::Fact(fact)), Some(value)) = (Target::parse(path), value)
            && !transaction.is_taken(&fact.path)
        {
            transaction.insert(&fact.path, value, span);
        }
    }
}
