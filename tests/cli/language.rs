//! Messages follow `--lang`, then the locale.

use crate::cli::{finish, folder, program, run};

#[test]
fn the_locale_chooses_and_the_option_overrides() {
    let folder = folder(&[]);
    let with = |name: &str, value: &str, words: &str| {
        finish(program(folder.path()).env(name, value).args(words.split_whitespace())).stderr
    };
    let (zh, en) = ("错误：", "error: ");
    assert!(with("LANG", "zh_CN.UTF-8", "extract none").starts_with(zh));
    assert!(with("LC_ALL", "zh_TW.UTF-8", "extract none").starts_with(zh));
    assert!(with("LC_MESSAGES", "zh_CN", "extract none").starts_with(zh));
    assert!(with("LC_ALL", "POSIX", "extract none").starts_with(en));
    assert!(with("LC_ALL", "de_DE.UTF-8", "extract none").starts_with(en));
    assert!(with("LC_ALL", "zh_CN.UTF-8", "extract none --lang en").starts_with(en));
    assert!(with("LC_ALL", "C", "--lang=zh extract none").starts_with(zh));
}

#[test]
fn help_in_chinese() {
    let folder = folder(&[]);
    insta::assert_snapshot!(run(folder.path(), "--lang zh --help").stdout, @r#"
    读取政府任务文件，回答谁对什么事项负责

    用法：zeren [选项] <命令>

    命令：
      build        读取文件和台账，把其中内容存入知识库
      extract      显示文件写了什么，不用知识库
      lint         检查文稿：把文件本身的问题标在原文的位置上
      explain      说明 `lint` 的代码，附例子
      query        对知识库执行预置的或自写的 SPARQL 查询
      shell        逐条提问，有历史和补全
      org          显示一个机构：名称、沿革和任务
      ontology     显示图谱所用的词汇，也可成为网页
      validate     按形状约束（SHACL）检查知识库
      verify       检查知识库本身：逐一核对各文件的摘要
      registry     显示地区、机构和机构变动等表，并检查自己所加的行
      workload     按承担任务的多少给部门排名
      inherit      把文件与其上级文件逐项对照：承接、拆分、收窄了什么，漏了什么
      diff         比较同一机关的两份文件：两个年度，或草稿与定稿
      overlap      显示核心部门，以及谁必须与谁协同
      balance      找出应移交的牵头，使最大负荷降到最低，附证明
      due          列出任务何时到期、由谁牵头，也可导入日历
      ledger       把任务写成台账工作簿，供填报，再由 `build` 读回
      diagram      画出部门与任务的责任关系图
      report       写成一个文件夹的网页：可看、可打印、可转交，不用网络即可打开
      dump         把知识库或其中的文件写成 RDF
      load         把 RDF 存入知识库
      push         把知识库推送到另一 SPARQL 服务器
      serve        以网页和 SPARQL 协议提供知识库
      completions  写出命令行补全所需的脚本

    选项：
          --lang <语言>       帮助和消息所用的语言；数据保持文件原文［可选：zh、en］
          --registry <文件夹>  文件夹：在地区、机构和机构变动等表中加入自己的行
      -h, --help            显示帮助
      -V, --version         显示版本
    "#);
}

#[test]
fn usage_errors_in_chinese() {
    let folder = folder(&[]);
    insta::assert_snapshot!(run(folder.path(), "--lang zh diagram owner").stderr, @r#"
    错误：`owner` 不能作为 `<KIND>` 的值
    提示：是不是 `owners`？
    "#);
    insta::assert_snapshot!(run(folder.path(), "--lang zh worklod").stderr, @r#"
    错误：不认识命令 `worklod`
    提示：是不是 `workload`？
    "#);
    insta::assert_snapshot!(run(folder.path(), "--lang zh extract a --format xml").stderr, @r#"
    错误：`xml` 不能作为 `--format <FORMAT>` 的值
    提示：是不是 `toml`？
    "#);
}

#[test]
fn numbers_that_cannot_be_are_said_in_chinese() {
    let folder = folder(&[]);
    for (words, hint) in [
        ("serve --timeout 0", "应不小于 1"),
        ("query documents --timeout 0", "应不小于 1"),
        ("build --threads 0", "应在 1 到 65535 之间"),
        ("due --within 99999", "应在 0 到 65535 之间"),
        ("synth -o x --from 1980", "应在 1990 到 2100 之间"),
        ("synth -o x --to 2101", "应在 1990 到 2100 之间"),
        ("serve --timeout abc", "应为整数"),
        ("serve --timeout 1.5", "应为整数"),
        ("diagram owners --page 99999999999999999999", "这个数超出范围"),
    ] {
        let told = run(folder.path(), &format!("--lang zh {words}"));
        let value = words.rsplit(' ').next().unwrap();
        let begins = format!("错误：`{value}` 不能作为 `--");
        assert!(told.status == 2 && told.stderr.starts_with(&begins), "{words}: {}", told.stderr);
        assert!(told.stderr.ends_with(&format!("提示：{hint}\n")), "{words}: {}", told.stderr);
    }
}
