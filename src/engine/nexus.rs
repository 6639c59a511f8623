//! The nexus: the link between an act and the target of a regime. Without one, what is unknown about the act raises no question
//! and counts towards no quota.

use crate::facts::Truth;
use crate::rulebook::RegimeId;

use super::{EvalContext, ReferenceEvaluator, TransactionMemo};

/// Whether an act, or the item that is bound in `context`, has a link to the target of a regime; false if the regime has no target.
pub(super) fn find_nexus<'a>(regime: RegimeId, context: &EvalContext<'a>, memo: &TransactionMemo<'a>) -> Truth {
    let Some(definition) = context.rulebook.regime(regime) else { return Truth::Unknown };
    let Some(nexus) = &definition.nexus else { return Truth::False };
    memo.nexus(regime, context.item, || ReferenceEvaluator::for_nexus(context, memo).prove(nexus).truth)
}
