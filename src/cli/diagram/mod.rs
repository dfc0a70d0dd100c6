//! `zeren diagram`: who owns what, as a picture.

mod draw;

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::diagnostic::{Lang, Message};
use zeren::iri;
use zeren::render::diagram::{NoPage, Options, Sheet};
use zeren::render::graphviz;

use super::failure::Failure;
use super::form::{self, Forms};
use super::scope::{FilterArguments, SourceArguments};
use super::{Done, output};

/// What is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Departments and the tasks that they lead, carry and support
    Owners,
    /// One department: what it leads, shares and supports, with whom, by when
    Body,
    /// One task: the mandate above, its parties, figures and dates
    Task,
    /// Who works with whom, and who forms the core
    Overlap,
    /// Documents up and down the levels
    Lineage,
    /// What a document below made of the tasks of one above
    Inherit,
    /// One body through the reforms
    Reform,
}

impl Kind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Owners => "owners",
            Self::Body => "body",
            Self::Task => "task",
            Self::Overlap => "overlap",
            Self::Lineage => "lineage",
            Self::Inherit => "inherit",
            Self::Reform => "reform",
        }
    }

    /// The least and the most names that it takes, and what they name.
    fn names(self) -> (usize, usize, &'static str) {
        match self {
            Self::Owners | Self::Overlap => (0, 0, ""),
            Self::Body => (1, 1, "DEPARTMENT"),
            Self::Task => (1, 1, "TASK"),
            Self::Lineage => (0, 1, "DOCUMENT"),
            Self::Inherit => (2, 2, "PARENT CHILD"),
            Self::Reform => (1, 1, "BODY"),
        }
    }

    /// The options that narrow it down, besides those of every command.
    fn options(self) -> &'static [&'static str] {
        match self {
            Self::Owners => &["--heading", "--theme", "--body", "--top"],
            Self::Body => &["--heading", "--theme"],
            Self::Overlap => &["--heading", "--theme", "--body"],
            Self::Task | Self::Lineage | Self::Inherit | Self::Reform => &[],
        }
    }

    /// The options about bodies that it makes nothing of: documents are drawn as printed, a reform on its own day.
    fn unheeded(self) -> &'static [&'static str] {
        match self {
            Self::Owners | Self::Body | Self::Overlap => &[],
            Self::Task | Self::Lineage | Self::Inherit => &["--current"],
            Self::Reform => &["--current", "--as-of"],
        }
    }
}

/// Formats of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Text for Graphviz
    Dot,
    /// Scalable picture
    Svg,
    /// Pixels
    Png,
    /// For printing
    Pdf,
}

