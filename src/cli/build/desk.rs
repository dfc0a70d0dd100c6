//! Where what was read arrives, in the order of the files, and goes to the store.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::slice;

use rustc_hash::{FxHashMap, FxHashSet};
use zeren::diagnostic::{Lang, Message};
use zeren::intake::{Came, Corrected, Journal, Outcome, Reader, Reading, Record, Refusal, Register, Summary};
use zeren::parallel::{in_order, in_parallel};
use zeren::render::report::Entry;
use zeren::store::{Prepared, Status, Store, StoreError};

use super::progress::Progress;
use crate::cli::failure::Failure;
use crate::cli::returned::Ledgers;

/// How many documents are committed together: a commit waits for the disk.
const TOGETHER: usize = 64;
/// After how many changed documents the index follows: so much of it is done, should the build end.
const INDEXED: usize = 1000;
/// How much they may take in memory together, and what was read and waits for them as well, in bytes.
const MOST: usize = 64 << 20;

/// Takes what was read, and stores it.
pub(super) struct Desk<'s, 'a> {
    store: &'s mut Store,
    reader: Reader<'a>,
    journal: Journal,
    lang: Lang,
    /// The documents of this build, and the place of the first file of each among the entries.
    seen: FxHashMap<Cow<'a, str>, usize>,
    built: Built<'a>,
    waiting: Vec<Waiting<'a>>,
    weight: usize,
    /// How many documents were changed since the index followed.
    unindexed: usize,
}

/// What came of all files.
#[derive(Default)]
pub(super) struct Built<'a> {
    pub(super) entries: Vec<Entry<'a>>,
    /// Corrections that no longer fit: the file, what is the case, and what to do about it.
    pub(super) stale: Vec<(Cow<'a, str>, Message, Option<Message>)>,
    /// Ledgers, which are stored after the documents.
    pub(super) ledgers: Ledgers,
}

/// A document that is to be stored.
struct Waiting<'a> {
    /// Its place among the entries.
    entry: usize,
    path: &'a Path,
    prepared: Prepared<'static>,
    record: Option<Record<'a>>,
}

/// What is known of a file before it is read.
struct Look<'a> {
    came: Came<'a>,
    /// Whether the store holds what came of it, as long as no other file gives the same document.
    is_held: bool,
    is_as_it_was: bool,
}

/// A file that is as it was when it was read.
struct Known<'a> {
    path: &'a Path,
    came: Came<'a>,
    /// Whether the store holds what came of it, as long as no other file gives the same document.
    is_held: bool,
}

/// A file that is to be read.
#[derive(Clone, Copy)]
struct Job<'a> {
    /// Its place among the files.
    at: usize,
    path: &'a Path,
    /// Whether it is to be gone through although nothing changed.
    anew: bool,
}

impl<'s, 'a> Desk<'s, 'a> {
    pub(super) fn new(store: &'s mut Store, register: &'a Register, journal: Journal, lang: Lang) -> Self {
        let reader = Reader { register, preparation: store.preparation() };
        let (seen, waiting) = (FxHashMap::default(), Vec::new());
        Self { store, reader, journal, lang, seen, built: Built::default(), waiting, weight: 0, unindexed: 0 }
    }

    /// Reads what changed of some files, on some threads, and takes all in their order.
    pub(super) fn read_all(&mut self, files: &'a [PathBuf], threads: usize) -> Result<(), Failure> {
        let looks = self.look_at(files);
        let jobs = jobs(files, &looks);
        let mut progress = Progress::new(jobs.len(), self.lang);
        let mut looks = files.iter().zip(looks).enumerate();
        let mut keep_until = |desk: &mut Self, end: usize| {
            for (_, (path, look)) in looks.by_ref().take_while(|(at, _)| *at < end) {
                if let Some(Look { came, is_held, .. }) = look {
                    desk.keep(Known { path, came, is_held })?;
                }
            }
            Ok::<(), Failure>(())
        };
        let reader = self.reader;
        self.seen.reserve(files.len());
        self.built.entries.reserve(files.len());
        let read = |job: &Job<'_>| reader.read(job.path, job.anew);
        let mut order = jobs.iter();
        in_order(&jobs, threads, MOST, read, Reading::weight, |reading| {
            let Some(job) = order.next() else { return Ok(()) };
            keep_until(self, job.at)?;
            progress.step(job.path);
            self.take(job.path, reading)
        })?;
        keep_until(self, files.len())
    }

