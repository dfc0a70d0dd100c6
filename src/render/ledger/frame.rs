//! What all sheets of a ledger share: formats, the title, the print set-up, the colours by deadline.

use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    Color, ConditionalFormatFormula, DataValidation, Format, FormatAlign, FormatBorder, Url, Worksheet, XlsxError,
};

use super::sheets::CONTENTS;
use crate::extract::Role;
use crate::ledger::{Column, Status};
use crate::render::wrap;

/// The paper size A4, as workbooks count them.
pub(super) const A4: u8 = 9;

/// The row of the headings, from 0: above are the title and a line about the document.
pub(super) const HEADER: u32 = 2;

/// Days before a deadline from which it counts as near.
const NEAR: u32 = 30;

/// The formats of cells.
pub(super) struct Formats {
    pub(super) title: Format,
    pub(super) about: Format,
    pub(super) header: Format,
    pub(super) words: Format,
    pub(super) centred: Format,
    pub(super) date: Format,
    pub(super) link: Format,
    pub(super) written: Format,
}

impl Formats {
    pub(super) fn new() -> Self {
        let plain = || Format::new().set_font_name("宋体").set_font_size(10);
        let cell = || {
            plain()
                .set_border(FormatBorder::Thin)
                .set_border_color(Color::RGB(0x008C_8C8C))
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap()
        };
        let centred = || cell().set_align(FormatAlign::Center);
        // words of a person: not locked, should the office protect the sheet
        let written = || cell().set_unlocked();
        Self {
            title: Format::new()
                .set_font_name("黑体")
                .set_font_size(16)
                .set_align(FormatAlign::Center)
                .set_align(FormatAlign::VerticalCenter)
                .set_text_wrap(),
            about: plain().set_align(FormatAlign::Center).set_font_color(Color::RGB(0x0040_4040)),
            header: centred()
                .set_font_name("黑体")
                .set_background_color(Color::RGB(0x00D9_E2EC))
                .set_border_color(Color::RGB(0x0040_4040)),
            words: cell(),
            centred: centred(),
            date: written().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
            link: cell()
                .set_font_color(Color::RGB(0x0005_4A91))
                .set_underline(rust_xlsxwriter::FormatUnderline::Single),
            written: written(),
        }
    }

    /// The format of a column.
    pub(super) fn of(&self, column: Column) -> &Format {
        match column {
            Column::Due | Column::Updated => &self.date,
            Column::Label | Column::Heading | Column::Subheading | Column::Role | Column::Alert => &self.centred,
            Column::Status | Column::Progress | Column::By => &self.written,
            _ => &self.words,
        }
    }
}

/// The width of a column, in characters of half width.
pub(super) fn width(column: Column) -> f64 {
    match column {
        Column::Label => 7.5,
        Column::Heading | Column::Subheading | Column::Basis | Column::Deadline => 13.0,
        Column::Leads => 15.0,
        Column::Document => 24.0,
        Column::Responsible | Column::Supporting | Column::Figures | Column::Changes => 17.0,
        Column::Task => 44.0,
        Column::Due | Column::Updated => 10.5,
        Column::Role | Column::Alert | Column::Status | Column::By => 9.0,
        Column::Progress => 21.0,
        Column::Id | Column::Trace => 20.0,
    }
}

/// How many lines words take in a column, in the type of the cells.
pub(super) fn lines(words: &str, wide: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "columns are narrow")]
    let limit = (wide - 1.0).max(2.0) as usize;
    words.lines().map(|line| wrap(line, limit, usize::MAX).len().max(1)).sum::<usize>().max(1)
}

/// The height of a row of so many lines, in points; Excel takes 409.
pub(super) fn height(lines: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "rows are low")]
    let height = 6.0 + 13.5 * lines as f64;
    height.clamp(19.5, 405.0)
}

/// The rows and columns of a table on a sheet.
pub(super) struct Frame<'a> {
    /// The columns, in their order.
    pub(super) columns: &'a [Column],
    /// The number of rows below the headings.
    pub(super) rows: u32,
}

