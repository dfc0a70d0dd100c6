//! The sheets of a ledger: contents, one for each document, one for each body.

use std::collections::BTreeMap;

use rust_xlsxwriter::{ExcelDateTime, Formula, Url, Worksheet, XlsxError};

use super::fitting;
use super::frame::{A4, Formats, Frame, HEADER, height, lines, width};
use crate::date::Date;
use crate::ledger::{Body, Book, Column, Row, Section, Status};

/// The name of the sheet of contents.
pub(super) const CONTENTS: &str = "目录";

/// The width of the column of titles in the contents.
const TITLES: f64 = 64.0;

/// The most links of a sheet; Excel takes 65,530.
const MOST_LINKS: u32 = 60_000;

/// Where the sheets are found.
pub(super) struct Places {
    /// The names of the sheets of documents.
    pub(super) sections: Vec<String>,
    /// The names of the sheets of bodies.
    pub(super) bodies: Vec<String>,
    /// The columns of the sheets of documents.
    pub(super) columns: Vec<Vec<Column>>,
    /// By section and row, the first body with a sheet that leads.
    pub(super) leads: BTreeMap<(usize, usize), usize>,
}

impl Places {
    /// The frame of the sheet of a document.
    fn frame(&self, book: &Book, section: usize) -> Frame<'_> {
        let rows = book.sections.get(section).map_or(0, |section| section.rows.len());
        let columns = self.columns.get(section).map(Vec::as_slice).unwrap_or_default();
        Frame { columns, rows: count(rows) }
    }
}

/// The columns that the sheet of a document needs: those with words, and those to be filled in.
pub(super) fn columns_of(section: &Section) -> Vec<Column> {
    let optional = [
        Column::Heading,
        Column::Subheading,
        Column::Responsible,
        Column::Supporting,
        Column::Figures,
        Column::Basis,
        Column::Changes,
    ];
    let needed =
        |column: &Column| !optional.contains(column) || section.rows.iter().any(|row| !row.cell(*column).is_empty());
    Column::OF_DOCUMENT.into_iter().filter(needed).collect()
}

