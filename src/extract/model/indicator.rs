//! Quantities to be reached, as a document states them.

use crate::date::Date;
use crate::span::Span;

/// How a figure is to be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Comparator {
    /// Exactly, or reaching the value.
    Equal,
    /// About.
    About,
    /// At least.
    AtLeast,
    /// At most.
    AtMost,
    /// Less than.
    Below,
    /// More than.
    Above,
    /// Increase by.
    Increase,
    /// Decrease by.
    Decrease,
    /// Between two values.
    Range,
}

impl Comparator {
    /// All comparators.
    pub const ALL: [Self; 9] = [
        Self::Equal,
        Self::About,
        Self::AtLeast,
        Self::AtMost,
        Self::Below,
        Self::Above,
        Self::Increase,
        Self::Decrease,
        Self::Range,
    ];

    /// The sign, as in machine-readable output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::About => "≈",
            Self::AtLeast => ">=",
            Self::AtMost => "<=",
            Self::Below => "<",
            Self::Above => ">",
            Self::Increase => "+",
            Self::Decrease => "-",
            Self::Range => "range",
        }
    }

    /// The comparator in Chinese, as it stands before a figure.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Equal => "",
            Self::About => "约",
            Self::AtLeast => "不低于",
            Self::AtMost => "不高于",
            Self::Below => "低于",
            Self::Above => "高于",
            Self::Increase => "增加",
            Self::Decrease => "减少",
            Self::Range => "区间",
        }
    }

    /// The name of the comparator in an IRI.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::About => "about",
            Self::AtLeast => "at-least",
            Self::AtMost => "at-most",
            Self::Below => "below",
            Self::Above => "above",
            Self::Increase => "increase",
            Self::Decrease => "decrease",
            Self::Range => "range",
        }
    }
}

/// What speaks for a figure being one to be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A word of comparison before it (不少于, 达到).
    Comparator,
    /// A word of comparison behind it (以上, 左右).
    Bound,
    /// A word of change before it (提高, 下降).
    Change,
    /// A verb whose object is delivered in numbers (建设, 培训).
    Delivery,
    /// The unit, which is one of shares or rates (%).
    Unit,
    /// It is listed with a figure that is to be reached.
    List,
    /// How often something is done (每年一次).
    Frequency,
    /// It closes a phrase that names a thing (公益性岗位2000个).
    Count,
    /// A word of universal cover (全覆盖).
    Universal,
    /// The column of a table that it stands in.
    Table,
    /// A person corrected what was read.
    Correction,
}

impl Evidence {
    /// All kinds of evidence.
    pub const ALL: [Self; 11] = [
        Self::Comparator,
        Self::Bound,
        Self::Change,
        Self::Delivery,
        Self::Unit,
        Self::List,
        Self::Frequency,
        Self::Count,
        Self::Universal,
        Self::Table,
        Self::Correction,
    ];

    /// The stable name of the evidence.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comparator => "comparator",
            Self::Bound => "bound",
            Self::Change => "change",
            Self::Delivery => "delivery",
            Self::Unit => "unit",
            Self::List => "list",
            Self::Frequency => "frequency",
            Self::Count => "count",
            Self::Universal => "universal",
            Self::Table => "table",
            Self::Correction => "correction",
        }
    }

    /// The evidence in Chinese.
    pub fn zh(self) -> &'static str {
        match self {
            Self::Comparator => "前有“达到”“不低于”一类词",
            Self::Bound => "后有“以上”“左右”一类词",
            Self::Change => "前有“提高”“下降”一类词",
            Self::Delivery => "是“建设”“培训”一类动词的数量",
            Self::Unit => "单位是百分比一类",
            Self::List => "与要达到的数并列",
            Self::Frequency => "是频次",
            Self::Count => "数在事物名称之后",
            Self::Universal => "有“全覆盖”一类词",
            Self::Table => "所在的表格栏",
            Self::Correction => "人工更正",
        }
    }
}

/// Whether an indicator binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Binding {
    /// Must be met (约束性).
    Binding,
    /// Is expected to be met (预期性).
    Expected,
    /// Is recommended (倡导性).
    Advocated,
}

impl Binding {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Binding, Self::Expected, Self::Advocated];

    /// The stable name of the kind.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Binding => "binding",
            Self::Expected => "expected",
            Self::Advocated => "advocated",
        }
    }
}

/// A quantity to be reached, held or delivered.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    /// The thing measured.
    pub name: String,
    /// How the figure is to be met.
    pub comparator: Comparator,
    /// The figure, or the lower end of a range.
    pub value: f64,
    /// The upper end of a range.
    pub value_max: Option<f64>,
    /// The unit as printed.
    pub unit: String,
    /// The figure that a change starts from.
    pub baseline: Option<f64>,
    /// When the figure is due.
    pub by: Option<Date>,
    /// Whether it is universal cover without a number.
    pub soft: bool,
    /// Whether it binds, where said.
    pub binding: Option<Binding>,
    /// For whom or what the figure is (全市, 每个乡镇), where said.
    pub scope: Option<String>,
    /// What speaks for it being a figure to be reached.
    pub basis: Evidence,
    /// How sure the decision is, from 0 to 1.
    pub confidence: f64,
    /// Place of the figure.
    pub span: Span,
    /// Corrections of it: indices into [`Extraction::corrections`](super::Extraction::corrections).
    pub corrections: Vec<usize>,
}
