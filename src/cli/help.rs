//! Help and usage errors in both languages. The English of the help are the doc comments of the
//! arguments; the Chinese stands here.

use std::ffi::OsString;
use std::num::{IntErrorKind, ParseIntError};
use std::process::ExitCode;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, Command};
use zeren::diagnostic::Lang;

use super::{examples, output};

/// Chinese help, by command and argument; a name without command holds in every command.
const CHINESE: &[(&str, &str)] = &[
    ("zeren", "读取政府任务文件，回答谁对什么事项负责"),
    ("build", "读取文件和台账，把其中内容存入知识库"),
    ("extract", "显示文件写了什么，不用知识库"),
    ("lint", "检查文稿：把文件本身的问题标在原文的位置上"),
    ("explain", "说明 `lint` 的代码，附例子"),
    ("query", "对知识库执行预置的或自写的 SPARQL 查询"),
    ("registry", "显示地区、机构和机构变动等表，并检查自己所加的行"),
    ("shell", "逐条提问，有历史和补全"),
    ("query/limit", "最多列出若干行"),
    ("query/timeout", "若干秒后中止"),
    ("query/explain", "不列答案，而说明问的是什么、怎样执行"),
    ("org", "显示一个机构：名称、沿革和任务"),
    ("ontology", "显示图谱所用的词汇，也可成为网页"),
    ("validate", "按形状约束（SHACL）检查知识库"),
    ("verify", "检查知识库本身：逐一核对各文件的摘要"),
    ("verify/repair", "除去图已损坏的文件，使其余文件可用；损坏的索引重新生成"),
    ("workload", "按承担任务的多少给部门排名"),
    ("inherit", "把文件与其上级文件逐项对照：承接、拆分、收窄了什么，漏了什么"),
    (
        "inherit/parent",
        "上级文件：IRI，或文号、标题、文件名的一部分；不写则为库中全部文件。两者都是磁盘上的文件时直接读取，不用知识库",
    ),
    ("inherit/child", "下级文件；不写则为沿袭上级文件的各级文件"),
    ("inherit/trace", "列出每一行所依据的上下级原文及其位置"),
    ("diff", "比较同一机关的两份文件：两个年度，或草稿与定稿"),
    ("diff/before", "在前的文件：IRI，或文号、标题、文件名的一部分；两者都是磁盘上的文件时直接读取，不用知识库"),
    ("diff/after", "在后的文件"),
    ("diff/trace", "列出每一改动任务前后的全文及其位置"),
    ("BEFORE", "在前的文件"),
    ("AFTER", "在后的文件"),
    ("PARENT", "上级文件"),
    ("CHILD", "下级文件"),
    ("overlap", "显示核心部门，以及谁必须与谁协同"),
    (
        "overlap/examples",
        "例：
  zeren overlap --jurisdiction 哈尔滨市            核心部门有哪些，谁必须与谁协同
  zeren overlap --body 市财政局                    每项任务该找谁
  zeren overlap --rows pairs --top 20 --trace      部门对、共同任务及其原文
  zeren overlap --format svg -o network.svg        网络图",
    ),
    ("overlap/rows", "列出什么"),
    ("overlap/body", "只看这个部门和与它协同的部门：全称或其中一部分"),
    ("overlap/task", "只看编号为此或文字含此的任务"),
    ("overlap/top", "只列前若干个部门和部门对"),
    ("overlap/collective", "统称与泛指的单位也算在内"),
    ("overlap/sensitivity", "不计置信度低于此值的判断时，网络会怎样变化"),
    ("trace", "列出结果所依据的原文及其位置"),
    ("output", "输出到文件，而不是标准输出"),
    ("CONFIDENCE", "置信度"),
    ("TASK", "任务"),
    ("balance", "找出应移交的牵头，使最大负荷降到最低，附证明"),
    ("report", "写成一个文件夹的网页：可看、可打印、可转交，不用网络即可打开"),
    (
        "report/examples",
        "例：
  zeren report -o report                       从磁盘打开的网页：report/index.html
  zeren report -o report --jurisdiction 绍兴市  只含一地的文件
  zeren report -o report --on 2024-06-30       以这一天看时限",
    ),
    ("report/output", "要写的文件夹；没有则新建"),
    ("report/on", "以这一天判断逾期与否；默认为今天"),
    ("due", "列出任务何时到期、由谁牵头，也可导入日历"),
    (
        "due/examples",
        "例：
  zeren due --jurisdiction 330600                   今天已逾期的和即将到期的
  zeren due --on 2024-06-30 --within 30             从某日看：逾期的和三十天内到期的
  zeren due --body 市财政局 --format ics > due.ics      一个部门的时限，供日历导入",
    ),
    ("due/on", "以这一天判断逾期与否；默认为今天。台账到这一天填报为完成或取消的另列，不加 `--current` 也是如此"),
    ("due/within", "只看逾期的和若干天内到期的"),
    ("due/body", "只看有这个部门参与的任务：全称或其中一部分"),
    ("due/top", "每一类只列前若干项"),
    ("due/format", "结果的格式；ics 供日历导入"),
    ("DAYS", "天数"),
    ("ledger", "把任务写成台账工作簿，供填报，再由 `build` 读回"),
    (
        "ledger/examples",
        "例：
  zeren ledger -o 台账.xlsx                            全部文件和单位
  zeren ledger --document 56号 -o 台账.xlsx              一份文件
  zeren ledger --body 市财政局 -o 财政局.xlsx              一个单位的任务
  zeren build 台账.xlsx                                读回填报的内容
  zeren query status                                   各项任务进展如何",
    ),
    ("ledger/output", "要写的文件"),
    ("ledger/format", "台账的格式；默认依输出文件的扩展名，否则为 csv"),
    ("ledger/body", "只看有这个单位参与的任务：全称或其中一部分"),
    ("diagram", "画出部门与任务的责任关系图"),
    ("dump", "把知识库或其中的文件写成 RDF"),
    ("load", "把 RDF 存入知识库"),
    ("push", "把知识库推送到另一 SPARQL 服务器"),
    ("serve", "以网页和 SPARQL 协议提供知识库"),
    ("completions", "写出命令行补全所需的脚本"),
    ("completions/shell", "哪一种命令行"),
    ("man", "写出使用手册"),
    ("man/folder", "存放手册各页的文件夹"),
    ("synth", "写出虚构的各级政府文件及其标准答案，供测量之用"),
    ("synth/output", "要写的文件夹；须为空，没有则新建"),
    ("synth/seed", "种子；同一种子写出同样的内容"),
    ("synth/notices", "文件份数"),
    ("synth/tasks", "每份文件的任务数，约数"),
    ("synth/from", "起始年份"),
    ("synth/to", "终止年份"),
    ("synth/formats", "文件格式，以逗号分隔；默认为全部"),
    ("lang", "帮助和消息所用的语言；数据保持文件原文"),
    ("registry_folder", "文件夹：在地区、机构和机构变动等表中加入自己的行"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("store", "知识库所在文件夹"),
    ("endpoint", "不用知识库，而去问这个地址的 SPARQL 服务器"),
    ("auth", "以何身份访问服务器：basic:用户名、digest:用户名 或 bearer；密码或令牌取自 ZEREN_SECRET，或写在冒号之后"),
    ("headers", "另外发送的请求头（可重复）"),
    ("wait", "等待服务器答复的秒数"),
    ("format", "结果的格式"),
    ("bom", "CSV 以字节序标记开头，Excel 据此认出 UTF-8"),
    ("document", "只看这份文件（可重复）：IRI，或文号、标题、文件名的一部分"),
    ("jurisdiction", "只看这个地方（名称或代码）及其下辖地方的文件"),
    ("year", "只看这一年的文件"),
    ("as_of", "按这一天的机构归并：沿机构改革把同一条线上的工作算在一起"),
    ("current", "台账中改过的牵头等单位和到期日，按改后的算，而不按文件所写"),
    ("org/name", "机构名称：全称、文件中的写法，或其中一部分"),
    ("NAME", "名称"),
    ("DATE", "日期"),
    ("top", "只看负荷最大的若干个部门"),
    ("body", "只看这个部门：全称或其中一部分"),
    ("build/paths", "文件，或要从中查找 txt、html、docx、xlsx、csv 等的文件夹"),
    ("build/threads", "同时读取的文件数；不指定时与处理器数相同"),
    ("extract/files", "要读取的文件；`-` 为标准输入"),
    ("extract/text", "显示各处位置所依据的正文，而不是其中内容"),
    ("extract/review", "改为显示需要人核对的判断，最存疑的在前"),
    ("extract/below", "与 --review 同用：显示置信度低于此值的判断"),
    ("extract/corrections", "用这份更正，而不用文件旁的更正"),
    ("extract/no_corrections", "不用文件旁的更正"),
    ("NUMBER", "数"),
    ("lint/files", "要检查的文件；`-` 为标准输入"),
    ("lint/fail_on", "从哪一级问题起，退出状态为 1"),
    ("lint/select", "只查这些代码：编号、名称，或 ZR2 这样的一组（可重复，或用逗号隔开）"),
    ("lint/ignore", "不查这些代码（可重复，或用逗号隔开）"),
    ("explain/codes", "要说明的代码：编号、名称，或 ZR2 这样的一组；不写则列出全部"),
    ("CODE", "代码"),
    ("SEVERITY", "程度"),
    ("query/name", "预置查询的名称"),
    ("query/file", "写有查询的文件；`-` 为标准输入"),
    ("query/text", "查询本身"),
    ("query/list", "列出预置查询"),
    ("query/params", "查询参数的值"),
    ("validate/files", "要检查的 RDF 文件，而不是知识库：nq、trig、ttl、nt、rdf、jsonld"),
    ("validate/shapes", "用这个文件（Turtle）中的约束，而不用程序自带的"),
    ("validate/fail_on", "从哪一级问题起，退出状态为 1"),
    ("validate/queries", "显示各项约束对应的 SPARQL 查询，不作检查"),
    (
        "workload/examples",
        "例：
  zeren workload --jurisdiction 哈尔滨市 --top 10                      前十名
  zeren workload --jurisdiction 哈尔滨市 --by year --as-of 2024-01-01  逐年，按现在的机构
  zeren workload --assume-first-leads --sensitivity                    并列首位视为牵头，名次有多稳
  zeren workload --body 市财政局 --trace                               每个数字出自哪里
  zeren workload --format svg -o load.svg                              条形图",
    ),
    ("workload/by", "按文件、地方、年份、主题（一级标题）或部门职能分组；按年份时列出各部门逐年的负荷"),
    ("workload/assume_first_leads", "没有写明牵头的并列名单，以首位为牵头"),
    ("workload/sensitivity", "置信度低于此值的判断若不成立或角色最重，名次会怎样变化"),
    ("workload/format", "结果的格式；svg 为条形图"),
    ("workload/collective", "统称与泛指的单位也参与排名"),
    ("weights", "各种角色的权重"),
    (
        "balance/examples",
        "例：
  zeren balance --document notice.txt
  zeren balance --jurisdiction 330600 --year 2016 --max-moves 5   最多移交五项
  zeren balance --keep '(三)' --eligible function                 (三) 不动；同职能的部门也可接手
  zeren balance --merge 体育局=文化和旅游局                           假设一机构并入另一机构
  zeren balance --transfer 医疗保障=医疗保障局                        假设一机构接手一项职能",
    ),
    ("balance/eligible", "谁可以接手牵头：task 为已在该任务中的部门，function 另加同地同职能的部门"),
    ("balance/max_moves", "最多移交多少项牵头"),
    ("balance/keep", "牵头不动的任务（可重复）：IRI、编号，或内容的一部分"),
    ("balance/sensitivity", "不计置信度低于此值的判断时，方案会怎样"),
    ("balance/merge", "假设前一机构并入后一机构（可重复）"),
    ("balance/transfer", "假设某机构（可以是新设的）接手一项职能（可重复）"),
    (
        "diagram/kind",
        "画什么：owners 部门与任务；body 一个部门牵头、负责、配合什么，与谁，何时完成；task 一项任务及其上级任务、责任单位、指标、时限；\
         overlap 部门协同网络与核心；lineage 上下级文件；inherit 下级文件对上级任务的承接；reform 一个机构的沿革",
    ),
    (
        "diagram/names",
        "所画的对象：body 的部门，task 的任务，lineage 的文件，inherit 的上级文件和下级文件，reform 的机构",
    ),
    (
        "diagram/examples",
        "例：
  zeren diagram owners --document 通知.txt -o owners.svg          一份文件中谁负责什么
  zeren diagram owners --theme 药品 -o drugs.pdf                  与某一主题有关的任务
  zeren diagram body 市财政局 -o finance.pdf                      一个部门，与谁，何时完成
  zeren diagram task '(三)' --document 通知.txt -o task.png       一项任务及其周围
  zeren diagram inherit 国办发 省政办发 -o inherit.pdf             上级的任务在下级怎么样了
  zeren diagram lineage -o lineage.svg                          哪些文件沿袭哪些文件
  zeren diagram reform 某某市卫生健康委 -o reform.svg               一个机构的沿革",
    ),
    ("diagram/theme", "只看内容或标题含有此文字的任务"),
    ("diagram/page", "一张 A3 画不下时，画第几页"),
    ("diagram/whole", "全部画在一张图上，不论多大"),
    ("diagram/links", "SVG 中链接所指：以此地址代替 IRI 的开头，如 `zeren serve` 的地址"),
    ("diagram/format", "图的格式；默认依输出文件的扩展名，否则为 dot"),
    ("diagram/heading", "只看标题含有此文字的部分"),
    ("dump/graph", "只写这个名称的图（可重复）"),
    ("dump/format", "格式；默认依输出文件的扩展名，否则为 nquads"),
    ("load/files", "要读取的文件；`-` 为标准输入。入库之前，陈述存放在临时文件中，`TMPDIR` 指明其文件夹"),
    ("load/syntax", "文件的格式；默认依扩展名"),
    ("load/graph", "不在任何图中的陈述放入此图"),
    ("load/foreign", "不是文件的图也保留"),
    ("push/endpoint", "服务器的地址：其查询端点、数据集或知识库的地址"),
    ("push/preset", "服务器的种类；默认由地址推断"),
    ("push/update_url", "更新的地址，如与前者不同"),
    ("push/graph_store_url", "Graph Store 协议的地址，如与前者不同；`none` 为只用更新语句"),
    ("push/no_union", "不把所有文件之并放入默认图"),
    ("push/journal", "记录推送情况的文件；默认在知识库文件夹内，每个服务器一个"),
    ("IRI", "IRI"),
    ("serve/bind", "提供服务的地址和端口；端口 0 为任一空闲端口"),
    ("serve/writable", "接受更新；不写则只读"),
    ("serve/documents", "与 --writable 同用：入库时读取的文件夹；核对页上的决定写在其中文件的旁边"),
    ("serve/cors", "允许此来源的网页访问（可重复）：协议://主机[:端口]，或 `*`（任何来源）"),
    ("serve/hosts", "本服务的其他主机名（可重复）"),
    ("serve/timeout", "一次请求最多用多少秒"),
    ("serve/limit", "一次结果最多多少行或多少条陈述；0 为不限"),
    ("serve/max_body", "一次请求最多多少字节"),
    ("ADDRESS:PORT", "地址:端口"),
    ("ORIGIN", "来源"),
    ("N", "数"),
    ("BYTES", "字节"),
    ("LANG", "语言"),
    ("DIR", "文件夹"),
    ("URL", "地址"),
    ("AUTH", "身份"),
    ("NAME: VALUE", "名称: 值"),
    ("SECONDS", "秒"),
    ("FILE", "文件"),
    ("PATH", "路径"),
    ("DOCUMENT", "文件"),
    ("PLACE", "地方"),
    ("YEAR", "年份"),
    ("TEXT", "文字"),
];

/// The arguments with `help [COMMAND]` written as `[COMMAND] --help`.
pub(super) fn asked(mut words: Vec<OsString>) -> Vec<OsString> {
    let is_value =
        |index: usize| index > 0 && words.get(index - 1).is_some_and(|word| word == "--lang" || word == "--registry");
    let first = (1..words.len()).find(|&index| {
        !is_value(index) && words.get(index).is_some_and(|word| !word.to_string_lossy().starts_with('-'))
    });
    if let Some(index) = first
        && words.get(index).is_some_and(|word| word == "help")
    {
        words.remove(index);
        words.push("--help".into());
    }
    words
}

fn chinese(command: &str, name: &str) -> Option<&'static str> {
    let within = format!("{command}/{name}");
    let find = |key: &str| CHINESE.iter().find(|(entry, _)| *entry == key).map(|(_, text)| *text);
    find(&within).or_else(|| find(name))
}

