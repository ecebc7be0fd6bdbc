//! Wishes about what findings are made of: attributes, rows, tables, themes, cycles, judgements, quotations.

use super::Picker;
use emic::project::case::{Attribute, AttributeKind, Bearer, Wave};
use emic::project::edit::{
    AttributeEdit, CycleEdit, Edit, JudgeEdit, NewAttribute, NewLine, NewTable, NewTheme, QuotationEdit, RowEdit,
    TableEdit, ThemeEdit,
};
use emic::project::id::{AttributeId, CycleId, LineId, Mint, QuotationId, RowId, TableId, ThemeId, ThemeItemId};
use emic::project::judgement::Held;
use emic::project::relation::Related;
use emic::project::row::{Expr, Test};
use emic::project::saved::{SavedTable, TableLine};
use emic::project::study::Sign;
use emic::project::summary::{Basis, Heading};
use emic::project::theme::{Holds, Stance, Theme, ThemeItem};

impl Picker<'_> {
    /// One that there is, or (one time in three, or where there is none) a new one.
    fn one_of<T: Copy + From<emic::project::id::Id>>(&self, at: usize, all: Vec<T>, mint: &mut dyn Mint) -> T {
        self.pick(at, &all).filter(|_| !self.one_in(3, at)).unwrap_or_else(|| mint.id().into())
    }

    fn attributes(&self) -> Vec<AttributeId> {
        self.project.all::<Attribute>().map(|attribute| attribute.id).collect()
    }

    fn rows(&self) -> Vec<RowId> {
        self.view.rows().iter().map(|row| row.id).collect()
    }

    fn themes(&self) -> Vec<ThemeId> {
        self.project.all::<Theme>().map(|theme| theme.id).collect()
    }

    fn expr(&self, at: usize, depth: usize) -> Option<Expr> {
        let next = (at + 1) % 5;
        let parts = || (0..1 + self.n(at) % 2).filter_map(|n| self.expr((next + n) % 5, depth + 1)).collect();
        Some(match (self.n(at) / 7) % if depth > 2 { 3 } else { 7 } {
            0 => Expr::Code { code: self.code(next)?, below: self.one_in(2, next) },
            1 => Expr::Attribute(self.pick(next, &self.attributes())?, Test::Is("rural".into())),
            2 => Expr::Row(self.pick(next, &self.rows())?),
            3 => Expr::Any(parts()),
            4 => Expr::All(parts()),
            5 => Expr::None(parts()),
            _ => Expr::AtLeast(2, parts()),
        })
    }

    pub(super) fn know(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let attribute = self.one_of(2, self.attributes(), mint);
        let waves: Vec<_> = self.project.all::<Wave>().map(|wave| wave.id).collect();
        Some(Edit::Attributes(match self.n(1) % 9 {
            0 | 1 => {
                let kind = AttributeKind::ALL[self.n(3) % 6];
                let follows = self.one_in(4, 4).then(|| self.expr(4, 0)).flatten();
                let of = if self.one_in(4, 3) { Bearer::Participant } else { Bearer::Case };
                let (name, by_wave) = (self.name(3), self.one_in(3, 4));
                AttributeEdit::Set(attribute, NewAttribute { name, of, kind, choices: Vec::new(), by_wave, follows })
            }
            2 | 3 => {
                let value = ["", "rural", "3", "yes", "2013-05-01"][self.n(4) % 5].to_owned();
                let (whose, wave) = (self.case(3)?.0, self.pick(4, &waves));
                AttributeEdit::Value { attribute: self.pick(2, &self.attributes())?, whose, wave, value }
            }
            4 => AttributeEdit::Wave(self.one_of(3, waves, mint), self.name(4)),
            5 => AttributeEdit::Move(attribute, self.pick(3, &self.attributes())),
            6 => AttributeEdit::Delete(attribute),
            7 => AttributeEdit::SourceWave(self.source(3)?, self.pick(4, &waves)),
            _ => AttributeEdit::Signature(vec![Sign::Role, Sign::Attribute(attribute)], 3),
        }))
    }

    pub(super) fn tabulate(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let tables: Vec<TableId> = self.project.all::<SavedTable>().map(|table| table.id).collect();
        let lines: Vec<LineId> = self.project.all::<TableLine>().map(|line| line.id).collect();
        let row = self.one_of(2, self.rows(), mint);
        Some(match self.n(1) % 8 {
            0..3 => Edit::Rows(RowEdit::Set { id: row, name: self.name(3), holds: self.expr(4, 0)? }),
            3 => Edit::Rows(RowEdit::Delete(row)),
            4 => {
                let only = self.one_in(3, 3).then(|| self.expr(4, 0)).flatten();
                let new = NewTable { name: self.name(3), only, of: self.pick(4, &self.rows()), ..NewTable::default() };
                Edit::Tables(TableEdit::Set(self.one_of(2, tables, mint), Box::new(new)))
            }
            5 | 6 => {
                let (table, row) = (self.pick(2, &tables)?, self.pick(3, &self.rows())?);
                let (group, label, important) = (self.name(4), String::new(), self.one_in(2, 4));
                let new = NewLine { table, row, group, of: None, label, important, indent: 0 };
                Edit::Tables(TableEdit::Line(self.one_of(4, lines, mint), new))
            }
            _ => match self.n(3) % 3 {
                0 => Edit::Tables(TableEdit::Delete(self.pick(2, &tables)?)),
                1 => Edit::Tables(TableEdit::DeleteLine(self.pick(2, &lines)?)),
                _ => Edit::Tables(TableEdit::MoveLine(self.pick(2, &lines)?, self.pick(4, &lines))),
            },
        })
    }

    pub(super) fn theorise(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let theme = self.one_of(2, self.themes(), mint);
        let items: Vec<ThemeItemId> = self.project.all::<ThemeItem>().map(|item| item.id).collect();
        let cycles: Vec<CycleId> = self.view.cycles().iter().map(|cycle| cycle.id).collect();
        Some(match self.n(1) % 10 {
            0 | 1 => {
                let new =
                    NewTheme { name: self.name(3), description: self.name(4), parent: self.pick(4, &self.themes()) };
                Edit::Themes(ThemeEdit::Set(theme, new))
            }
            2..5 => {
                let what = match self.n(3) % 3 {
                    0 => Holds::Code(self.code(4)?),
                    1 => Holds::Row(self.pick(4, &self.rows())?),
                    _ => Holds::Extract(self.coding(4)?, Stance::ALL[self.n(4) % 3]),
                };
                Edit::Themes(ThemeEdit::Hold { theme, what, note: String::new() })
            }
            5 => Edit::Themes(ThemeEdit::Delete(theme)),
            6 => Edit::Themes(ThemeEdit::Release(self.pick(3, &items)?)),
            7 => Edit::Themes(ThemeEdit::Move(theme, self.pick(3, &self.themes()))),
            8 => {
                let steps: Vec<_> = self.view.reshapings().into_iter().map(|step| step.id).collect();
                Edit::ReasonOf(self.pick(3, &steps)?, self.name(4))
            }
            _ => {
                let (id, name, note) = (self.one_of(3, cycles, mint), self.name(4), String::new());
                Edit::Cycles(CycleEdit::Freeze { id, name, note, top: self.pick(2, &self.themes()) })
            }
        })
    }

    pub(super) fn judge(&self, mint: &mut dyn Mint) -> Option<Edit> {
        let case = self.case(2)?;
        Some(match self.n(1) % 6 {
            0 | 1 => {
                let held = if self.one_in(4, 4) { None } else { Some(Held::ALL[self.n(4) % 4]) };
                let (code, reason, codings, passages) = (self.code(3)?, self.name(4), Vec::new(), Vec::new());
                Edit::Judge(JudgeEdit::Case { case, code, wave: None, held, reason, codings, passages })
            }
            2 => {
                let found = [None, Some(Related::Confirmed), Some(Related::Struck)][self.n(4) % 3];
                Edit::Judge(JudgeEdit::Pair { a: self.coding(2)?, b: self.coding(3)?, found, reason: self.name(4) })
            }
            3 => {
                let of = match self.pick(3, &self.themes()) {
                    Some(theme) if self.one_in(2, 3) => Heading::Theme(theme),
                    _ => Heading::Code(self.code(3)?),
                };
                let text = if self.one_in(4, 4) { String::new() } else { self.name(4) };
                let seen = self.coding(4).and_then(|id| self.view.coding(id));
                let basis = seen.map(|seen| Basis { coding: seen.coding.id, code: seen.code, at: seen.coding.at });
                Edit::Judge(JudgeEdit::Summary { case, of, text, from: basis.into_iter().collect() })
            }
            4 => {
                let all: Vec<QuotationId> = self.view.quotations().iter().map(|quotation| quotation.id).collect();
                let (id, memo, coding) = (self.one_of(2, all, mint), self.memo(3)?, self.coding(4)?);
                let (words, by) = (self.name(2), self.name(3));
                Edit::Quotations(QuotationEdit::Quote { id, memo, coding, words, by })
            }
            _ => {
                let all: Vec<QuotationId> = self.view.quotations().iter().map(|quotation| quotation.id).collect();
                let id = self.pick(2, &all)?;
                Edit::Quotations(if self.one_in(2, 3) {
                    QuotationEdit::Keep(id, self.one_in(2, 4))
                } else {
                    QuotationEdit::Delete(id)
                })
            }
        })
    }
}
