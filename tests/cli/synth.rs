//! Nations made up.

use std::fs;

use crate::cli::{folder, run};

#[test]
fn a_nation_is_written_whole_and_never_over_anything() {
    let folder = folder(&[]);
    let words = "synth -o nation --seed 2 --notices 12 --tasks 5 --from 2023 --to 2023";
    let written = run(folder.path(), words);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert!(written.stderr.starts_with("wrote 12 notices with "), "{}", written.stderr);
    let count = |part: &str| {
        let provinces = fs::read_dir(folder.path().join("nation").join(part)).unwrap();
        provinces.flat_map(|province| fs::read_dir(province.unwrap().path()).unwrap()).count()
    };
    // the province has no notice above
    assert_eq!(["notices", "gold", "mandates"].map(count), [12, 12, 11]);
    let shown = run(folder.path(), "--registry nation/registry registry");
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
    let again = run(folder.path(), words);
    assert_eq!(again.status, 2);
    assert!(again.stderr.contains("the folder is not empty"), "{}", again.stderr);
    assert!(!run(folder.path(), "--help").stdout.contains("synth"));
}