/// The command with its help in the user's language.
pub(super) fn translate(command: Command, lang: Lang) -> Command {
    let command = match lang {
        Lang::En => command,
        Lang::Zh => translate_one(command, true),
    };
    examples::add(command, lang)
}

fn translate_one(command: Command, root: bool) -> Command {
    let name = command.get_name().to_owned();
    let template = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";
    let mut command = command
        .help_template(template)
        .subcommand_help_heading("命令")
        .subcommand_value_name("命令")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(Arg::new("help").short('h').long("help").action(ArgAction::Help));
    if root {
        command = command.arg(Arg::new("version").short('V').long("version").action(ArgAction::Version));
    }
    if let Some(about) = chinese("", &name) {
        command = command.about(about);
    }
    if let Some(examples) = chinese(&name, "examples") {
        command = command.after_help(examples);
    }
    command.mut_args(|arg| argument(arg, &name)).mut_subcommands(|inner| translate_one(inner, false))
}

/// One argument: its help, what clap would add to it in English, and its heading.
fn argument(arg: Arg, command: &str) -> Arg {
    let mut help = chinese(command, arg.get_id().as_str()).unwrap_or_default().to_owned();
    let heading = if arg.is_positional() { "参数" } else { "选项" };
    if !arg.get_action().takes_values() {
        return arg.help(help).help_heading(heading);
    }
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if !values.is_empty() {
        help = format!("{help}［可选：{}］", values.join("、"));
    }
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    if !defaults.is_empty() {
        help = format!("{help}［默认：{}］", defaults.join(" "));
    }
    let named = arg.get_value_names().and_then(|names| chinese("", names.first()?));
    let arg = arg.help(help).help_heading(heading).hide_possible_values(true).hide_default_value(true);
    match named {
        Some(named) => arg.value_name(named),
        None => arg,
    }
}

