//! The tables that tell the program of the nation: places, and the body that a reform of its own renames.

use std::fmt::Write as _;

use super::draft::{Draft, Ground};
use super::place;

/// What the bodies that the nation's own reform touches are called as keys.
const BEFORE: &str = "synth.before";
const AFTER: &str = "synth.after";

impl Ground {
    /// A body by its number in the list, as it is called in a notice.
    pub(super) fn name_of(&self, draft: &Draft, body: usize) -> String {
        place::body_name(&self.words, self.seed, body, &draft.government, draft.year).0
    }
}

/// Names and contents of the tables, for so many governments.
pub(super) fn tables(ground: &Ground, governments: usize) -> Vec<(&'static str, String)> {
    let mut places = String::from("code,name,level,abbreviation,short,from,to\n");
    for index in 0..governments {
        let Some(government) = ground.places.government(&ground.words, ground.seed, index) else { break };
        let place::Government { code, name, level, abbreviation, short, .. } = government;
        let _ = writeln!(places, "{code},{name},{},{abbreviation},{short},,", level.as_str());
    }
    let mut bodies = String::from("key,function,formal,levels,stems,from,to,certainty,note\n");
    let mut reforms = String::from("id,round,date,until,levels,place,kind,from,to,function,certainty,source,note\n");
    for body in ground.words.bodies.iter().filter(|body| body.reform) {
        let [before, after] = body.form.as_slice() else { continue };
        let (Some(year), Some(old), Some(new)) = (before.until, before.city.first(), after.city.first()) else {
            continue;
        };
        let levels = "province|city|county";
        let _ = writeln!(bodies, "{AFTER},data,{{place}}{new},{levels},{new},{year},,certain,");
        let _ = writeln!(bodies, "{BEFORE},data,{{place}}{old}公室,{levels},{old}|{old}公室,,{year},certain,");
        let _ = writeln!(
            reforms,
            "{year}-synth,{year},{year}-01-01,,{levels},,rename,{BEFORE},{AFTER},data,certain,synthetic,"
        );
    }
    vec![("places.csv", places), ("bodies.csv", bodies), ("reforms.csv", reforms)]
}
