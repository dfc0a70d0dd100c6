//! `zeren diagram`: who owns what, as a picture.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use zeren::analysis::narrow;
use zeren::diagnostic::{Lang, Message};
use zeren::render::{dot, graphviz};

use super::Done;
use super::failure::Failure;
use super::output;
use super::scope::{self, FilterArguments, InScope, SourceArguments};
use zeren::query::{Detail, StoredDocument};

/// What is drawn.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Kind {
    /// Departments and the tasks that they lead, carry and support
    Owners,
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
pub(super) struct Arguments {
    /// What to draw
    kind: Kind,
    /// Format; by default the one that the name of the output file ends with, else dot
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// File to write instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Only tasks below a heading that contains this text
    #[arg(long, value_name = "TEXT")]
    heading: Option<String>,
    /// Only the departments with the largest load
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    /// Only this department: its name or a part of it
    #[arg(long, value_name = "NAME")]
    body: Option<String>,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    source: SourceArguments,
}

impl Arguments {
    /// The format asked for, or that of the name of the output file.
    ///
    /// # Errors
    ///
    /// A usage error for a name that ends like another kind of file.
    fn format(&self) -> Result<Format, Failure> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let ending = self.output.as_ref().and_then(|path| path.extension()).map(|ending| ending.to_string_lossy());
        match ending.as_deref().map(str::to_ascii_lowercase).as_deref() {
            Some("svg") => Ok(Format::Svg),
            Some("png") => Ok(Format::Png),
            Some("pdf") => Ok(Format::Pdf),
            Some("dot" | "gv") | None => Ok(Format::Dot),
            Some(other) => Err(Failure::Usage {
                place: "-o".to_owned(),
                what: Message::new(format!("不能画成 `.{other}`"), format!("pictures are not written as `.{other}`")),
                hint: Some(Message::new(
                    "用 .svg、.png、.pdf 或 .dot，或用 `--format` 指定格式",
                    "use .svg, .png, .pdf or .dot, or name the format with `--format`",
                )),
            }),
        }
    }

    /// The options that narrow the picture down.
    fn given(&self) -> Vec<&'static str> {
        let own =
            [("--heading", self.heading.is_some()), ("--body", self.body.is_some()), ("--top", self.top.is_some())];
        let own = own.into_iter().filter(|(_, given)| *given).map(|(option, _)| option);
        self.filter.given().into_iter().chain(own).collect()
    }
}

pub(super) fn run(arguments: &Arguments, lang: Lang) -> Result<Done, Failure> {
    let format = arguments.format()?;
    let to_stdout = arguments.output.as_ref().is_none_or(|path| path.as_os_str() == "-");
    if to_stdout && matches!(format, Format::Png | Format::Pdf) && io::stdout().is_terminal() {
        return Err(Failure::Usage {
            place: "--format".to_owned(),
            what: Message::new("图片不能显示在终端里", "a picture cannot be shown in a terminal"),
            hint: Some(Message::new("用 `-o 文件` 指定输出文件", "name a file with `-o FILE`")),
        });
    }
    let InScope { documents, network: all } =
        arguments.filter.network(&*arguments.source.open()?, Detail::Words, lang)?;
    let bodies = arguments.body.as_deref().map(|name| scope::bodies(&all, name)).transpose()?;
    let network = narrow(&all, arguments.heading.as_deref(), bodies.as_deref(), arguments.top);
    let tasks = network.tasks().count();
    if tasks == 0 {
        if all.tasks().next().is_some() {
            scope::warn_of_nothing(&arguments.given(), lang);
        }
        // a good picture is not replaced by an empty one
        return Ok(Done::Partly);
    }
    if tasks > dot::LEGIBLE_TASKS {
        let zh = format!("{tasks} 项任务，图可能难以辨认");
        let en = format!("the picture shows {tasks} tasks and may be hard to read");
        let hint = lang.pick(
            "用 `--document`、`--heading`、`--body` 或 `--top` 缩小范围",
            "narrow it with `--document`, `--heading`, `--body` or `--top`",
        );
        output::warn("", lang.pick(&zh, &en), Some(hint), lang);
    }
    let captions = documents.iter().filter_map(caption).collect();
    let text = match arguments.kind {
        Kind::Owners => dot::owners(&network, &captions, lang),
    };
    let picture = match format {
        Format::Dot => text.into_bytes(),
        Format::Svg | Format::Png | Format::Pdf => graphviz::draw(&text, format.as_str())?,
    };
    output::result(arguments.output.as_deref(), &picture)?;
    Ok(Done::Well)
}

/// Title, number and date of a document; none where it has no title.
fn caption(document: &StoredDocument) -> Option<(String, dot::Caption)> {
    let number = document.id.rsplit('/').next().filter(|end| end.ends_with('号'));
    let issued = Some(document.issued.as_str()).filter(|issued| !issued.is_empty());
    let detail = [number, issued].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let title = Some(document.title.clone()).filter(|title| !title.is_empty())?;
    Some((document.id.clone(), dot::Caption { title, detail }))
}
