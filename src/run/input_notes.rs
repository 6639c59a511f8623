//! The inputs of a run as its report names them.

use crate::intake::Input;
use crate::report::InputNote;

/// The path, digest and number of transactions of each input, in the order given.
pub fn input_notes(inputs: &[Input]) -> Vec<InputNote> {
    let note = |input: &Input| InputNote {
        path: input.path.clone(),
        digest: format!("sha256:{}", input.digest),
        transactions: input.transactions,
    };
    inputs.iter().map(note).collect()
}
