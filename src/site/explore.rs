//! The network to be explored: a drawing that a script makes, and beside it the same as lists with links, which also work
//! without one.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use form_urlencoded::Serializer;
use maud::{Markup, html};
use petgraph::graph::NodeIndex;

use super::page::{Drawing, Page};
use super::{Links, Paths, Site, View, front, words};
use crate::analysis::explore::{Bond, MOST, Scene, Seen, Wanted, around, scene};
use crate::analysis::find_departments;
use crate::diagnostic::Lang;
use crate::extract::Role;
use crate::network::{Network, Node};
use crate::query::{Filter, StoredDocument};
use crate::render::explore::{self, id, label};

/// How many nodes may be asked for, the usual number among them.
const SIZES: [usize; 4] = [60, USUAL, 600, MOST];
const USUAL: usize = 200;

/// Nodes that the list names.
const LISTED: usize = 100;

const ROLES: [Role; 4] = [Role::Lead, Role::CoLead, Role::Responsible, Role::Supporting];

/// What a person asks to see; empty texts ask for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// A document, by a part of its number or title.
    pub document: String,
    /// A place, by its name.
    pub place: String,
    /// A year.
    pub year: String,
    /// A role.
    pub role: Option<Role>,
    /// Whether tasks are seen beside departments.
    pub tasks: bool,
    /// How many nodes; 0 for the usual number.
    pub most: usize,
    /// A node, by its IRI or, of a department, its name.
    pub node: String,
}

impl Asked {
    /// What is asked for in terms of the documents that there are.
    fn wanted<'a>(&self, documents: impl IntoIterator<Item = &'a StoredDocument>) -> Wanted {
        let given = |text: &str| (!text.trim().is_empty()).then(|| text.trim().to_owned());
        let filter = Filter {
            documents: given(&self.document).into_iter().collect(),
            jurisdictions: given(&self.place).into_iter().collect(),
            years: given(&self.year).map(|year| year.parse().unwrap_or_default()).into_iter().collect(),
        };
        let passing = documents.into_iter().filter(|document| document.passes(&filter));
        let most = if self.most == 0 { USUAL } else { self.most };
        Wanted {
            documents: (filter != Filter::default()).then(|| passing.map(|document| document.id.clone()).collect()),
            role: self.role,
            tasks: self.tasks,
            most: most.min(MOST),
        }
    }

    /// The node that is asked for, if there is one.
    fn node(&self, network: &Network) -> Option<NodeIndex> {
        let words = self.node.trim();
        if words.is_empty() {
            return None;
        }
        let known = |wanted: &str| network.graph.node_indices().find(|node| id(network, *node) == wanted);
        known(words).or_else(|| known(&find_departments(network, words).first()?.id))
    }

    /// The fields of an address that asks so, with another node.
    fn fields(&self, node: &str) -> String {
        let mut fields = Serializer::new(String::new());
        let most = if self.most == 0 { String::new() } else { self.most.to_string() };
        for (name, value) in [
            ("document", self.document.as_str()),
            ("place", &self.place),
            ("year", &self.year),
            ("role", self.role.map_or("", Role::as_str)),
            ("tasks", if self.tasks { "1" } else { "" }),
            ("most", &most),
            ("node", node),
        ] {
            if !value.is_empty() {
                fields.append_pair(name, value);
            }
        }
        fields.finish()
    }
}

/// The page of a view.
#[derive(Clone, Debug)]
pub struct Explorer<'a> {
    site: &'a Site,
    network: &'a Network,
    documents: Vec<&'a StoredDocument>,
    asked: &'a Asked,
    wanted: Wanted,
    paths: &'a Paths,
    lang: Lang,
}

impl Site {
    /// The network, as it is asked to be seen.
    pub fn explorer<'a>(&'a self, asked: &'a Asked, paths: &'a Paths, lang: Lang) -> Explorer<'a> {
        let documents: Vec<&StoredDocument> = self.documents().iter().map(|entry| &entry.document).collect();
        let wanted = asked.wanted(documents.iter().copied());
        Explorer { site: self, network: &self.network, documents, asked, wanted, paths, lang }
    }
}

