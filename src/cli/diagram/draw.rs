//! Gathers what each kind of picture shows.

use zeren::analysis::overlap::overlap;
use zeren::analysis::{Lineage, LineageLine, Selection, find_tasks, inherit, narrow, profile};
use zeren::diagnostic::Message;
use zeren::network::{Department, Network, TaskNode};
use zeren::notice::Notice;
use zeren::query::{self, Detail, Filter, Source, StoredDocument};
use zeren::render::diagram::{self, Captions, Options, Picture, Subject};
use zeren::render::inherit::Several;
use zeren::render::overlap::{Rows, View};
use zeren::render::shorten;

use super::{Arguments, Kind};
use crate::cli::failure::Failure;
use crate::cli::inherit::{compared, held};
use crate::cli::org;
use crate::cli::output;
use crate::cli::pair::{self, Pair, Wanted};
use crate::cli::scope::{self, InScope};

/// Lines of descent whose documents are compared, for the share that was taken up.
const MOST_COMPARED: usize = 60;

/// Tasks and departments that a hint names.
const MOST_NAMED: usize = 6;

/// Draws what is asked for; none where there is nothing to draw, which was told.
pub(super) fn draw(arguments: &Arguments, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    match (arguments.kind, arguments.names.as_slice()) {
        (Kind::Body, [name]) => body(arguments, name, options),
        (Kind::Task, [name]) => task(arguments, name, options),
        (Kind::Overlap, _) => common(arguments, options),
        (Kind::Lineage, names) => lineage(arguments, names.first().map(String::as_str), options),
        (Kind::Inherit, [parent, child]) => pair(arguments, [parent, child], options),
        (Kind::Reform, [name]) => reform(arguments, name, options),
        _ => owners(arguments, options),
    }
}

/// What the documents in scope say, as far as it is asked for.
struct Scene {
    source: Box<dyn Source>,
    documents: Vec<StoredDocument>,
    captions: Captions,
    network: Network,
}

/// None where nothing is in scope, which was told.
fn scene(arguments: &Arguments, options: &Options<'_>) -> Result<Option<Scene>, Failure> {
    let source = arguments.source.open()?;
    let InScope { documents, network: all } = arguments.filter.network(&*source, Detail::Words, options.lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&all, name)).transpose()?;
    let selection = Selection {
        heading: arguments.heading.as_deref(),
        theme: arguments.theme.as_deref(),
        // who works with a department is asked for with all that they share
        departments: bodies.as_deref().filter(|_| arguments.kind == Kind::Owners),
        top: arguments.top,
    };
    let network = narrow(&all, &selection);
    if network.tasks().next().is_none() {
        if all.tasks().next().is_some() {
            scope::warn_of_nothing(&arguments.given(), options.lang);
        }
        return Ok(None);
    }
    let captions = diagram::captions(&documents);
    Ok(Some(Scene { source, documents, captions, network }))
}

fn owners(arguments: &Arguments, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let Some(scene) = scene(arguments, options)? else { return Ok(None) };
    Ok(Some(diagram::owners(&scene.network, &scene.captions, options)?))
}

fn body(arguments: &Arguments, name: &str, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let Some(scene) = scene(arguments, options)? else { return Ok(None) };
    let department = department(&scene, name)?;
    let own = [department.id.clone()];
    let selection = Selection { departments: Some(&own), ..Selection::default() };
    let mut documents: Vec<String> =
        narrow(&scene.network, &selection).tasks().map(|(_, task)| task.document.clone()).collect();
    documents.sort();
    documents.dedup();
    let notices = query::notices(&*scene.source, &scene.documents, &documents)?;
    Ok(Some(diagram::body(&scene.network, &department, &notices, &scene.captions, options)?))
}

/// The one department with tasks in scope that a name means.
fn department(scene: &Scene, name: &str) -> Result<Department, Failure> {
    let network = &scene.network;
    let all: Vec<&Department> = network.departments().map(|(_, department)| department).collect();
    let found = org::find(name.trim(), &all, &query::printed_names(&*scene.source)?);
    let here: Vec<Department> =
        found.iter().filter(|one| all.iter().any(|known| known.id == one.id)).cloned().collect();
    match here.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(Failure::Usage {
            place: "NAME".to_owned(),
            what: match found.first() {
                Some(known) => Message::new(
                    format!("`{}` 在范围内没有任务", known.label),
                    format!("no task of `{}` is in scope", known.label),
                ),
                None => Message::new(format!("没有名为 `{name}` 的部门"), format!("no department is called `{name}`")),
            },
            hint: scope::suggest(name, all.iter().map(|one| one.label.as_str())),
        }),
        several => {
            Err(ambiguous(name, several.iter().map(|one| one.label.clone()).collect(), ("个部门", "departments")))
        }
    }
}

