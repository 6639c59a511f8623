//! The program `interdict`: everything of it is in [`interdict::cli`].

fn main() -> std::process::ExitCode {
    interdict::cli::run().into()
}
