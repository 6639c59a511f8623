//! `generate LINES > FILE`: lines of one kind of sender. `generate LINES SHARE > FILE`: dissimilar lines, of which SHARE of a
//! hundred are prohibited.

use std::process::ExitCode;

use generate::{SEED, dissimilar_line, line, write_lines};

fn main() -> ExitCode {
    let mut numbers = std::env::args().skip(1).map(|a| a.replace('_', "").parse::<u64>());
    let out = &mut std::io::stdout().lock();
    let written = match (numbers.next(), numbers.next(), numbers.next()) {
        (Some(Ok(count)), None, None) => write_lines(count, |number, text| line(SEED, number, text), out),
        (Some(Ok(count)), Some(Ok(share)), None) => {
            write_lines(count, |number, text| dissimilar_line(SEED, share, number, text), out)
        }
        _ => {
            eprintln!("usage: generate LINES [SHARE] > FILE");
            return ExitCode::from(2);
        }
    };
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(4)
        }
    }
}