/// Writes the list of all sheets, with links and figures that follow what is filled in.
pub(super) fn contents(
    sheet: &mut Worksheet,
    book: &Book,
    places: &Places,
    formats: &Formats,
) -> Result<(), XlsxError> {
    sheet.set_name(CONTENTS)?;
    sheet.merge_range(0, 0, 0, 5, "任务台账目录", &formats.title)?;
    sheet.set_row_height(0, 30.0)?;
    for (at, width) in [(0, 8.0), (1, TITLES), (2, 24.0), (3, 13.0), (4, 10.0), (5, 10.0)] {
        sheet.set_column_width(at, width)?;
    }
    let heading = |sheet: &mut Worksheet, row: u32, words: [&str; 6]| -> Result<(), XlsxError> {
        for (at, words) in (0_u16..).zip(words) {
            sheet.write_string_with_format(row, at, words, &formats.header)?;
        }
        Ok(())
    };
    heading(sheet, 2, ["序号", "文件", "文号", "成文日期", "任务数", "已完成"])?;
    let mut at = 3_u32;
    for (index, (section, name)) in book.sections.iter().zip(&places.sections).enumerate() {
        link(sheet, (at, 0), name, HEADER, (&(index + 1).to_string(), 8.0), formats)?;
        let title = section.titled();
        sheet.set_row_height(at, height(lines(title, TITLES)))?;
        link(sheet, (at, 1), name, HEADER, (title, TITLES), formats)?;
        sheet.write_string_with_format(at, 2, fitting(&section.number), &formats.centred)?;
        let date = section.date.map(|date| date.to_string()).unwrap_or_default();
        sheet.write_string_with_format(at, 3, date, &formats.centred)?;
        sheet.write_number_with_format(at, 4, f64::from(count(section.rows.len())), &formats.centred)?;
        if let Some(range) = places.frame(book, index).range(Column::Status) {
            let done = section.rows.iter().filter(|row| row.status == Some(Status::Done)).count();
            let formula = format!("=COUNTIF({}!{range},\"{}\")", quoted(name), Status::Done.zh());
            let formula = Formula::new(formula).set_result(done.to_string());
            sheet.write_formula_with_format(at, 5, formula, &formats.centred)?;
        }
        at += 1;
    }
    at += 1;
    if !book.bodies.is_empty() {
        heading(sheet, at, ["序号", "单位", "", "", "任务数", "牵头"])?;
        at += 1;
        for (index, (body, name)) in book.bodies.iter().zip(&places.bodies).enumerate() {
            link(sheet, (at, 0), name, HEADER, (&(index + 1).to_string(), 8.0), formats)?;
            sheet.set_row_height(at, height(lines(&body.label, TITLES)))?;
            link(sheet, (at, 1), name, HEADER, (&body.label, TITLES), formats)?;
            for column in [2, 3] {
                sheet.write_string_with_format(at, column, "", &formats.words)?;
            }
            let led = body.parts.iter().filter(|part| part.role.leads()).count();
            for (column, figure) in [(4, body.parts.len()), (5, led)] {
                sheet.write_number_with_format(at, column, f64::from(count(figure)), &formats.centred)?;
            }
            at += 1;
        }
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_freeze_panes(1, 0)?;
    sheet.set_footer("&L&A&C第 &P 页 共 &N 页");
    Ok(())
}

/// Writes the sheet of a document.
pub(super) fn document(
    sheet: &mut Worksheet,
    book: &Book,
    index: usize,
    places: &Places,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let (Some(section), Some(name)) = (book.sections.get(index), places.sections.get(index)) else { return Ok(()) };
    sheet.set_name(name)?;
    let frame = places.frame(book, index);
    let title = section.titled();
    let date = section.date.map(|date| date.to_string()).unwrap_or_default();
    let about: Vec<&str> =
        [section.number.as_str(), &section.place, &date].into_iter().filter(|words| !words.is_empty()).collect();
    frame.write(sheet, formats, &fitting(title), &about.join("　"))?;
    let mut links = 0;
    for (number, row) in section.rows.iter().enumerate() {
        let at = HEADER + 1 + count(number);
        let leader = places.leads.get(&(index, number)).and_then(|body| places.bodies.get(*body));
        for (column, kind) in (0_u16..).zip(frame.columns) {
            if let Some(body) = leader.filter(|_| *kind == Column::Leads && links < MOST_LINKS) {
                links += 1;
                link(sheet, (at, column), body, HEADER, (row.cell(*kind), width(*kind)), formats)?;
            } else {
                cell(sheet, &frame, (at, column), *kind, row, formats)?;
            }
        }
    }
    for (at, row) in (HEADER + 1..).zip(&section.rows) {
        sheet.set_row_height(at, height(tallest(row, frame.columns, None)))?;
    }
    frame.mute_repeats(sheet)
}

/// The most lines that a cell of a row takes.
fn tallest(row: &Row, columns: &[Column], document: Option<&str>) -> usize {
    let beside = [Column::Id, Column::Due, Column::Alert];
    let columns = columns.iter().filter(|column| !beside.contains(column));
    let words =
        |column: Column| if column == Column::Document { document.unwrap_or_default() } else { row.cell(column) };
    columns.map(|column| lines(words(*column), width(*column))).max().unwrap_or(1)
}

/// Writes the sheet of a body. What is filled in on the sheets of documents shows here.
pub(super) fn body(
    sheet: &mut Worksheet,
    book: &Book,
    index: usize,
    places: &Places,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let (Some(body), Some(name)) = (book.bodies.get(index), places.bodies.get(index)) else { return Ok(()) };
    sheet.set_name(name)?;
    let frame = Frame { columns: &Column::OF_BODY, rows: count(body.parts.len()) };
    frame.write(sheet, formats, &fitting(&format!("{}{}", body.label, Column::LIST)), &about(body))?;
    let mut links = 0;
    for (at, part) in (HEADER + 1..).zip(&body.parts) {
        let Some((section, row)) =
            book.sections.get(part.section).and_then(|section| Some((section, section.rows.get(part.row)?)))
        else {
            continue;
        };
        sheet.set_row_height(at, height(tallest(row, frame.columns, Some(section.name()))))?;
        for (column, kind) in (0_u16..).zip(frame.columns) {
            match (kind, places.sections.get(part.section)) {
                (Column::Role, _) => {
                    sheet.write_string_with_format(at, column, part.role.zh(), &formats.centred)?;
                }
                (Column::Document, Some(name)) if links < MOST_LINKS => {
                    links += 1;
                    let to = HEADER + 1 + count(part.row);
                    link(sheet, (at, column), name, to, (section.name(), width(*kind)), formats)?;
                }
                (Column::Status | Column::Progress | Column::Updated | Column::By, Some(name)) => {
                    let there = places.frame(book, part.section);
                    let formula = followed(name, &there, &frame, *kind, at).unwrap_or_default();
                    let formula = Formula::new(formula).set_result(fitting(row.cell(*kind)));
                    sheet.write_formula_with_format(at, column, formula, formats.of(*kind))?;
                }
                _ => cell(sheet, &frame, (at, column), *kind, row, formats)?,
            }
        }
    }
    Ok(())
}

/// How many tasks a body has, by its part.
fn about(body: &Body) -> String {
    let mut words = vec![format!("共 {} 项任务", body.parts.len())];
    for role in crate::extract::Role::ALL {
        let parts = body.parts.iter().filter(|part| part.role == role).count();
        if parts > 0 {
            words.push(format!("{} {parts} 项", role.zh()));
        }
    }
    words.join("　")
}

/// The formula that shows what stands on the sheet of the document for the task of a row.
fn followed(name: &str, there: &Frame<'_>, here: &Frame<'_>, column: Column, row: u32) -> Option<String> {
    let (from, ids) = (there.range(column)?, there.range(Column::Id)?);
    let (sheet, id) = (quoted(name), here.cell(Column::Id, row)?);
    let found = format!("INDEX({sheet}!{from},MATCH({id},{sheet}!{ids},0))");
    Some(match column {
        Column::Updated => format!("=IFERROR(IF({found}=\"\",\"\",{found}),\"\")"),
        _ => format!("=IFERROR({found}&\"\",\"\")"),
    })
}

/// Writes an ordinary cell.
fn cell(
    sheet: &mut Worksheet,
    frame: &Frame<'_>,
    (at, column): (u32, u16),
    kind: Column,
    row: &Row,
    formats: &Formats,
) -> Result<(), XlsxError> {
    let day = match kind {
        Column::Due => row.due,
        Column::Updated => Date::parse_iso(row.cell(kind)).filter(|date| date.day.is_some()),
        _ => None,
    };
    let format = formats.of(kind);
    if let Some(day) = day.and_then(in_workbook) {
        sheet.write_datetime_with_format(at, column, &day, format)?;
    } else if let Some(formula) = frame.alert(at).filter(|_| kind == Column::Alert) {
        sheet.write_formula_with_format(at, column, Formula::new(formula).set_result(""), format)?;
    } else {
        sheet.write_string_with_format(at, column, fitting(row.cell(kind)), format)?;
    }
    Ok(())
}

/// A day as workbooks count it.
pub(super) fn in_workbook(date: Date) -> Option<ExcelDateTime> {
    let (year, month, day) = (u16::try_from(date.year).ok()?, date.month?, date.day?);
    ExcelDateTime::from_ymd(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?).ok()
}

/// Writes a link to a row of another sheet; words of several lines, which links do not wrap everywhere, stand without.
fn link(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    name: &str,
    to: u32,
    (words, wide): (&str, f64),
    formats: &Formats,
) -> Result<(), XlsxError> {
    let words = fitting(words);
    if words.is_empty() || lines(&words, wide) > 1 {
        sheet.write_string_with_format(row, column, words, &formats.words)?;
        return Ok(());
    }
    let target = format!("internal:{}!A{}", quoted(name), to + 1);
    sheet.write_url_with_format(row, column, Url::new(target).set_text(words), &formats.link)?;
    Ok(())
}

/// The name of a sheet in a formula or a link. Names hold no apostrophe.
fn quoted(name: &str) -> String {
    format!("'{name}'")
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
