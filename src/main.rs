//! The program: everything is in the library's `cli`.

fn main() -> std::process::ExitCode {
    interdict::cli::run().into()
}
