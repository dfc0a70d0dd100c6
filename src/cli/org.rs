//! `zeren org`: one body, its names, its history and its tasks.

use std::collections::{BTreeMap, BTreeSet};

use clap::{Args, ValueEnum};
use zeren::analysis::profile;
use zeren::diagnostic::{Lang, Message};
use zeren::knowledge::Knowledge;
use zeren::network::Department;
use zeren::query::{self, Detail, Filter};
use zeren::render::organisation as render;
use zeren::resolve::{MatchBasis, identify};

use super::failure::Failure;
use super::scope::{self, SourceArguments};
use super::{Done, output};

/// Formats of a body.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Its name: full, as printed, or a part of it
    #[arg(value_name = "NAME")]
    name: String,
    /// Format of the result
    #[arg(long, value_enum, default_value_t)]
    format: Format,
    #[command(flatten)]
    source: SourceArguments,
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let wanted = arguments.name.trim();
    let source = arguments.source.open()?;
    let documents = query::documents(&*source)?;
    let network = query::project_documents(&*source, &documents, &Filter::default(), Detail::Words)?;
    let printed = query::printed_names(&*source)?;
    let all: Vec<&Department> = network.departments().map(|(_, department)| department).collect();
    let found = find(wanted, &all, &printed);
    if found.is_empty() {
        return Err(unknown(wanted, &all));
    }
    let profiles: Vec<_> = found.iter().map(|department| profile(&network, department)).collect();
    let captions = documents.iter().map(|document| (document.id.clone(), document.name().to_owned())).collect();
    let names = render::Names { printed: &printed, documents: &captions };
    output::stdout(|out| match (arguments.format, profiles.as_slice()) {
        (Format::Json, profiles) => profiles.iter().try_for_each(|profile| render::json(out, profile, names, lang)),
        (Format::Table, [profile]) => render::text(out, profile, names, lang, output::width()),
        (Format::Table, several) => render::list(out, several, names, lang, output::width()),
    })?;
    if arguments.format == Format::Table && profiles.len() > 1 {
        let what = Message::new(
            format!("`{wanted}` 可以指 {} 个机构", profiles.len()),
            format!("`{wanted}` may mean {} bodies", profiles.len()),
        );
        let hint = Message::new("写出全称可看其一", "give a full name to see one");
        output::remark(what.in_lang(lang), Some(hint.in_lang(lang)), lang);
    }
    Ok(Done::Well)
}

/// A name that means no body, met with near ones.
pub(super) fn unknown(wanted: &str, all: &[&Department]) -> Failure {
    let labels = all.iter().map(|department| department.label.as_str());
    Failure::Usage {
        place: "NAME".to_owned(),
        what: Message::new(format!("没有名为 `{wanted}` 的机构"), format!("no body is called `{wanted}`")),
        hint: scope::suggest(wanted, labels).or_else(|| {
            Some(Message::new(
                "写出地名，如 `绍兴市卫生健康委`；`zeren workload` 列出库中机构",
                "name its place, as in `绍兴市卫生健康委`; `zeren workload` lists the stored bodies",
            ))
        }),
    }
}

/// The bodies that a name may mean: the one of that full name; the one of the place in the name (绍兴市卫健委), also if no
/// document names it; those printed so; those that such a name is short for; those whose name holds it; that of the state.
pub(super) fn find(
    wanted: &str,
    all: &[&Department],
    printed: &BTreeMap<String, Vec<(String, usize)>>,
) -> Vec<Department> {
    if wanted.is_empty() {
        return Vec::new();
    }
    let is_printed = |department: &Department| {
        printed.get(&department.id).is_some_and(|names| names.iter().any(|(name, _)| name == wanted))
    };
    let kinds: BTreeSet<&str> = Knowledge::shipped().bodies.by_stem(wanted).map(|kind| kind.key.as_str()).collect();
    let is_short = |department: &Department| department.key.as_deref().is_some_and(|key| kinds.contains(key));
    let seats = all.iter().filter_map(|department| department.place.as_ref());
    let seat = seats.filter(|place| wanted.starts_with(&place.name)).max_by_key(|place| place.name.len());
    let meant = identify(wanted, seat, None);
    let of_registry = |basis| (meant.is_registered() && meant.basis == basis).then(|| Department::of(&meant));
    let stored = |is: &dyn Fn(&Department) -> bool| -> Vec<Department> {
        all.iter().filter(|department| is(department)).map(|&department| department.clone()).collect()
    };
    let ways: [&dyn Fn() -> Vec<Department>; 5] = [
        &|| stored(&|department| department.label == wanted || department.id == wanted),
        &|| of_registry(MatchBasis::NamedPlace).into_iter().collect(),
        &|| stored(&|department| is_printed(department) || is_short(department)),
        &|| stored(&|department| department.label.contains(wanted)),
        &|| of_registry(MatchBasis::State).into_iter().collect(),
    ];
    ways.iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default()
}
