//! The command line: arguments, progress, exit status. One command a file.

mod analysis;
mod balance;
mod build;
mod completions;
mod connection;
mod diagram;
mod diff;
mod due;
mod dump;
mod examples;
mod explain;
mod extract;
mod failure;
mod form;
mod help;
mod inherit;
mod inputs;
mod lang;
mod ledger;
mod lint;
mod load;
mod ontology;
mod org;
mod output;
mod overlap;
mod pager;
mod pair;
mod push;
mod query;
mod registry;
mod report;
mod returned;
mod scope;
mod serve;
mod shell;
mod syntax;
mod synth;
mod validate;
mod verify;
mod workload;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use zeren::diagnostic::Lang;

use failure::Failure;

/// Reads task notices of Chinese governments and answers who is responsible for what
#[derive(Debug, Parser)]
#[command(name = "zeren", version, disable_help_subcommand = true)]
struct Arguments {
    /// Language of help and messages; data keep the language of the document
    #[arg(long, global = true, value_name = "LANG", value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// Folder with rows of one's own for the tables of places, bodies and reforms
    #[arg(long = "registry", global = true, value_name = "DIR")]
    registry_folder: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Reads documents and ledgers and loads the store with what they say
    Build(build::Arguments),
    /// Shows what documents say, without a store
    Extract(extract::Arguments),
    /// Checks drafts: what is odd about a document, at its place in the text
    Lint(lint::Arguments),
    /// Explains a code of `lint`, with examples
    Explain(explain::Arguments),
    /// Asks the store a named or a written SPARQL query
    Query(query::Arguments),
    /// Asks one question after another, with history and completion
    Shell(shell::Arguments),
    /// Shows one body: its names, what became of it and its tasks
    Org(org::Arguments),
    /// Shows the vocabulary of the graph, also as a page
    Ontology(ontology::Arguments),
    /// Checks the graph against its shapes (SHACL)
    Validate(validate::Arguments),
    /// Checks the store itself: every file against its digest
    Verify(verify::Arguments),
    /// Shows the tables of places, bodies and reforms, and what is wrong with rows of one's own
    Registry(registry::Arguments),
    /// Ranks departments by the tasks that they carry
    Workload(workload::Arguments),
    /// Compares documents with those above them: what was carried out, split, narrowed or lost
    Inherit(inherit::Arguments),
    /// Compares two documents of one body: two years, or draft and final
    Diff(diff::Arguments),
    /// Shows who forms the core, and who must work with whom
    Overlap(overlap::Arguments),
    /// Finds the leads to move so that the largest load is as low as can be, with proof
    Balance(balance::Arguments),
    /// Lists what is due when, and who leads it; also for calendars
    Due(due::Arguments),
    /// Writes the tasks as a workbook to be kept by an office, and read back by `build`
    Ledger(ledger::Arguments),
    /// Draws who owns what
    Diagram(diagram::Arguments),
    /// Writes pages to look at, print and hand on, as a folder that opens without a network
    Report(report::Arguments),
    /// Writes the store, or documents of it, as RDF
    Dump(dump::Arguments),
    /// Loads RDF into the store
    Load(load::Arguments),
    /// Pushes the store to another SPARQL server
    Push(push::Arguments),
    /// Serves the store as pages for a browser, and by the SPARQL protocol
    Serve(serve::Arguments),
    /// Writes what a shell needs to complete what is typed
    Completions(completions::Arguments),
    /// Writes pages of the manual
    #[command(hide = true)]
    Man(completions::ManArguments),
    /// Writes a synthetic nation of notices with the true answers, to measure with
    #[command(hide = true)]
    Synth(synth::Arguments),
}

/// How a command that could do its work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// All is well.
    Well,
    /// Done, but a person should look: an input failed, or nothing was in scope.
    Partly,
}

/// Runs the program on the arguments of the process.
pub(crate) fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().collect();
    let lang = lang::choose(&words);
    let words = help::asked(words);
    let parsed = help::translate(Arguments::command(), lang)
        .try_get_matches_from(words)
        .and_then(|matches| Arguments::from_arg_matches(&matches));
    let done = match parsed {
        Ok(arguments) => start(arguments, lang),
        Err(error) => return help::explain(&error, lang),
    };
    match done {
        Ok(Done::Well) | Err(Failure::Closed) => ExitCode::SUCCESS,
        Ok(Done::Partly) => ExitCode::from(1),
        Err(failure) => {
            output::error(&failure, lang);
            ExitCode::from(2)
        }
    }
}

/// Reads the rows of one's own, then does what the command asks.
fn start(arguments: Arguments, lang: Lang) -> Result<Done, Failure> {
    let folder = arguments.registry_folder.or_else(|| std::env::var_os("ZEREN_REGISTRY").map(PathBuf::from));
    if let Some(folder) = folder.filter(|folder| !folder.as_os_str().is_empty()) {
        registry::extend(&folder, matches!(arguments.command, Command::Registry(_)))?;
    }
    run(arguments.command, lang)
}

fn run(command: Command, lang: Lang) -> Result<Done, Failure> {
    match command {
        Command::Build(arguments) => build::run(&arguments, lang),
        Command::Extract(arguments) => extract::run(&arguments, lang),
        Command::Lint(arguments) => lint::run(&arguments, lang),
        Command::Explain(arguments) => explain::run(&arguments, lang),
        Command::Query(arguments) => query::run(&arguments, lang),
        Command::Registry(arguments) => registry::run(&arguments, lang),
        Command::Shell(arguments) => shell::run(&arguments, lang),
        Command::Org(arguments) => org::run(&arguments, lang),
        Command::Ontology(arguments) => ontology::run(&arguments, lang),
        Command::Validate(arguments) => validate::run(&arguments, lang),
        Command::Verify(arguments) => verify::run(&arguments, lang),
        Command::Workload(arguments) => workload::run(&arguments, lang),
        Command::Diff(arguments) => diff::run(&arguments, lang),
        Command::Inherit(arguments) => inherit::run(&arguments, lang),
        Command::Overlap(arguments) => overlap::run(&arguments, lang),
        Command::Balance(arguments) => balance::run(&arguments, lang),
        Command::Due(arguments) => due::run(&arguments, lang),
        Command::Ledger(arguments) => ledger::run(&arguments, lang),
        Command::Diagram(arguments) => diagram::run(&arguments, lang),
        Command::Report(arguments) => report::run(&arguments, lang),
        Command::Dump(arguments) => dump::run(&arguments, lang),
        Command::Load(arguments) => load::run(&arguments, lang),
        Command::Push(arguments) => push::run(&arguments, lang),
        Command::Serve(arguments) => serve::run(&arguments, lang),
        Command::Completions(arguments) => completions::run(&arguments, lang),
        Command::Man(arguments) => completions::man(&arguments, lang),
        Command::Synth(arguments) => synth::run(&arguments, lang),
    }
}
