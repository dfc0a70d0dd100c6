//! Scripts for shells, and pages of the manual.

use std::fs;
use std::process::Command;

use crate::cli::{folder, run, well};

#[test]
fn every_shell_gets_a_script_that_knows_the_commands() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell"] {
        for lang in ["en", "zh"] {
            let script = well(&run(folder.path(), &format!("completions {shell} --lang {lang}"))).to_owned();
            for word in ["ledger", "workload", "jurisdiction"] {
                assert!(script.contains(word), "{shell} {lang} lacks {word}");
            }
            fs::write(folder.path().join("script"), script).unwrap();
            // shells that are not installed are not asked
            let checked = Command::new(shell).arg("-n").arg(folder.path().join("script")).output();
            if let Ok(checked) = checked.as_ref()
                && shell != "powershell"
            {
                assert!(checked.status.success(), "{shell}: {}", String::from_utf8_lossy(&checked.stderr));
            }
        }
    }
    let other = run(folder.path(), "completions tcsh");
    assert!(other.status == 2 && other.stderr.contains("powershell"), "{}", other.stderr);
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let folder = folder(&[]);
    well(&run(folder.path(), "man pages/man1 --lang zh"));
    let page = |name: &str| fs::read_to_string(folder.path().join("pages/man1").join(name)).unwrap();
    assert!(page("zeren.1").contains("zeren\\-build"), "{}", page("zeren.1"));
    let ledger = page("zeren-ledger.1");
    assert!(ledger.starts_with(".ie") || ledger.contains(".TH"), "{ledger}");
    assert!(ledger.contains("台账工作簿") && ledger.contains("例："), "{ledger}");
    assert!(!folder.path().join("pages/man1/zeren-man.1").exists(), "what is hidden has no page");
    let help = well(&run(folder.path(), "help")).to_owned();
    assert!(help.contains("completions") && !help.contains("Writes pages of the manual"), "{help}");
}
