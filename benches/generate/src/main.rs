//! `generate LINES > FILE`: lines of one kind of sender. `generate LINES SHAPE > FILE`: dissimilar lines. SHAPE is the number of
//! prohibited ones of a hundred, or what they have much of or lack: `items`, `texts`, `unknown`, `no-link`, `rows`.

use std::process::ExitCode;

use generate::{SEED, Shape, dissimilar_line, line, write_lines};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let count = arguments.next().and_then(|count| count.replace('_', "").parse::<u64>().ok());
    let shape = arguments.next().map(|word| Shape::named(&word));
    let out = &mut std::io::stdout().lock();
    let written = match (count, shape, arguments.next()) {
        (Some(count), None, None) => write_lines(count, |number, text| line(SEED, number, text), out),
        (Some(count), Some(Some(shape)), None) => {
            write_lines(count, |number, text| dissimilar_line(SEED, shape, number, text), out)
        }
        _ => {
            eprintln!("usage: generate LINES [SHAPE] > FILE");
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