impl Frame<'_> {
    /// The number of a column, from 0.
    pub(super) fn at(&self, column: Column) -> Option<u16> {
        self.columns.iter().position(|known| *known == column).and_then(|at| u16::try_from(at).ok())
    }

    /// The number of the last column that is shown, from 0.
    pub(super) fn last(&self) -> u16 {
        let shown = self.columns.iter().rposition(|column| *column != Column::Id).unwrap_or_default();
        u16::try_from(shown).unwrap_or_default()
    }

    /// The number of the last row, from 0; there is always one below the headings.
    fn bottom(&self) -> u32 {
        HEADER + self.rows.max(1)
    }

    /// The cells of a column below the headings, absolute: `$L$4:$L$20`.
    pub(super) fn range(&self, column: Column) -> Option<String> {
        let name = column_number_to_name(self.at(column)?);
        Some(format!("${name}${}:${name}${}", HEADER + 2, self.bottom() + 1))
    }

    /// The cell of a column in a row that counts from 0, its column absolute: `$L4`.
    pub(super) fn cell(&self, column: Column, row: u32) -> Option<String> {
        Some(format!("${}{}", column_number_to_name(self.at(column)?), row + 1))
    }

    /// Writes title, headings, widths, filters, the drop-down, colours and the print set-up.
    pub(super) fn write(
        &self,
        sheet: &mut Worksheet,
        formats: &Formats,
        title: &str,
        about: &str,
    ) -> Result<(), XlsxError> {
        let last = self.last();
        if last > 1 {
            sheet.merge_range(0, 0, 0, last, title, &formats.title)?;
            sheet.merge_range(1, 1, 1, last, about, &formats.about)?;
            let back = Url::new(format!("internal:'{CONTENTS}'!A1")).set_text(CONTENTS);
            sheet.write_url_with_format(1, 0, back, &formats.link.clone().set_border(FormatBorder::None))?;
        }
        let shown = self.columns.iter().filter(|column| **column != Column::Id);
        let wide: f64 = shown.map(|column| width(*column)).sum();
        // a Chinese character of the title is about three wide
        #[expect(clippy::cast_precision_loss, reason = "a title is short")]
        let lines = (title.chars().count() as f64 * 3.2 / wide.max(1.0)).ceil().clamp(1.0, 4.0);
        sheet.set_row_height(0, 8.0 + 22.0 * lines)?;
        sheet.set_row_height(1, 18.0)?;
        sheet.set_row_height(HEADER, 30.0)?;
        for (at, column) in (0_u16..).zip(self.columns) {
            sheet.write_string_with_format(HEADER, at, column.zh(), &formats.header)?;
            sheet.set_column_width(at, width(*column))?;
            if *column == Column::Id {
                sheet.set_column_hidden(at)?;
            }
        }
        // formulas that show nothing yet: other programs would read a nought
        sheet.set_formula_result_default("");
        let wide = u16::try_from(self.columns.len()).unwrap_or(1).saturating_sub(1);
        sheet.autofilter(HEADER, 0, self.bottom(), wide)?;
        let beside = self.at(Column::Task).map_or(1, |task| task + 1);
        // so much stays in view only where it leaves room for more
        sheet.set_freeze_panes(HEADER + 1, if beside <= 2 { beside } else { 1 })?;
        self.choose(sheet, Column::Status, &Status::ALL.map(Status::zh))?;
        self.choose(sheet, Column::Role, &Role::ALL.map(Role::zh))?;
        self.colour(sheet)?;
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        sheet.set_repeat_rows(HEADER, HEADER)?;
        sheet.set_print_area(0, 0, self.bottom(), last)?;
        sheet.set_footer("&L&A&C第 &P 页 共 &N 页");
        Ok(())
    }

    /// Lets people choose from a list in a column, where there is that.
    fn choose(&self, sheet: &mut Worksheet, column: Column, words: &[&str]) -> Result<(), XlsxError> {
        let Some(at) = self.at(column) else { return Ok(()) };
        let choice = DataValidation::new()
            .allow_list_strings(words)?
            .set_input_title(column.zh())?
            .set_input_message("从列表中选择")?
            .set_error_title(column.zh())?
            .set_error_message("请从列表中选择")?;
        sheet.add_data_validation(HEADER + 1, at, self.bottom(), at, &choice)?;
        Ok(())
    }

    /// Colours due dates and what is said of them by the day on which the workbook is looked at; words say the same.
    fn colour(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let first = HEADER + 1;
        let (Some(due), Some(status)) = (self.cell(Column::Due, first), self.cell(Column::Status, first)) else {
            return Ok(());
        };
        let closed = closed(&status);
        let late = format!("AND(ISNUMBER({due}),NOT({closed}),{due}<TODAY())");
        let near = format!("AND(ISNUMBER({due}),NOT({closed}),{due}>=TODAY(),{due}-TODAY()<={NEAR})");
        let looks = [
            (late, Format::new().set_background_color(Color::RGB(0x00F4_C7C3)).set_font_color(0x007A_0C0C).set_bold()),
            (
                near,
                Format::new().set_background_color(Color::RGB(0x00FD_E9B8)).set_font_color(0x005C_3A00).set_italic(),
            ),
            (closed, Format::new().set_background_color(Color::RGB(0x00E3_E8E3)).set_font_color(0x0033_4D33)),
        ];
        for column in [Column::Due, Column::Alert, Column::Status] {
            let Some(at) = self.at(column) else { continue };
            for (rule, look) in &looks {
                let rule = ConditionalFormatFormula::new().set_rule(format!("={rule}").as_str()).set_format(look);
                sheet.add_conditional_format(first, at, self.bottom(), at, &rule)?;
            }
        }
        Ok(())
    }

    /// Mutes the headings that repeat those of the row above. Every row has its own, so that people can sort and filter, which
    /// merged cells prevent; whatever the order, each group shows its heading once.
    pub(super) fn mute_repeats(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let first = HEADER + 1;
        let mut same = Vec::new();
        for column in [Column::Heading, Column::Subheading] {
            let (Some(at), Some(here), Some(above)) =
                (self.at(column), self.cell(column, first), self.cell(column, first - 1))
            else {
                continue;
            };
            // a heading below repeats only under the same heading above; a row that a filter hides shows nothing
            same.push(format!("{here}={above}"));
            let rule = format!("=AND({},SUBTOTAL(103,{above})>0)", same.join(","));
            let look = Format::new().set_font_color(Color::RGB(0x008A_8A8A));
            let rule = ConditionalFormatFormula::new().set_rule(rule.as_str()).set_format(look);
            sheet.add_conditional_format(first, at, self.bottom(), at, &rule)?;
        }
        Ok(())
    }

    /// The formula that says in words what the colours show: 逾期12天, 今日到期, 剩5天.
    pub(super) fn alert(&self, row: u32) -> Option<String> {
        let (due, status) = (self.cell(Column::Due, row)?, self.cell(Column::Status, row)?);
        let closed = closed(&status);
        Some(format!(
            "=IF(OR({closed},NOT(ISNUMBER({due}))),\"\",IF({due}<TODAY(),\"逾期\"&(TODAY()-{due})&\"天\",\
             IF({due}=TODAY(),\"今日到期\",IF({due}-TODAY()<={NEAR},\"剩\"&({due}-TODAY())&\"天\",\"\"))))"
        ))
    }
}

/// Whether a status says that nothing is to be done any more, as a formula.
fn closed(status: &str) -> String {
    let closed = Status::ALL.into_iter().filter(|status| status.is_closed());
    let tests: Vec<String> = closed.map(|known| format!("{status}=\"{}\"", known.zh())).collect();
    format!("OR({})", tests.join(","))
}
