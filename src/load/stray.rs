//! Statements outside named graphs that no named graph makes.

use std::io::{BufReader, BufWriter, Read, Seek as _, Write as _};

use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use tempfile::SpooledTempFile;

use super::LoadError;
use super::spool::Gathered;

/// Into how many parts statements are divided: one at a time is in memory.
const PARTS: usize = 64;
/// As many bytes of a part stay in memory.
const IN_MEMORY: usize = 1 << 20;
/// A statement by the beginning of its SHA-256.
type Mark = [u8; 16];

/// Counts the statements of `unnamed` that are in none of the `named`; `lines` hands over each of a graph.
pub(super) fn count(
    unnamed: &Gathered,
    named: &[&Gathered],
    lines: impl Fn(&Gathered, &mut dyn FnMut(&[u8])) -> Result<(), LoadError>,
) -> Result<usize, LoadError> {
    let wanted = divided(&[unnamed], &lines)?;
    let known = divided(named, &lines)?;
    let mut count = 0;
    for (wanted, known) in wanted.into_iter().zip(known) {
        let mut left: FxHashMap<Mark, usize> = FxHashMap::default();
        marks(wanted, |mark| *left.entry(mark).or_default() += 1)?;
        marks(known, |mark| {
            left.remove(&mark);
        })?;
        count += left.into_values().sum::<usize>();
    }
    Ok(count)
}

/// The marks of all statements, in parts of which each has the same statements every time.
fn divided(
    graphs: &[&Gathered],
    lines: impl Fn(&Gathered, &mut dyn FnMut(&[u8])) -> Result<(), LoadError>,
) -> Result<Vec<SpooledTempFile>, LoadError> {
    let part = || BufWriter::new(SpooledTempFile::new(IN_MEMORY));
    let mut parts: Vec<BufWriter<SpooledTempFile>> = (0..PARTS).map(|_| part()).collect();
    let mut written = Ok(());
    for graph in graphs {
        lines(graph, &mut |line| {
            let mark: [u8; 32] = Sha256::digest(line).into();
            let Some((mark, [first, ..])) = mark.split_first_chunk::<{ size_of::<Mark>() }>() else { return };
            if let (Some(part), Ok(())) = (parts.get_mut(usize::from(*first) % PARTS), &written) {
                written = part.write_all(mark);
            }
        })?;
    }
    written.map_err(LoadError::Spool)?;
    let ended =
        |part: BufWriter<SpooledTempFile>| part.into_inner().map_err(|error| LoadError::Spool(error.into_error()));
    parts.into_iter().map(ended).collect()
}

fn marks(mut part: SpooledTempFile, mut see: impl FnMut(Mark)) -> Result<(), LoadError> {
    let length = part.stream_position().map_err(LoadError::Spool)?;
    part.rewind().map_err(LoadError::Spool)?;
    let mut part = BufReader::new(part);
    let mut mark = Mark::default();
    for _ in 0..length / mark.len() as u64 {
        part.read_exact(&mut mark).map_err(LoadError::Spool)?;
        see(mark);
    }
    Ok(())
}
