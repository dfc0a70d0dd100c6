//! Examples of commands, in both languages, below their help.

use std::fmt::Write as _;

use clap::Command;
use zeren::diagnostic::Lang;
use zeren::render::cells;

/// A line to type, and what it does in English and in Chinese.
type Example = (&'static str, &'static str, &'static str);

/// Examples by command. Commands that are not listed bring their own.
const EXAMPLES: &[(&str, &[Example])] = &[
    (
        "build",
        &[
            ("zeren build", "all documents in the folder data, into zeren.db", "读取 data 中的全部文件，存入 zeren.db"),
            (
                "zeren build notices/ ledger.xlsx",
                "a folder, and a ledger that came back",
                "一个文件夹和一份填报后的台账",
            ),
            ("zeren build 通知.docx --store city.db", "into a store of its own", "存入另一知识库"),
        ],
    ),
    (
        "extract",
        &[
            ("zeren extract notice.txt", "who must do what, as a table", "列出谁负责什么"),
            ("zeren extract notice.pdf --format json", "the same for programs", "供程序使用"),
            ("zeren extract notice.txt --review", "what a person should look at", "需要人核对的判断"),
        ],
    ),
    (
        "lint",
        &[
            ("zeren lint draft.docx", "what is wrong, at its place", "文稿有什么问题、在哪里"),
            ("zeren lint draft.docx --format html -o draft.html", "as a page for colleagues", "成为网页，供传阅"),
            ("zeren lint drafts/ --fail-on warning", "status 1 from warnings on", "有警告即以状态 1 结束"),
        ],
    ),
    (
        "explain",
        &[
            ("zeren explain", "all codes", "全部代码"),
            ("zeren explain ZR103", "one code, with a wrong and a right example", "一个代码，附错误和正确的例子"),
        ],
    ),
    (
        "query",
        &[
            ("zeren query --list", "the questions it can answer", "预置的查询"),
            ("zeren query tasks-of --param body=财政局", "what one department has to do", "一个部门承担的任务"),
            ("zeren query status --param state=delayed", "what ledgers report as delayed", "台账中填报为滞后的任务"),
            ("zeren query --text 'SELECT * { ?org z:leads ?task }' --limit 5", "SPARQL of one's own", "自写的 SPARQL"),
        ],
    ),
    (
        "shell",
        &[
            ("zeren shell", "asks the store zeren.db", "对 zeren.db 提问"),
            ("zeren shell --endpoint http://localhost:7878/query", "asks another server", "对另一服务器提问"),
        ],
    ),
    (
        "org",
        &[
            ("zeren org 绍兴市卫健委", "names, history and tasks of a body", "一个机构的名称、沿革和任务"),
            ("zeren org 财政局 --format json", "for programs", "供程序使用"),
        ],
    ),
    (
        "ontology",
        &[
            ("zeren ontology --format html -o ontology.html", "the vocabulary as a page", "词汇表网页"),
            ("zeren ontology > zeren.ttl", "as Turtle", "词汇表（Turtle）"),
        ],
    ),
    (
        "validate",
        &[
            ("zeren validate", "the store against the shapes", "检查知识库"),
            ("zeren validate dump.nq --format sarif", "a file of RDF, for editors", "检查 RDF 文件，供编辑器使用"),
        ],
    ),
    (
        "synth",
        &[
            ("zeren synth -o nation", "a thousand notices with the true answers", "一千份文件及其标准答案"),
            ("zeren synth -o nation --seed 7 --notices 40000", "another nation, whole", "另一套，全国规模"),
        ],
    ),
    (
        "verify",
        &[
            ("zeren verify", "every file of the store against its digest", "逐一核对知识库各文件的摘要"),
            ("zeren verify --format json", "for programs", "供程序使用"),
            ("zeren verify --repair", "forget what is damaged, to be built again", "除去损坏的文件，之后重新构建"),
        ],
    ),
    ("registry", &[("zeren registry --registry rows/", "what is wrong with rows of one's own", "检查自己所加的行")]),
    (
        "inherit",
        &[
            (
                "zeren inherit 沄政办发〔2024〕12号",
                "in every document below, level by level",
                "逐级查看各下级文件如何承接",
            ),
            (
                "zeren inherit 沄政办发〔2024〕12号 霖政办发〔2024〕20号 --trace",
                "one pair, with the words",
                "一对文件，附原文",
            ),
            ("zeren inherit upper.docx lower.docx", "two files, without a store", "两个文件，不用知识库"),
        ],
    ),
    (
        "diff",
        &[
            ("zeren diff draft.docx final.docx", "what changed between two files", "两个文件之间的改动"),
            ("zeren diff a.txt b.txt --format html -o diff.html", "with the changes marked", "标出改动的网页"),
        ],
    ),
    (
        "diagram",
        &[
            (
                "zeren diagram owners --document 58号 -o owners.svg",
                "who owns what in one document",
                "一份文件的责任关系图",
            ),
            ("zeren diagram owners --body 市财政局 -o finance.pdf", "one department, for printing", "一个部门，供打印"),
        ],
    ),
    (
        "dump",
        &[
            ("zeren dump -o all.nq", "the whole store", "整个知识库"),
            ("zeren dump --document 56号 -o one.ttl", "one document", "一份文件"),
        ],
    ),
    ("load", &[("zeren load all.nq", "what `zeren dump` wrote", "读回 `zeren dump` 写出的内容")]),
    (
        "push",
        &[
            ("zeren push --endpoint http://localhost:7878", "to another server", "推送到另一服务器"),
            (
                "zeren push --endpoint http://localhost:3030/ds --preset fuseki",
                "of a kind that is named",
                "指明服务器种类",
            ),
        ],
    ),
    (
        "serve",
        &[
            (
                "zeren serve",
                "pages at http://127.0.0.1:8077/, SPARQL at /query",
                "网页在 http://127.0.0.1:8077/，SPARQL 在 /query",
            ),
            ("zeren serve --bind 127.0.0.1:9000", "at another port", "另选端口"),
        ],
    ),
    (
        "completions",
        &[
            ("zeren completions bash > ~/.local/share/bash-completion/completions/zeren", "for bash", "用于 bash"),
            (
                "zeren completions zsh > ~/.zfunc/_zeren",
                "for zsh, in a folder of fpath",
                "用于 zsh，放在 fpath 的文件夹中",
            ),
            ("zeren completions fish > ~/.config/fish/completions/zeren.fish", "for fish", "用于 fish"),
            ("zeren completions powershell >> $PROFILE", "for PowerShell", "用于 PowerShell"),
        ],
    ),
    ("man", &[("zeren man /usr/local/share/man/man1", "a page for each command", "每个命令一页")]),
];

/// The command with examples below the help of every command that has none.
pub(super) fn add(command: Command, lang: Lang) -> Command {
    command.mut_subcommands(|inner| {
        let listed = EXAMPLES.iter().find(|(name, _)| *name == inner.get_name());
        match listed {
            Some((_, examples)) if inner.get_after_help().is_none() => {
                let text = text(examples, lang);
                inner.after_help(text)
            }
            _ => inner,
        }
    })
}

fn text(examples: &[Example], lang: Lang) -> String {
    let widest = examples.iter().map(|(line, ..)| cells(line)).max().unwrap_or_default();
    let mut text = lang.pick("例：", "Examples:").to_owned();
    for (line, en, zh) in examples {
        let blanks = " ".repeat(widest - cells(line) + 3);
        let _ = write!(text, "\n  {line}{blanks}{}", lang.pick(zh, en));
    }
    text
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// The words of a line, as a shell reads them: up to a redirection, quotes taken off.
    fn words(line: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let mut quoted = false;
        for char in line.chars() {
            match char {
                '\'' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                '>' if !quoted => break,
                char => words.last_mut().unwrap().push(char),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }

    #[test]
    fn every_command_has_examples_in_both_languages_and_they_parse() {
        for lang in [Lang::En, Lang::Zh] {
            let command = crate::cli::help::translate(crate::cli::Arguments::command(), lang);
            for inner in command.get_subcommands() {
                let help = inner.get_after_help().map(ToString::to_string).unwrap_or_default();
                assert!(help.starts_with(lang.pick("例：", "Examples:")), "{}: {help}", inner.get_name());
                for line in help.lines().skip(1).filter_map(|line| line.trim().split("  ").next()) {
                    let parsed = crate::cli::Arguments::command().try_get_matches_from(words(line));
                    assert!(parsed.is_ok(), "{line}: {}", parsed.unwrap_err());
                }
            }
        }
    }
}
