//! Time by stage, and the most memory held.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::io::{Write, stdout};
use std::process::Command;
use std::time::{Duration, Instant};

use zeren::extract::extract;
use zeren::parse::parse;
use zeren::read::read_bytes;
use zeren::resolve::resolve;

use super::corpus::Sample;

/// How long a set is measured at least, so that the fastest round is near the true cost.
const LEAST: Duration = Duration::from_secs(3);
/// How many rounds at most.
const ROUNDS: usize = 40;
/// Lengths of the texts that show how time grows, in bytes.
const LENGTHS: [usize; 6] = [500_000, 1_000_000, 2_000_000, 4_000_000, 8_000_000, 16_000_000];

/// The time of each stage.
#[derive(Clone, Copy, Default)]
struct Times {
    read: Duration,
    parse: Duration,
    extract: Duration,
    resolve: Duration,
}

impl Times {
    fn fastest(self, other: Self) -> Self {
        Self {
            read: self.read.min(other.read),
            parse: self.parse.min(other.parse),
            extract: self.extract.min(other.extract),
            resolve: self.resolve.min(other.resolve),
        }
    }

    fn all(self) -> Duration {
        self.read + self.parse + self.extract + self.resolve
    }
}

/// What one text gave.
struct Outcome {
    times: Times,
    /// Length of the text as read, in bytes.
    bytes: usize,
    tasks: usize,
}

/// Runs the stages on a text.
fn run(sample: &Sample) -> Result<Outcome, Box<dyn Error>> {
    let mut times = Times::default();
    let start = Instant::now();
    let source = read_bytes(&sample.name, &sample.bytes)?;
    times.read = start.elapsed();
    let bytes = source.text.as_str().len();
    let start = Instant::now();
    let document = parse(source);
    times.parse = start.elapsed();
    let start = Instant::now();
    let extraction = extract(&document);
    times.extract = start.elapsed();
    let start = Instant::now();
    let facts = black_box(resolve(extraction));
    times.resolve = start.elapsed();
    Ok(Outcome { times, bytes, tasks: facts.tasks.len() })
}

/// Runs the stages once and prints MB, seconds and the most MB held.
pub(crate) fn once(sample: &Sample) -> Result<(), Box<dyn Error>> {
    let outcome = run(sample)?;
    let held = peak().map_or(f64::NAN, megabytes);
    writeln!(stdout(), "{} {} {held}", megabytes(outcome.bytes), seconds(outcome.times.all()))?;
    Ok(())
}

/// Prints the heading of the table by sets.
pub(crate) fn heading() -> Result<(), Box<dyn Error>> {
    writeln!(
        stdout(),
        "{:<11} {:>8} {:>7}  {:>7} {:>7} {:>7} {:>7} {:>7} {:>13}  {:>8}  MB/s; peak in MB",
        "text",
        "MB",
        "tasks",
        "read",
        "parse",
        "extract",
        "resolve",
        "all",
        "parse+extract",
        "peak"
    )?;
    Ok(())
}

/// Measures a set of texts and prints its line.
pub(crate) fn set(name: &str, samples: &[Sample]) -> Result<(), Box<dyn Error>> {
    let mut fastest: Vec<Option<Times>> = vec![None; samples.len()];
    let (mut bytes, mut tasks) = (0, 0);
    forget_peak();
    let start = Instant::now();
    for round in 0..ROUNDS {
        (bytes, tasks) = (0, 0);
        for (sample, fastest) in samples.iter().zip(&mut fastest) {
            let outcome = run(sample)?;
            bytes += outcome.bytes;
            tasks += outcome.tasks;
            *fastest = Some(fastest.map_or(outcome.times, |known| known.fastest(outcome.times)));
        }
        if round > 0 && start.elapsed() > LEAST {
            break;
        }
    }
    let mut sum = Times::default();
    for times in fastest.into_iter().flatten() {
        sum.read += times.read;
        sum.parse += times.parse;
        sum.extract += times.extract;
        sum.resolve += times.resolve;
    }
    let speed = |time| megabytes(bytes) / seconds(time);
    writeln!(
        stdout(),
        "{name:<11} {:>8.2} {tasks:>7}  {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>7.1} {:>13.1}  {:>8.1}",
        megabytes(bytes),
        speed(sum.read),
        speed(sum.parse),
        speed(sum.extract),
        speed(sum.resolve),
        speed(sum.all()),
        speed(sum.parse + sum.extract),
        peak().map_or(f64::NAN, megabytes),
    )?;
    Ok(())
}

/// Measures texts of doubled lengths, each in a process of its own, and prints how time and memory grow.
pub(crate) fn growth(name: &str) -> Result<(), Box<dyn Error>> {
    writeln!(stdout(), "\n{name:<11} {:>8} {:>8} {:>6} {:>8} {:>9}", "seconds", "MB/s", "ratio", "peak", "peak/text")?;
    let mut before: Option<f64> = None;
    for length in LENGTHS {
        let output = Command::new(std::env::current_exe()?).args(["--once", name, &length.to_string()]).output()?;
        let words = String::from_utf8(output.stdout)?;
        let figures: Vec<f64> = words.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [bytes, time, held] = figures.as_slice() else { return Err(format!("no figures in `{words}`").into()) };
        let ratio = before.map_or_else(String::new, |before| format!("{:.2}", time / before));
        let (speed, share) = (bytes / time, held / bytes);
        writeln!(stdout(), "{bytes:>11.1} {time:>8.3} {speed:>8.1} {ratio:>6} {held:>8.1} {share:>9.1}")?;
        before = Some(*time);
    }
    Ok(())
}

fn seconds(time: Duration) -> f64 {
    time.as_secs_f64().max(1e-9)
}

#[expect(clippy::cast_precision_loss, reason = "lengths are far below the limit of whole numbers")]
pub(crate) fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// The most memory that was held since [`forget_peak`], in bytes, where the system says so.
pub(crate) fn peak() -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<usize>().ok().map(|kilobytes| kilobytes * 1024)
}

/// Begins to count anew; without effect where the system cannot.
pub(crate) fn forget_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}