fn task(arguments: &Arguments, words: &str, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let Some(scene) = scene(arguments, options)? else { return Ok(None) };
    let found = find_tasks(&scene.network, words);
    let node = match found.as_slice() {
        [only] => *only,
        [] => return Err(no_task(&scene.network, words)),
        several => {
            let named = |task: &&TaskNode| {
                let document = scene.documents.iter().find(|document| document.id == task.document);
                let document = document.map_or("", StoredDocument::name);
                format!("{document} {} {}", task.label, shorten(&task.text, 24))
            };
            return Err(ambiguous(words, several.iter().map(named).collect(), ("项任务", "tasks")));
        }
    };
    let outlines = query::outlines(&*scene.source, &scene.documents)?;
    let lineage = Lineage::of(&outlines, &query::references(&*scene.source, &scene.documents)?);
    let lines: Vec<(usize, &LineageLine)> =
        lineage.lines.iter().filter(|line| line.child == node.document).map(|line| (1, line)).collect();
    let only: Vec<&LineageLine> = lines.iter().map(|(_, line)| *line).collect();
    let mut held = held(&*scene.source, &scene.documents, &only)?;
    let mut notices = query::notices(&*scene.source, &scene.documents, std::slice::from_ref(&node.document))?;
    if let Some(day) = arguments.filter.as_of() {
        // which body stands for which was told with the scene
        zeren::analysis::notices_as_of(&mut held, day);
        zeren::analysis::notices_as_of(&mut notices, day);
    }
    let pairs = compared(&*scene.source, &held, &only)?;
    let above = Several { outlines: &outlines, lineage: &lineage, lines, pairs, root: None, succession: None };
    let notice = notices.first();
    let Some((notice, task)) =
        notice.and_then(|notice| Some((notice, notice.tasks.iter().find(|task| task.id == node.id)?)))
    else {
        return Err(no_task(&scene.network, words));
    };
    let subject = Subject { notice, task, above: &above };
    Ok(Some(diagram::task(subject, &scene.captions, options)?))
}

fn no_task(network: &Network, words: &str) -> Failure {
    let texts = network.tasks().flat_map(|(_, task)| [task.label.as_str(), first_sentence(task)]);
    Failure::Usage {
        place: "NAME".to_owned(),
        what: Message::new(format!("范围内没有任务 `{words}`"), format!("no task in scope is `{words}`")),
        hint: scope::suggest(words, texts).or_else(|| {
            Some(Message::new(
                "写任务的编号或其中的文字；`zeren query search` 可按文字查找",
                "give its number or some of its words; `zeren query search` finds words",
            ))
        }),
    }
}

fn first_sentence(task: &TaskNode) -> &str {
    task.text.split(['。', '，', ',', '\n']).next().unwrap_or_default()
}

fn common(arguments: &Arguments, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let Some(scene) = scene(arguments, options)? else { return Ok(None) };
    let result = overlap(&scene.network, false);
    if result.departments.is_empty() {
        scope::warn_of_nothing(&arguments.given(), options.lang);
        return Ok(None);
    }
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&scene.network, name)).transpose()?;
    let view = View {
        overlap: &result,
        network: &scene.network,
        rows: Rows::default(),
        bodies,
        contacts: Vec::new(),
        top: arguments.top,
        shifts: None,
        claims: None,
    };
    Ok(Some(diagram::overlap(&view, &scene.captions, options)?))
}

