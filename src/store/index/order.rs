//! The orders in which statements are sorted, and the search that each is for.

use std::cmp::Ordering;

/// A statement: the numbers of subject, predicate, object and graph, or the same in another order.
pub(super) type Row = [u32; 4];

/// An order of statements; its name says by which term they are sorted first, second, third and last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Spog,
    Posg,
    Ospg,
    Gpos,
}

/// How the rows of a pattern are found in an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) order: Order,
    /// The terms that rows must have, in the order.
    wanted: [Option<u32>; 4],
}

/// What to do with a row that a search has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is of the pattern.
    Take,
    /// It is not, nor is any below this one.
    Seek(Row),
    /// Neither it nor any behind it is.
    End,
}

impl Order {
    pub(super) const ALL: [Self; 4] = [Self::Spog, Self::Posg, Self::Ospg, Self::Gpos];

    /// The place of the order in [`Order::ALL`].
    pub(super) fn place(self) -> usize {
        match self {
            Self::Spog => 0,
            Self::Posg => 1,
            Self::Ospg => 2,
            Self::Gpos => 3,
        }
    }

    /// A statement, given as subject, predicate, object and graph, in this order.
    pub(super) fn arrange<T>(self, [subject, predicate, object, graph]: [T; 4]) -> [T; 4] {
        match self {
            Self::Spog => [subject, predicate, object, graph],
            Self::Posg => [predicate, object, subject, graph],
            Self::Ospg => [object, subject, predicate, graph],
            Self::Gpos => [graph, predicate, object, subject],
        }
    }

    /// A row of this order as subject, predicate, object and graph.
    pub(super) fn statement<T>(self, [first, second, third, last]: [T; 4]) -> [T; 4] {
        match self {
            Self::Spog => [first, second, third, last],
            Self::Posg => [third, first, second, last],
            Self::Ospg => [second, third, first, last],
            Self::Gpos => [last, second, third, first],
        }
    }
}

impl Search {
    /// The search that passes the fewest rows for a pattern of subject, predicate, object and graph.
    pub(super) fn of(pattern: [Option<u32>; 4]) -> Self {
        let order = match pattern {
            // what a graph says of a thing is little beside what it says in all
            [Some(_), _, None, _] | [Some(_), Some(_), Some(_), _] | [None, None, None, None] => Order::Spog,
            [_, _, _, Some(_)] if pattern[0].is_none() => Order::Gpos,
            [_, Some(_), _, _] => Order::Posg,
            _ => Order::Ospg,
        };
        Self { order, wanted: order.arrange(pattern) }
    }

    /// The lowest row that the pattern allows.
    pub(super) fn start(&self) -> Row {
        self.wanted.map(Option::unwrap_or_default)
    }

    /// The highest number that the pattern names.
    pub(super) fn highest(&self) -> Option<u32> {
        self.wanted.into_iter().flatten().max()
    }

    /// What to do with a row of the order.
    pub(super) fn step(&self, row: &Row) -> Step {
        for (place, (found, wanted)) in row.iter().zip(self.wanted).enumerate() {
            match wanted.map(|wanted| found.cmp(&wanted)) {
                None | Some(Ordering::Equal) => {}
                Some(Ordering::Less) => return Step::Seek(self.from(row, place, 0)),
                Some(Ordering::Greater) => return self.beyond(row, place),
            }
        }
        Step::Take
    }

    /// Where rows go on that differ from this one before a place.
    pub(super) fn beyond(&self, row: &Row, place: usize) -> Step {
        let free = |place: &usize| {
            self.wanted.get(*place).is_some_and(Option::is_none) && row.get(*place).is_some_and(|term| *term < u32::MAX)
        };
        (0..place).rev().find(free).map_or(Step::End, |place| Step::Seek(self.from(row, place, 1)))
    }

    /// The lowest row of the pattern that is this one before a place, and higher by so much there.
    fn from(&self, row: &Row, place: usize, by: u32) -> Row {
        let mut target = self.start();
        for (number, (target, found)) in target.iter_mut().zip(row).enumerate() {
            if number < place {
                *target = *found;
            } else if number == place && by > 0 {
                *target = found + by;
            }
        }
        target
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_turn_back() {
        for order in Order::ALL {
            assert_eq!(order.statement(order.arrange([1, 2, 3, 4])), [1, 2, 3, 4]);
            assert_eq!(Order::ALL.get(order.place()), Some(&order));
        }
    }

    #[test]
    fn every_pattern_is_searched_by_what_it_fixes() {
        let mut searched = Vec::new();
        for bound in 0..16_u32 {
            let pattern = [0, 1, 2, 3].map(|place| (bound >> place & 1 == 1).then_some(place + 10));
            let search = Search::of(pattern);
            let fixed = search.wanted.iter().take_while(|term| term.is_some()).count();
            let all: String =
                "SPOG".chars().zip(pattern).filter(|(_, term)| term.is_some()).map(|(name, _)| name).collect();
            searched.push(format!("{all}: {:?} {fixed}", search.order));
        }
        assert_eq!(
            searched,
            [
                ": Spog 0",
                "S: Spog 1",
                "P: Posg 1",
                "SP: Spog 2",
                "O: Ospg 1",
                "SO: Ospg 2",
                "PO: Posg 2",
                "SPO: Spog 3",
                "G: Gpos 1",
                "SG: Spog 1",
                "PG: Gpos 2",
                "SPG: Spog 2",
                "OG: Gpos 1",
                "SOG: Ospg 2",
                "POG: Gpos 3",
                "SPOG: Spog 4",
            ]
        );
    }

    #[test]
    fn a_search_goes_past_what_does_not_fit() {
        // of a subject, predicate and graph, in the order of subject, predicate, object and graph
        let search = Search::of([Some(5), Some(6), None, Some(9)]);
        assert_eq!((search.start(), search.highest()), ([5, 6, 0, 9], Some(9)));
        for (row, step) in [
            ([5, 6, 3, 9], Step::Take),
            ([5, 5, 3, 9], Step::Seek([5, 6, 0, 9])),
            ([5, 6, 3, 1], Step::Seek([5, 6, 3, 9])),
            // the graphs behind it, however many make the statement, are passed
            ([5, 6, 3, 10], Step::Seek([5, 6, 4, 9])),
            ([5, 6, u32::MAX, 10], Step::End),
            ([5, 7, 3, 9], Step::End),
            ([6, 0, 0, 0], Step::End),
        ] {
            assert_eq!(search.step(&row), step, "{row:?}");
        }
        assert_eq!(search.beyond(&[5, 6, 3, 9], 3), Step::Seek([5, 6, 4, 9]));
        assert_eq!(Search::of([Some(5), Some(6), Some(7), None]).beyond(&[5, 6, 7, 1], 3), Step::End);
    }
}