    /// Commits what waits, and returns what came of all.
    pub(super) fn end(mut self) -> Result<Built<'a>, Failure> {
        self.commit()?;
        let place = self.store.dir().display().to_string();
        self.journal.tidy().map_err(|error| Failure::write(&place, error))?;
        Ok(self.built)
    }

    /// What is known of each file; what turns out otherwise is seen when it is taken.
    fn look_at(&self, files: &'a [PathBuf]) -> Vec<Option<Look<'a>>> {
        let corrected = Corrected::among(files);
        in_parallel(files, |path| {
            let record = self.reader.register.get(path)?;
            let is_held = match &record.came {
                Came::Document(summary) => holds(self.store, path, summary),
                Came::Refused(_) => true,
            };
            let is_as_it_was = self.reader.is_as_it_was(path, &record, &corrected);
            Some(Look { came: record.came, is_held, is_as_it_was })
        })
    }

    /// Takes what was read of a file.
    fn take(&mut self, path: &'a Path, reading: Reading<'a>) -> Result<(), Failure> {
        let record = reading.record();
        match reading.outcome {
            Outcome::Known(came) => {
                self.note(path, record);
                let is_held = matches!(&came, Came::Document(summary) if holds(self.store, path, summary));
                return self.keep(Known { path, came, is_held });
            }
            Outcome::Refused(refusal) => {
                self.note(path, record);
                self.refuse(path, &refusal);
            }
            Outcome::Ledger(ledger) => self.built.ledgers.add(path, *ledger),
            Outcome::Document(summary, _) if self.seen.contains_key(&summary.id) => {
                self.note(path, record);
                self.leave_out(path, summary.id);
            }
            Outcome::Document(summary, prepared) => {
                // its status is that of the store, once it has it
                self.list(path, summary);
                self.weight += prepared.weight();
                let entry = self.built.entries.len() - 1;
                self.waiting.push(Waiting { entry, path, prepared: *prepared, record });
                if self.waiting.len() == TOGETHER || self.weight >= MOST {
                    self.commit()?;
                }
            }
        }
        Ok(())
    }

    /// Takes a file that is as it was when something came of it, unless the store holds something else by now.
    fn keep(&mut self, Known { path, came, is_held }: Known<'a>) -> Result<(), Failure> {
        match came {
            Came::Refused(refusal) => self.refuse(path, &refusal),
            Came::Document(summary) if self.seen.contains_key(&summary.id) => self.leave_out(path, summary.id),
            // only a file that gives the same document changes what the store holds of it
            Came::Document(summary) if is_held => self.list(path, summary),
            Came::Document(_) => {
                let reading = self.reader.read(path, true);
                return self.take(path, reading);
            }
        }
        Ok(())
    }

    /// Lists a document.
    fn list(&mut self, path: &'a Path, summary: Summary<'a>) {
        let source = place(path);
        let Summary { id, tasks, responsibilities, findings, stale, .. } = summary;
        self.seen.insert(id.clone(), self.built.entries.len());
        self.built.stale.extend(stale.into_iter().map(|(what, hint)| (source.clone(), what, hint)));
        let status = Status::Unchanged.as_str();
        let entry = Entry { source, id: Some(id), status, tasks, responsibilities, findings, error: None, hint: None };
        self.built.entries.push(entry);
    }

    fn refuse(&mut self, path: &'a Path, refusal: &Refusal) {
        let hint = refusal.hint.as_ref().map(|hint| hint.in_lang(self.lang).to_owned());
        let what = refusal.what.in_lang(self.lang).to_owned();
        self.built.entries.push(Entry::failed(place(path), None, what, hint));
    }

    /// Leaves out a document that another file gave.
    fn leave_out(&mut self, path: &'a Path, id: Cow<'a, str>) {
        let first = self.seen.get(&id).and_then(|first| self.built.entries.get(*first));
        let first = first.map(|entry| &*entry.source).unwrap_or_default();
        let what = match self.lang {
            Lang::Zh => format!("与 `{first}` 是同一文件（{id}），未入库"),
            Lang::En => format!("is the same document as `{first}` ({id}) and was left out"),
        };
        let hint = self.lang.pick("保留其中一个", "keep only one of them").to_owned();
        self.built.entries.push(Entry::failed(place(path), Some(id), what, Some(hint)));
    }

    /// Has the register keep what came of a file, unless it knows.
    fn note(&mut self, path: &Path, record: Option<Record<'_>>) {
        if let Some(record) = record.filter(|record| self.reader.register.get(path).as_ref() != Some(record)) {
            self.journal.note(path, &record);
        }
    }

    /// Commits what waits, together; should the store refuse a document, one by one, so that each has its own error. What
    /// concerns the whole store, as a full disk does, is one failure.
    fn commit(&mut self) -> Result<(), Failure> {
        let (mut places, mut prepared) = (Vec::new(), Vec::new());
        for one in std::mem::take(&mut self.waiting) {
            places.push((one.entry, one.path, one.record));
            prepared.push(one.prepared);
        }
        self.weight = 0;
        let statuses: Vec<Result<Status, StoreError>> = match self.store.store_prepared(&prepared) {
            Ok(statuses) => statuses.into_iter().map(Ok).collect(),
            Err(error) if error.concerns_the_store() => return Err(error.into()),
            Err(_) => prepared.iter().map(|one| alone(self.store, one)).collect(),
        };
        for ((place, path, record), status) in places.into_iter().zip(statuses) {
            if status.is_ok() {
                self.note(path, record);
            }
            self.unindexed += usize::from(matches!(status, Ok(Status::Added | Status::Updated)));
            let Some(entry) = self.built.entries.get_mut(place) else { continue };
            match status {
                Ok(status) => entry.status = status.as_str(),
                Err(error) => {
                    let (source, id) = (std::mem::take(&mut entry.source), entry.id.take());
                    *entry = Entry::failed(source, id, error.message(self.lang), error.hint(self.lang));
                }
            }
        }
        // after what it speaks of
        let place = self.store.dir().display().to_string();
        self.journal.save().map_err(|error| Failure::write(&place, error))?;
        if self.unindexed >= INDEXED {
            self.store.settle_so_far()?;
            self.unindexed = 0;
        }
        Ok(())
    }
}

