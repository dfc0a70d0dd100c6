//! `zeren completions` and `zeren man`: what shells and readers of manuals need.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Command, CommandFactory, ValueEnum};
use zeren::diagnostic::Lang;

use super::failure::Failure;
use super::{Done, help, output};

/// Shells that complete what is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shell {
    /// Bourne again
    Bash,
    /// Z
    Zsh,
    /// Friendly interactive
    Fish,
    /// PowerShell, of Windows and elsewhere
    #[value(name = "powershell", alias = "pwsh")]
    Windows,
}

impl Shell {
    /// The same for the library that writes the scripts.
    fn known(self) -> clap_complete::Shell {
        match self {
            Self::Bash => clap_complete::Shell::Bash,
            Self::Zsh => clap_complete::Shell::Zsh,
            Self::Fish => clap_complete::Shell::Fish,
            Self::Windows => clap_complete::Shell::PowerShell,
        }
    }
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell.known(), &mut command(lang), "zeren", &mut script);
    output::stdout(|out| out.write_all(&script))?;
    Ok(Done::Well)
}

#[derive(Debug, Args)]
pub(super) struct ManArguments {
    /// Folder to write the pages to
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes a page for the program and one for each command: `zeren.1`, `zeren-build.1` …
pub(super) fn man(arguments: &ManArguments, lang: Lang) -> Result<Done, Failure> {
    let folder = &arguments.folder;
    fs::create_dir_all(folder).map_err(|error| Failure::write(&folder.display().to_string(), error))?;
    let mut whole = command(lang);
    // fills in what commands share
    whole.build();
    let mut pages = vec![("zeren".to_owned(), whole.clone())];
    for inner in whole.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        let name = format!("zeren-{}", inner.get_name());
        pages.push((name.clone(), inner.clone().name(name)));
    }
    for (name, command) in pages {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page).map_err(|error| Failure::write(&name, error))?;
        output::file(&folder.join(format!("{name}.1")), &page)?;
    }
    Ok(Done::Well)
}

/// The program's arguments with their help in the user's language.
fn command(lang: Lang) -> Command {
    help::translate(super::Arguments::command(), lang)
}