impl Site {
    /// The network as it is seen where nothing else is asked for.
    pub(super) fn usual(&self) -> &Scene {
        self.usual.get_or_init(|| scene(&self.network, &Asked::default().wanted([])))
    }
}

impl Explorer<'_> {
    fn scene(&self) -> Cow<'_, Scene> {
        let Wanted { documents, role, tasks, most } = &self.wanted;
        if (documents.is_none() && role.is_none()) && !tasks && *most == USUAL {
            return Cow::Borrowed(self.site.usual());
        }
        Cow::Owned(scene(self.network, &self.wanted))
    }

    /// What is seen, or what is around the node that is asked for, as data for the script; none if there is no such node.
    ///
    /// # Errors
    ///
    /// Where `out` cannot be written.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<bool> {
        let seen = if self.asked.node.is_empty() { Some(self.scene()) } else { self.around().map(Cow::Owned) };
        let Some(seen) = seen else { return Ok(false) };
        explore::json(out, &seen, self.network)?;
        Ok(true)
    }

    /// What is around the node that is asked for, as a part of the page; none if there is no such node.
    pub fn panel(&self) -> Option<Markup> {
        Some(self.vicinity(&self.around()?))
    }

    fn around(&self) -> Option<Scene> {
        Some(around(self.network, self.asked.node(self.network)?, &self.wanted))
    }

    /// What the page says below its title.
    pub fn main(&self) -> Markup {
        let lang = self.lang;
        let fields = self.asked.fields("");
        let scene = self.scene();
        let near = self.around();
        let centre = near.as_ref().and_then(|near| near.nodes.first()).map(|one| id(self.network, one.node));
        let from = |path: &str| self.paths.kept(&format!("{path}?{fields}"));
        let still = self.site.still(Drawing::Coordination, self.paths, lang);
        html! {
            (self.filters())
            p #seen { (self.summary(&scene)) }
            @if !front::is_built() { (front::missing(lang)) }
            div.explorer {
                div.drawing {
                    form #find.filters action=(self.paths.kept("/explore")) method="get" {
                        (self.hidden())
                        label { (lang.pick("找部门", "Find a department"))
                            input type="search" name="node" list="names"; }
                        datalist #names { @for one in &scene.nodes { option value=(label(self.network, one.node)) {} } }
                        button { (lang.pick("找", "Find")) }
                    }
                    noscript { (still) }
                    @if !front::is_built() { (still) } @else {
                        div #graph role="img" data-from=(from("/explore.json")) data-panel=(from("/explore/panel")) data-centre=[centre]
                            data-failed=(lang.pick("没有取到数据", "the data could not be fetched"))
                            aria-label=(lang.pick("部门网络图；同样的内容列在下面", "Network of departments; the same is listed below")) {}
                        p.tools {
                            @for (name, sign, words) in [
                                ("in", "＋", lang.pick("放大", "Zoom in")),
                                ("out", "－", lang.pick("缩小", "Zoom out")),
                                ("fit", "⤢", lang.pick("看全图", "See all")),
                            ] { button type="button" data-tool=(name) title=(words) aria-label=(words) { (sign) } }
                            span #state.soft role="status" {}
                        }
                        (self.legend())
                    }
                }
                aside #panel aria-live="polite" aria-label=(lang.pick("选中的", "What is chosen")) {
                    @match &near { Some(near) => (self.vicinity(near)), None => p.soft { (lang.pick(
                        "点一个部门，看它与谁共事。拖动可移动，滚轮可缩放。",
                        "Choose a department to see whom it works with. Drag to move, turn the wheel to zoom.",
                    )) } }
                }
            }
            (self.list(&scene))
        }
    }

    /// The address of a view around a node.
    fn around_address(&self, node: &str) -> String {
        self.paths.kept(&format!("/explore?{}", self.asked.fields(node)))
    }

    /// The fields that hold what else is asked for.
    fn hidden(&self) -> Markup {
        let fields = self.asked.fields("");
        html! {
            @for (name, value) in form_urlencoded::parse(fields.as_bytes()) { input type="hidden" name=(name) value=(value); }
            (self.paths.language_field())
        }
    }

    fn filters(&self) -> Markup {
        let (lang, asked) = (self.lang, self.asked);
        let any = lang.pick("全部", "all");
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut years: BTreeSet<&str> = BTreeSet::new();
        for document in &self.documents {
            let around: BTreeSet<&str> = document.places.iter().map(|(name, _)| name.as_str()).collect();
            for name in around {
                *places.entry(name).or_default() += 1;
            }
            years.extend(document.years.iter().map(String::as_str));
        }
        let option =
            |value: &str, words: &str, chosen: bool| html! { option value=(value) selected[chosen] { (words) } };
        html! {
            form #filters.filters action=(self.paths.kept("/explore")) method="get" {
                (self.paths.language_field())
                label { (lang.pick("地区", "Place")) select name="place" { option value="" { (any) }
                    @for (name, count) in &places { (option(name, &format!("{name} ({count})"), asked.place == *name)) }
                } }
                label { (lang.pick("年份", "Year")) select name="year" { option value="" { (any) }
                    @for year in years.iter().rev() { (option(year, year, asked.year == *year)) }
                } }
                label { (lang.pick("角色", "Role")) select name="role" { option value="" { (any) }
                    @for role in ROLES { (option(role.as_str(), words::role(role, lang), asked.role == Some(role))) }
                } }
                label { (lang.pick("文件", "Document"))
                    input type="search" name="document" value=(asked.document) placeholder=(lang.pick("文号或标题", "number or title")); }
                label { (lang.pick("看什么", "Show")) select name="tasks" {
                    option value="" { (lang.pick("部门", "departments")) }
                    (option("1", lang.pick("部门与任务", "departments and tasks"), asked.tasks))
                } }
                label { (lang.pick("最多", "At most")) select name="most" {
                    @for size in SIZES { (option(&size.to_string(), &size.to_string(), size == if asked.most == 0 { USUAL } else { asked.most })) }
                } }
                button { (lang.pick("显示", "Show")) }
            }
        }
    }

    fn summary(&self, scene: &Scene) -> String {
        let (nodes, links) = (scene.nodes.len(), scene.links.len());
        let (no_nodes, no_links) = (scene.nodes_left_out, scene.links_left_out);
        match (self.lang, nodes) {
            (Lang::Zh, 0) => "范围内没有任务。".to_owned(),
            (Lang::En, 0) => "No task is in scope.".to_owned(),
            (Lang::Zh, _) => {
                let left = match (no_nodes, no_links) {
                    (0, 0) => "没有略去的。".to_owned(),
                    (0, _) => format!("略去较弱的 {no_links} 条线。"),
                    _ => format!("略去联系较少的 {no_nodes} 个点、较弱的 {no_links} 条线。"),
                };
                format!("{nodes} 个点，{links} 条线；{left}")
            }
            (Lang::En, _) => {
                let left = match (no_nodes, no_links) {
                    (0, 0) => "nothing is left out.".to_owned(),
                    (0, _) => format!("the {no_links} weakest lines are left out."),
                    _ => format!("left out: {no_nodes} less connected nodes, {no_links} weaker lines."),
                };
                format!("{nodes} nodes, {links} lines; {left}")
            }
        }
    }

    /// What is around a node.
    fn vicinity(&self, around: &Scene) -> Markup {
        let lang = self.lang;
        let Some((centre, others)) = around.nodes.split_first() else { return html! {} };
        let own = id(self.network, centre.node);
        let is_department = matches!(self.network.graph[centre.node], Node::Department(_));
        let heading = match (is_department, self.asked.tasks) {
            (true, false) => lang.pick("与谁共事", "Works with"),
            (true, true) => lang.pick("任务", "Tasks"),
            _ => lang.pick("参与部门", "Parties"),
        };
        html! {
            h2 { (self.full(centre)) }
            p { a.go href=(self.href(centre)) { (lang.pick("打开页面", "Open its page")) } }
            @if is_department { p.soft { (match lang {
                Lang::Zh => format!("任务 {} 项，牵头 {} 项", centre.degree, centre.leads),
                Lang::En => format!("{} tasks, leads {}", centre.degree, centre.leads),
            }) } }
            h3 { (heading) " (" (others.len() + around.nodes_left_out) ")" }
            ul.near { @for (other, link) in others.iter().zip(&around.links) { li {
                a href=(self.around_address(id(self.network, other.node))) data-node=(id(self.network, other.node)) {
                    (label(self.network, other.node)) }
                " " (self.bond(link.bond))
            } } }
            @if around.nodes_left_out > 0 { p.soft { (match lang {
                Lang::Zh => format!("另有 {} 个", around.nodes_left_out),
                Lang::En => format!("{} more", around.nodes_left_out),
            }) } }
            p { a href=(self.paths.kept(&format!("/explore?{}", Asked { tasks: !self.asked.tasks, ..self.asked.clone() }.fields(own)))) {
                (if self.asked.tasks { lang.pick("只看部门", "Departments alone") } else { lang.pick("连同任务一起看", "With its tasks") })
            } }
        }
    }

    fn bond(&self, bond: Bond) -> Markup {
        let lang = self.lang;
        match bond {
            Bond::Part(role) => html! { span class=(format!("role {}", role.as_str())) { (words::role(role, lang)) } },
            Bond::Common { tasks, .. } => html! { span.soft { (match lang {
                Lang::Zh => format!("共同任务 {tasks} 项"),
                Lang::En if tasks == 1 => "1 common task".to_owned(),
                Lang::En => format!("{tasks} common tasks"),
            }) } },
        }
    }

    /// The whole name of a node.
    fn full<'a>(&'a self, seen: &Seen) -> &'a str {
        match &self.network.graph[seen.node] {
            Node::Department(body) => &body.label,
            Node::Task(task) => &task.text,
        }
    }

    fn href(&self, seen: &Seen) -> String {
        let to = match &self.network.graph[seen.node] {
            Node::Department(body) => Page::Department(&body.id),
            Node::Task(task) => Page::Task(&task.id),
        };
        self.paths.page(Page::Overview, to)
    }

    /// The same as a list.
    fn list(&self, scene: &Scene) -> Markup {
        let lang = self.lang;
        let name = lang.pick("图中各点", "What is drawn");
        let columns = [
            lang.pick("名称", "name"),
            lang.pick("任务或部门#", "tasks or parties#"),
            lang.pick("牵头#", "leads#"),
            lang.pick("联系", "joined with"),
        ];
        let row = |one: &Seen| {
            let own = id(self.network, one.node);
            vec![
                html! { a href=(self.href(one)) { (label(self.network, one.node)) } },
                html! { (one.degree) },
                html! { (one.leads) },
                html! { a href=(self.around_address(own)) data-node=(own) { (lang.pick("看周围", "see around")) } },
            ]
        };
        let rows: Vec<_> = scene.nodes.iter().take(LISTED).map(row).collect();
        let more = scene.nodes.len().saturating_sub(LISTED);
        html! { @if !rows.is_empty() {
            h2 { (name) }
            (View::table(name, &columns, &rows))
            @if more > 0 { p.soft { (match lang {
                Lang::Zh => format!("另有 {more} 个点在图中，可以查找。"),
                Lang::En => format!("{more} more are drawn and can be found by name."),
            }) } }
        } }
    }

    /// What lines and shapes mean: told by their form first.
    fn legend(&self) -> Markup {
        let lang = self.lang;
        let line = |dashes: &str, width: &str, colour: &str| {
            html! { svg width="44" height="12" aria-hidden="true" {
                line x1="0" y1="6" x2="44" y2="6" stroke=(colour) stroke-width=(width) stroke-dasharray=(dashes) {}
            } }
        };
        html! { ul.legend {
            @if self.asked.tasks {
                @for role in ROLES {
                    @let look = explore::line(role);
                    li { (line(look.dashes, look.width, look.colour)) " " (words::role(role, lang)) }
                }
                li { span.thing.body {} " " (lang.pick("部门", "department")) }
                li { span.thing.task {} " " (lang.pick("任务", "task")) }
            } @else {
                li { (line("", "1", "#5b6b7a")) (line("", "5", "#5b6b7a")) " " (lang.pick("越粗，共同任务越多", "wider: more common tasks")) }
                li { span.thing.body {} " " (lang.pick("部门，越大任务越多", "department; larger: more tasks")) }
            }
        } }
    }
}
