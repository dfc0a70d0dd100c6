//! The orders in which statements are sorted, and the search that each is for.

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

/// How a pattern is found: the first terms of an order, and what is looked at one by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Search {
    pub(super) order: Order,
    /// The terms that all rows begin with, then zeros.
    pub(super) start: Row,
    /// How many terms all rows begin with.
    pub(super) fixed: usize,
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
        let terms = order.arrange(pattern);
        let fixed = terms.iter().take_while(|term| term.is_some()).count();
        let mut start = [0; 4];
        for (place, term) in start.iter_mut().zip(terms).take(fixed) {
            *place = term.unwrap_or_default();
        }
        Self { order, start, fixed }
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
            let terms = search.order.arrange(pattern);
            assert!(terms.iter().take(search.fixed).all(Option::is_some), "{pattern:?}");
            let all: String =
                "SPOG".chars().zip(pattern).filter(|(_, term)| term.is_some()).map(|(name, _)| name).collect();
            searched.push(format!("{all}: {:?} {}", search.order, search.fixed));
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
}