impl Format {
    fn as_str(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  zeren diagram owners --document notice.txt -o owners.svg      who owns what in one document
  zeren diagram owners --theme 药品 -o drugs.pdf                  the tasks about one thing
  zeren diagram body 市财政局 -o finance.pdf                      one department, with whom, by when
  zeren diagram task '(三)' --document notice.txt -o task.png    one task with all around it
  zeren diagram inherit 国办发 省政办发 -o inherit.pdf             what became of the tasks of a document above
  zeren diagram lineage -o lineage.svg                          which documents descend from which
  zeren diagram reform 某某市卫生健康委 -o reform.svg               a body through the reforms")]
pub(super) struct Arguments {
    /// What to draw
    kind: Kind,
    /// What it is about: the department of `body`, the task of `task`, the document of `lineage`, the two of `inherit`, the
    /// body of `reform`
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Format; by default the one that the name of the output file ends with, else dot
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// File to write instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only tasks below a heading that contains this text
    #[arg(long, value_name = "TEXT")]
    heading: Option<String>,
    /// Only tasks whose words or headings contain this text
    #[arg(long, value_name = "TEXT")]
    theme: Option<String>,
    /// Only the departments with the largest load
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only this department: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    /// Which page, where the picture takes more than one of A3
    #[arg(long, value_name = "N", default_value_t = 1)]
    page: usize,
    /// Draws all on one sheet, however large
    #[arg(long, conflicts_with = "page")]
    whole: bool,
    /// Where links lead in SVG: the address that stands for that of the IRIs, such as one of `zeren serve`
    #[arg(long, value_name = "URL")]
    links: Option<String>,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

/// The formats by the names of files.
const FORMS: Forms<Format> = Forms {
    thing: ("图", "pictures"),
    endings: &[
        ("svg", Format::Svg),
        ("png", Format::Png),
        ("pdf", Format::Pdf),
        ("dot", Format::Dot),
        ("gv", Format::Dot),
    ],
    named: 4,
    usual: Format::Dot,
};

impl Arguments {
    /// The options of one's own that narrow the picture down.
    fn own(&self) -> impl Iterator<Item = &'static str> {
        let own = [
            ("--heading", self.heading.is_some()),
            ("--theme", self.theme.is_some()),
            ("--body", self.body.is_some()),
            ("--top", self.top.is_some()),
        ];
        own.into_iter().filter(|(_, given)| *given).map(|(option, _)| option)
    }

    /// All options that narrow the picture down.
    fn given(&self) -> Vec<&'static str> {
        self.filter.documents.given().into_iter().chain(self.own()).collect()
    }

    /// What the picture was narrowed down to, as its readers are told.
    fn narrowed(&self, lang: Lang) -> String {
        let own = [
            (lang.pick("标题含", "heading: "), self.heading.as_deref()),
            (lang.pick("主题", "theme: "), self.theme.as_deref()),
            (lang.pick("部门", "department: "), self.body.as_deref()),
        ];
        let (open, close) = (lang.pick("“", ""), lang.pick("”", ""));
        let given = own.into_iter().filter_map(|(word, value)| Some(format!("{word}{open}{}{close}", value?)));
        let mut parts: Vec<String> = given.collect();
        parts.extend(self.top.map(|top| match lang {
            Lang::Zh => format!("负荷最大的 {top} 个部门"),
            Lang::En => format!("the {top} departments with the largest load"),
        }));
        parts.join(lang.pick("；", "; "))
    }

    /// Refuses names and options that the kind makes nothing of.
    fn check(&self) -> Result<(), Failure> {
        let kind = self.kind.as_str();
        let (least, most, named) = self.kind.names();
        if !(least..=most).contains(&self.names.len()) || self.names.iter().any(|name| name.trim().is_empty()) {
            let given = self.names.len();
            let usage = format!("`zeren diagram {kind} {named}`").replace(" `", "`");
            return Err(Failure::Usage {
                place: kind.to_owned(),
                what: match most {
                    0 => Message::new("不带名称", "takes no name"),
                    _ if given > most => {
                        Message::new(format!("名称太多：{given}"), format!("takes fewer names than {given}"))
                    }
                    _ => Message::new("缺少名称", "lacks a name"),
                },
                hint: Some(Message::new(format!("写作 {usage}"), format!("write {usage}"))),
            });
        }
        let unheeded = self.filter.about_bodies().into_iter().find(|option| self.kind.unheeded().contains(option));
        if let Some(option) = self.own().find(|option| !self.kind.options().contains(option)).or(unheeded) {
            return Err(Failure::Usage {
                place: option.to_owned(),
                what: Message::new(format!("不适用于 `{kind}`"), format!("means nothing for `{kind}`")),
                hint: None,
            });
        }
        Ok(())
    }
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let format = FORMS.of(arguments.format, arguments.output.as_deref())?;
    arguments.check()?;
    if matches!(format, Format::Png | Format::Pdf) {
        form::not_on_a_terminal(arguments.output.as_deref(), ("图片", "a picture"))?;
    }
    let base = arguments.links.as_deref().map(|base| format!("{}/", base.trim_end_matches('/')));
    let link = |id: &str| {
        let base = base.as_deref().unwrap_or(iri::BASE);
        id.strip_prefix(iri::BASE).map(|rest| format!("{base}{rest}"))
    };
    let sheet = if arguments.whole { Sheet::Whole } else { Sheet::Page(arguments.page) };
    let Some(picture) =
        draw::draw(arguments, &Options { lang, sheet, narrowed: &arguments.narrowed(lang), link: &link })?
    else {
        // a good picture is not replaced by an empty one
        return Ok(Done::Partly);
    };
    let bytes = match format {
        Format::Dot => picture.dot.into_bytes(),
        Format::Svg | Format::Png | Format::Pdf => graphviz::draw(&picture.dot, format.as_str())?,
    };
    output::result(arguments.output.as_deref(), &bytes)?;
    if let Some(words) = picture.cut.words() {
        output::remark(words.in_lang(lang), None, lang);
    }
    Ok(Done::Well)
}

impl From<NoPage> for Failure {
    fn from(none: NoPage) -> Self {
        let pages = none.pages;
        Self::Usage {
            place: "--page".to_owned(),
            what: Message::new(format!("图只有 {pages} 页"), format!("the picture has {pages} pages")),
            hint: None,
        }
    }
}