/// The files that are to be read, by what is known of them: whatever changed, and the first one of each document that the
/// store does not hold as it came of it.
fn jobs<'a>(files: &'a [PathBuf], looks: &[Option<Look<'a>>]) -> Vec<Job<'a>> {
    let is_any_gone = looks.iter().flatten().any(|look| !look.is_held);
    let mut met = FxHashSet::default();
    let mut jobs = Vec::new();
    for (at, (path, look)) in files.iter().zip(looks).enumerate() {
        let Some(Look { came, is_held, is_as_it_was }) = look else {
            jobs.push(Job { at, path, anew: false });
            continue;
        };
        let stands = match came {
            Came::Document(summary) if is_any_gone => !met.insert(&summary.id) || *is_held,
            Came::Document(_) | Came::Refused(_) => true,
        };
        if !is_as_it_was || !stands {
            jobs.push(Job { at, path, anew: !stands });
        }
    }
    jobs
}

fn alone(store: &mut Store, prepared: &Prepared<'static>) -> Result<Status, StoreError> {
    let statuses = store.store_prepared(slice::from_ref(prepared))?;
    Ok(statuses.first().copied().unwrap_or(Status::Unchanged))
}

/// A file as it is named to people.
fn place(path: &Path) -> Cow<'_, str> {
    path.to_string_lossy()
}

/// Whether the store holds what came of a file.
fn holds(store: &Store, path: &Path, summary: &Summary<'_>) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    store.document(&summary.id).is_some_and(|entry| entry.digest == summary.digest && entry.source == name)
}