fn lineage(arguments: &Arguments, name: Option<&str>, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let source = arguments.source.open()?;
    let stored = query::documents(&*source)?;
    let root = name
        .map(|name| pair::named(&stored, &[], name, &Wanted { name, place: "NAME", filtered: false }))
        .transpose()?;
    let passing = arguments.filter.documents.passing(&stored, options.lang)?;
    let mut outlines = query::outlines(&*source, &stored)?;
    let lineage = Lineage::of(&outlines, &query::references(&*source, &stored)?);
    let lines: Vec<&LineageLine> = match root {
        Some(root) => lineage.through(&root.id),
        None => lineage.lines.iter().filter(|line| passing.contains(&line.child)).collect(),
    };
    let near = |id: &String| passing.contains(id) || lines.iter().any(|line| line.parent == *id);
    outlines.retain(|notice| root.is_some() || near(&notice.id));
    if outlines.is_empty() {
        scope::warn_of_nothing(&arguments.given(), options.lang);
        return Ok(None);
    }
    let both = lines.iter().filter(|line| stored.iter().any(|document| document.id == line.parent)).count();
    let mut notices = Vec::new();
    if both <= MOST_COMPARED {
        notices = held(&*source, &stored, &lines)?;
        arguments.filter.followed(&mut notices, options.lang);
    }
    let pairs = compared(&*source, &notices, &lines)?;
    let lines: Vec<(usize, &LineageLine)> = lines.into_iter().map(|line| (1, line)).collect();
    let root: Option<Notice> = root.and_then(|root| outlines.iter().find(|notice| notice.id == root.id).cloned());
    let all = Several { outlines: &outlines, lineage: &lineage, lines, pairs, root: None, succession: None };
    Ok(Some(diagram::lineage(&all, root.as_ref(), options)?))
}

fn pair(
    arguments: &Arguments,
    [parent, child]: [&String; 2],
    options: &Options<'_>,
) -> Result<Option<Picture>, Failure> {
    let wanted = [
        Wanted { name: parent, place: "PARENT", filtered: false },
        Wanted { name: child, place: "CHILD", filtered: true },
    ];
    let pair = Pair::open(&arguments.source, &arguments.filter, wanted, options.lang)?;
    let [parent, child] = &pair.notices;
    let verdicts = query::verdicts(&*pair.source, std::slice::from_ref(&child.id))?;
    Ok(Some(diagram::inherit(&inherit(parent, child, &verdicts), options)?))
}

fn reform(arguments: &Arguments, name: &str, options: &Options<'_>) -> Result<Option<Picture>, Failure> {
    let source = arguments.source.open()?;
    let documents = query::documents(&*source)?;
    let network = query::project_documents(&*source, &documents, &Filter::default(), Detail::Words)?;
    let all: Vec<&Department> = network.departments().map(|(_, department)| department).collect();
    let found = org::find(name.trim(), &all, &query::printed_names(&*source)?);
    let department = match found.as_slice() {
        [only] => only,
        [] => return Err(org::unknown(name, &all)),
        several => {
            return Err(ambiguous(name, several.iter().map(|one| one.label.clone()).collect(), ("个机构", "bodies")));
        }
    };
    let profile = profile(&network, department);
    if profile.history.is_empty() {
        let what = Message::new(
            format!("名录中没有触及 `{}` 的机构改革", department.label),
            format!("the registry knows no reform of `{}`", department.label),
        );
        let hint = Message::new(
            "`zeren registry` 说明怎样加入自己的行",
            "`zeren registry` tells how to add rows of one's own",
        );
        output::warn("", what.in_lang(options.lang), Some(hint.in_lang(options.lang)), options.lang);
        return Ok(None);
    }
    Ok(Some(diagram::reform(&profile, options)?))
}

/// A name that means several things, and the first of them.
fn ambiguous(name: &str, mut meant: Vec<String>, (zh, en): (&str, &str)) -> Failure {
    let count = meant.len();
    meant.sort();
    meant.truncate(MOST_NAMED);
    let all: Vec<String> = meant.iter().map(|one| format!("`{one}`")).collect();
    let more = if count > MOST_NAMED { "…" } else { "" };
    Failure::Usage {
        place: "NAME".to_owned(),
        what: Message::new(format!("`{name}` 可以指 {count} {zh}"), format!("`{name}` may mean {count} {en}")),
        hint: Some(Message::new(
            format!("写出全称，或用 `--document` 缩小范围：{}{more}", all.join("、")),
            format!("give it whole, or narrow it with `--document`: {}{more}", all.join(", ")),
        )),
    }
}
