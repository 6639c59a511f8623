//! `generate LINES [SEED] > FILE`

use std::process::ExitCode;

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|a| a.replace('_', "").parse::<u64>());
    let (count, seed) = match (numbers.next(), numbers.next()) {
        (Some(Ok(count)), None) => (count, generate::SEED),
        (Some(Ok(count)), Some(Ok(seed))) => (count, seed),
        _ => {
            eprintln!("usage: generate LINES [SEED] > FILE");
            return ExitCode::from(2);
        }
    };
    match generate::write_lines(seed, count, &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(4)
        }
    }
}
