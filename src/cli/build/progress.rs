//! How far a build has come: a bar on a terminal; elsewhere, as in a log file, a line now and then, if it takes long.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use zeren::diagnostic::Lang;

use crate::cli::output;

/// How long nothing is said, and how long between two lines then.
const PAUSE: Duration = Duration::from_secs(60);

/// Shows how many of some documents were read.
pub(super) enum Progress {
    Bar(ProgressBar),
    Lines(Pace, Lang),
}

impl Progress {
    pub(super) fn new(all: usize, lang: Lang) -> Self {
        if !io::stderr().is_terminal() {
            return Self::Lines(Pace::new(all, Instant::now()), lang);
        }
        let bar = if all > 1 { ProgressBar::new(all as u64) } else { ProgressBar::hidden() };
        let pace = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
            // before the first are read there is no rate
            let _ = if state.per_sec() > 0.0 {
                write!(out, "{}", words(state.per_sec(), state.eta(), lang))
            } else {
                Ok(())
            };
        };
        Self::Bar(match ProgressStyle::with_template("{bar:30} {pos}/{len}{pace} {wide_msg}") {
            Ok(style) => bar.with_style(style.with_key("pace", pace)),
            Err(_) => bar,
        })
    }

    /// Tells that a document was read.
    pub(super) fn step(&mut self, path: &Path) {
        match self {
            Self::Bar(bar) => {
                bar.set_message(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
                bar.inc(1);
            }
            Self::Lines(pace, lang) => {
                if let Some(line) = pace.step(Instant::now(), *lang) {
                    output::note(&line);
                }
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

/// When to say how far it has come.
pub(super) struct Pace {
    all: usize,
    done: usize,
    begun: Instant,
    told: Instant,
}

impl Pace {
    fn new(all: usize, now: Instant) -> Self {
        Self { all, done: 0, begun: now, told: now }
    }

    /// Counts one more, and returns the line to be said, if it is time.
    fn step(&mut self, now: Instant, lang: Lang) -> Option<String> {
        self.done += 1;
        if now.duration_since(self.told) < PAUSE || self.done == self.all {
            return None;
        }
        self.told = now;
        let taken = now.duration_since(self.begun);
        let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
        let rate = count(self.done) / taken.as_secs_f64();
        let left = Duration::from_secs_f64(count(self.all - self.done) / rate);
        let pace = words(rate, left, lang);
        let (done, all) = (self.done, self.all);
        Some(match lang {
            Lang::Zh => format!("已读取 {done}/{all} 份文件{pace}\n"),
            Lang::En => format!("{done} of {all} documents read{pace}\n"),
        })
    }
}

/// How many documents a second, and how long for those left.
fn words(rate: f64, left: Duration, lang: Lang) -> String {
    let seconds = (left + Duration::from_millis(500)).as_secs();
    let (zh, en) = match seconds {
        0..60 => (format!("{seconds} 秒"), format!("{seconds} s")),
        60..5400 => (format!("{} 分钟", seconds.div_ceil(60)), format!("{} min", seconds.div_ceil(60))),
        _ => {
            let (hours, minutes) = (seconds / 3600, seconds % 3600 / 60);
            (format!("{hours} 小时 {minutes} 分"), format!("{hours} h {minutes} min"))
        }
    };
    match lang {
        Lang::Zh => format!("，每秒 {rate:.1} 份，约余 {zh}"),
        Lang::En => format!(", {rate:.1} a second, about {en} left"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_build_says_now_and_then_how_far_it_is() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let mut pace = Pace::new(1000, begun);
        let lines: Vec<String> = (1..=1000).filter_map(|done| pace.step(at(done / 2), Lang::En)).collect();
        assert_eq!(lines.len(), 8);
        assert_eq!(lines[0], "120 of 1000 documents read, 2.0 a second, about 8 min left\n");
        let mut pace = Pace::new(100_000, begun);
        assert_eq!(pace.step(at(30), Lang::Zh), None);
        assert_eq!(pace.step(at(60), Lang::Zh).unwrap(), "已读取 2/100000 份文件，每秒 0.0 份，约余 833 小时 19 分\n");
        assert_eq!(Pace::new(1, begun).step(at(300), Lang::Zh), None, "the report comes next");
    }
}
