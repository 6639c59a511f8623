//! `interdict completions` and `interdict man`: what shells and `man` are told about the command line.

use std::path::PathBuf;

use anyhow::Context as _;
use clap::{Args, Command};
use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::document::Code;

use super::exit::EarlyExit;
use super::output::show_error;
use super::{Exit, output};

#[derive(Debug, Args)]
pub(super) struct Completions {
    /// Shell for which the script is written
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

#[derive(Debug, Args)]
pub(super) struct Man {
    /// Command that the page is about, such as `check` or `rules show`; without it, the program
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
    /// Write the pages of all commands into this folder instead
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    dir: Option<PathBuf>,
}

impl Completions {
    pub(super) fn run(self, mut program: Command) -> Result<Exit, EarlyExit> {
        let name = program.get_name().to_owned();
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, name, &mut script);
        output::write(None, |out| out.write_all(&script))?;
        Ok(Exit::Clear)
    }
}

impl Man {
    pub(super) fn run(self, mut program: Command) -> Result<Exit, EarlyExit> {
        // Names each page as `man` is asked for it: interdict-rules-show.
        program.build();
        if let Some(folder) = &self.dir {
            std::fs::create_dir_all(folder)
                .and_then(|()| clap_mangen::generate_to(program, folder))
                .with_context(|| format!("the pages cannot be written into `{}`", folder.display()))?;
            return Ok(Exit::Clear);
        }
        let mut named = &program;
        for word in &self.command {
            let Some(inner) = named.find_subcommand(word) else {
                let known = named.get_subcommands().map(Command::get_name);
                let message = format!("`{}` is no command", self.command.join(" "));
                show_error(Code::UnknownArgument, message, crate::document::did_you_mean(word, known).as_deref());
                return Ok(Exit::WrongCommandLine);
            };
            named = inner;
        }
        output::write(None, |out| Page::new(named.clone()).render(out))?;
        Ok(Exit::Clear)
    }
}
