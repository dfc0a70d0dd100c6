//! Places on rings around a centre, so far apart that boxes do not touch.

use std::f64::consts::TAU;

/// Room that a box takes with the distance to the next, across and down, in inches.
const ROOM: [f64; 2] = [2.45, 1.25];

/// Steps in which a ring is walked.
const STEPS: u32 = 720;

/// A place, from the centre, in inches.
pub(super) type Place = [f64; 2];

/// The places of things on rings: those of the first group innermost.
///
/// `pull` tells to where a thing of a later group is drawn, once those of earlier ones have their places; it stands in that
/// direction as far as there is room. Within a ring things keep the order of those directions.
pub(super) fn places(groups: [&[usize]; 2], pull: impl Fn(usize, &[(usize, Place)]) -> Place) -> Vec<(usize, Place)> {
    let mut placed: Vec<(usize, Place)> = Vec::new();
    let mut half = [0.0, 0.0];
    for (number, group) in groups.into_iter().enumerate() {
        let mut rest = group;
        let fixed = placed.clone();
        while !rest.is_empty() {
            if placed.is_empty() {
                if let [only] = rest {
                    placed.push((*only, [0.0, 0.0]));
                    rest = &[];
                    continue;
                }
                half = smallest(rest.len());
            } else {
                // where a ring bends, boxes are apart across or down, never both in full
                half = [half[0] + ROOM[0] * 1.3, half[1] + ROOM[1] * 1.45];
            }
            let (here, later) = rest.split_at(rest.len().min(capacity(half)));
            let direction = |index: &usize| {
                let [x, y] = pull(*index, &fixed);
                y.atan2(x)
            };
            let mut ordered = here.to_vec();
            if number > 0 {
                ordered.sort_by(|a, b| direction(a).total_cmp(&direction(b)).then(a.cmp(b)));
            }
            let wanted: Vec<f64> =
                ordered.iter().map(|index| if number > 0 { direction(index) } else { f64::NAN }).collect();
            placed.extend(ordered.into_iter().zip(around(half, &wanted)));
            rest = later;
        }
    }
    placed
}

/// The half axes of the smallest ring that holds so many things.
fn smallest(count: usize) -> [f64; 2] {
    let mut half = [ROOM[0] * 0.6, ROOM[1] * 0.6];
    // two rings beyond which the next one begins are still small enough
    while capacity(half) < count && half[0] < 3.0 * ROOM[0] {
        half = half.map(|axis| axis * 1.05);
    }
    half
}

/// How many things a ring holds.
fn capacity(half: [f64; 2]) -> usize {
    let mut count = 0;
    let total = walk(half).last().map_or(0.0, |(_, length)| *length);
    while f64::from(count) + 1.0 <= total {
        count += 1;
    }
    usize::try_from(count).unwrap_or_default().max(1)
}

/// The points of a ring with the way to them, measured in rooms.
fn walk(half: [f64; 2]) -> Vec<(Place, f64)> {
    let point = |step: u32| {
        let angle = f64::from(step) / f64::from(STEPS) * TAU;
        [half[0] * angle.cos(), half[1] * angle.sin()]
    };
    let mut way = 0.0;
    let mut before = point(0);
    (0..=STEPS)
        .map(|step| {
            let here = point(step);
            way += ((here[0] - before[0]).abs() / ROOM[0]).max((here[1] - before[1]).abs() / ROOM[1]);
            before = here;
            (here, way)
        })
        .collect()
}

/// Places evenly around a ring, begun where all together lie nearest to the directions wanted.
fn around(half: [f64; 2], wanted: &[f64]) -> Vec<Place> {
    let walk = walk(half);
    let total = walk.last().map_or(0.0, |(_, length)| *length);
    let count = f64::from(u32::try_from(wanted.len()).unwrap_or(u32::MAX)).max(1.0);
    let at = |length: f64| walk.iter().find(|(_, own)| *own >= length).map_or([half[0], 0.0], |(place, _)| *place);
    let ring = |begin: f64| -> Vec<Place> {
        (0..u32::try_from(wanted.len()).unwrap_or(u32::MAX))
            .map(|index| at((begin + f64::from(index) * total / count) % total.max(f64::MIN_POSITIVE)))
            .collect()
    };
    let off = |places: &[Place]| -> f64 {
        let angles = places.iter().zip(wanted).filter(|(_, wanted)| !wanted.is_nan());
        angles.map(|([x, y], wanted)| 1.0 - (y.atan2(*x) - wanted).cos()).sum()
    };
    let begins = (0..72).map(|step| f64::from(step) * total / 72.0);
    let best =
        begins.map(|begin| (off(&ring(begin)), begin)).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    ring(best.map_or(0.0, |(_, begin)| begin))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_on_rings_do_not_touch() {
        for (core, outer) in [(1, 1), (1, 20), (2, 9), (8, 28), (18, 18), (36, 0)] {
            let all: Vec<usize> = (0..core + outer).collect();
            let (inner, rest) = all.split_at(core);
            let placed = places([inner, rest], |index, _| [f64::from(u32::try_from(index % 5).unwrap()) - 2.0, 1.0]);
            assert_eq!(placed.len(), all.len());
            for (index, (_, a)) in placed.iter().enumerate() {
                for (_, b) in placed.iter().skip(index + 1) {
                    let apart = (a[0] - b[0]).abs() > 2.2 || (a[1] - b[1]).abs() > 1.1;
                    assert!(apart, "{core} {outer}: {a:?} {b:?}");
                }
            }
        }
    }
}