/// Prints help and version to stdout, and usage errors to stderr, in the user's language.
pub(super) fn explain(error: &clap::Error, lang: Lang) -> ExitCode {
    if !error.use_stderr() {
        let mut text = error.render().to_string();
        if lang == Lang::Zh {
            for (en, zh) in
                [("[OPTIONS]", "[选项]"), ("命令:\n", "命令：\n"), ("参数:\n", "参数：\n"), ("选项:\n", "选项：\n")]
            {
                text = text.replace(en, zh);
            }
        }
        return match output::stdout(|out| out.write_all(text.as_bytes())) {
            Ok(()) | Err(super::Failure::Closed) => ExitCode::SUCCESS,
            Err(failure) => {
                output::error(&failure, lang);
                ExitCode::from(2)
            }
        };
    }
    let text = match lang {
        Lang::Zh => usage_error(error),
        Lang::En => None,
    };
    output::note(&text.unwrap_or_else(|| error.render().to_string()));
    ExitCode::from(2)
}

/// A usage error in Chinese; none for the kinds that are better shown as they are.
fn usage_error(error: &clap::Error) -> Option<String> {
    let word = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(StyledStr::to_string).collect::<Vec<_>>().join("、"),
        _ => String::new(),
    };
    let argument = word(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("不认识参数 `{argument}`"),
        ErrorKind::InvalidSubcommand => format!("不认识命令 `{}`", word(ContextKind::InvalidSubcommand)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match word(ContextKind::InvalidValue).as_str() {
            "" => format!("`{argument}` 缺少值"),
            value => format!("`{value}` 不能作为 `{argument}` 的值"),
        },
        ErrorKind::MissingRequiredArgument => format!("缺少参数 `{argument}`"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict => {
            format!("`{argument}` 不能与 `{}` 同时使用", word(ContextKind::PriorArg))
        }
        _ => return None,
    };
    let like = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let like: Vec<String> = like.into_iter().map(word).filter(|like| !like.is_empty()).collect();
    let valid = word(ContextKind::ValidValue);
    let hint = match (like.is_empty(), valid.is_empty()) {
        (false, _) => format!("是不是 `{}`？", like.join("、")),
        (true, false) => format!("可选 {valid}"),
        (true, true) => match std::error::Error::source(error) {
            // what the value should look like is the same in both languages
            Some(form) if form.is::<ParseIntError>() => {
                let kind = form.downcast_ref::<ParseIntError>().map(ParseIntError::kind);
                let large = matches!(kind, Some(IntErrorKind::PosOverflow | IntErrorKind::NegOverflow));
                (if large { "这个数超出范围" } else { "应为整数" }).to_owned()
            }
            Some(form) if error.kind() == ErrorKind::ValueValidation => {
                match form.to_string().split_once(" is not in ") {
                    Some((_, range)) => within(range),
                    None if form.is::<std::num::ParseFloatError>() => "应为数".to_owned(),
                    None => format!("应为 {form}"),
                }
            }
            _ => "用 `--help` 查看用法".to_owned(),
        },
    };
    Some(format!("错误：{what}\n提示：{hint}\n"))
}

/// What a range such as `1..65535` asks for. The largest number that a program can count to is no limit that people set.
fn within(range: &str) -> String {
    let Some((least, most)) = range.split_once("..") else { return format!("应在 {range} 之内") };
    match most.trim_start_matches('=') {
        most if most.parse::<i64>().is_ok_and(|most| most < i64::MAX) => format!("应在 {least} 到 {most} 之间"),
        _ => format!("应不小于 {least}"),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    fn every_argument(command: &Command, check: &mut impl FnMut(&Command, &Arg)) {
        command.get_arguments().for_each(|arg| check(command, arg));
        command.get_subcommands().for_each(|inner| every_argument(inner, check));
    }

    #[test]
    fn all_help_is_chinese_when_asked_for() {
        let command = translate(crate::cli::Arguments::command(), Lang::Zh);
        command.clone().debug_assert();
        every_argument(&command, &mut |command, arg| {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            let name = format!("{} {}", command.get_name(), arg.get_id());
            assert!(help.chars().any(|char| ('一'..='龥').contains(&char)), "{name}: `{help}`");
        });
    }

    #[test]
    fn english_help_stands_at_every_argument() {
        let command = translate(crate::cli::Arguments::command(), Lang::En);
        command.clone().debug_assert();
        every_argument(&command, &mut |command, arg| {
            assert!(arg.get_help().is_some(), "{} {}", command.get_name(), arg.get_id());
        });
    }
}
