//! The grammar of responsibility statements, by recursive descent over tokens.
//!
//! ```text
//! statement = group { stop group } [ rule | due ] …
//! group     = label list | list [open] [manner] verb | list together list verb
//! list      = party { separator party } [open]
//! party     = [mark] words { "、" fragment }          (各区、县(市)政府 is one party)
//! ```
//!
//! Every character belongs to some token; what fits no rule is kept as unread, so that doubt can be shown.

use std::borrow::Cow;

use super::confidence::Doubt;
use super::deadline;
use super::model::Role;
use super::object;
use super::party::{self, Fragment, Likeness, Party};
use super::token::{self, Lexeme, Manner, Token};
use crate::parse::label;
use crate::span::{Span, Text, dense, fold, is_blank};

/// A list of parties with what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    /// The parties in the order of listing.
    pub(super) parties: Vec<Party>,
    /// What the verb or label says.
    pub(super) role: Role,
    /// How they share the work.
    pub(super) manner: Option<Manner>,
    /// Whether a word says the role; otherwise it follows from the list's place.
    pub(super) stated: bool,
    /// Whether the list is left open.
    pub(super) open: bool,
}

/// A responsibility statement.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Statement {
    /// The lists.
    pub(super) groups: Vec<Group>,
    /// Whether a list is left open.
    pub(super) open: bool,
    /// Words that fit no rule.
    pub(super) unread: Vec<Span>,
    /// Whether a label such as 责任单位 opens the statement.
    pub(super) labelled: bool,
}

impl Statement {
    /// All parties with the group that they stand in.
    pub(super) fn parties(&self) -> impl Iterator<Item = &Party> {
        self.groups.iter().flat_map(|group| &group.parties)
    }

    /// Whether the words are a list of bodies beyond doubt: none is unknown, and the registry has a third of them.
    fn is_bare_list(&self) -> bool {
        let known = |party: &&Party| party.is_known() || party::is_of_place(&party.name);
        let all = self.parties().count();
        self.unread.is_empty()
            && !self.parties().any(|party| party.likeness == Likeness::Unknown)
            && self.parties().filter(known).count() * 3 >= all.max(1)
    }

    /// Whether the words are several names that end as those of bodies do: 基建处、后勤管理处.
    fn is_list_by_ends(&self) -> bool {
        self.unread.is_empty()
            && self.parties().count() > 1
            && self.parties().all(|party| party.name.chars().count() > 2 && party::ends_as_body(&party.name))
    }

    /// Whether the words are one office within a body: 药政处.
    fn is_office(&self) -> bool {
        let mut names = self.parties().map(|party| party.name.as_str());
        let (name, other) = (names.next(), names.next());
        self.unread.is_empty() && other.is_none() && name.is_some_and(party::is_office)
    }

    /// Leaves out the persons who answer for bodies: 市财政局 张三; 由副市长张三牵头,市财政局负责.
    fn leave_persons_out(&mut self) {
        let is_person = |party: &Party| {
            party.likeness != Likeness::Known && (party::is_person(&party.name) || party::is_post(&party.name))
        };
        if self.parties().all(|party| party.likeness == Likeness::Unknown || is_person(party)) {
            return;
        }
        self.groups.retain_mut(|group| {
            let had_any = !group.parties.is_empty();
            group.parties.retain(|party| !is_person(party));
            !(had_any && group.parties.is_empty())
        });
    }

    /// Whether the words read like a statement at all, not like a sentence that uses the same words.
    fn is_sound(&self) -> bool {
        let bodies = self.parties().filter(|party| party.likeness != Likeness::Unknown).count();
        let others = self.parties().count() - bodies;
        let named = bodies > 0 || (self.open && !self.groups.is_empty() && others == 0);
        named && others <= bodies && self.unread.len() <= bodies
    }
}

/// What the surroundings say of a list without verb or label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A clause must say who does what.
    Clause,
    /// A cell whose column says it.
    Cell(Role),
    /// Brackets at the end of a sentence that hold nothing but bodies.
    Bare,
    /// The same, in brackets of their own behind the last sentence of a paragraph: names may be known by their ends.
    Last,
}

/// Reads a statement; `skip` are places of rules and other words that are no part of it.
///
/// Nothing is given back for words that are no statement.
pub(super) fn parse(text: &Text, span: Span, frame: Frame, skip: &[Span]) -> Option<Statement> {
    let mut lexemes = token::lex(text, span);
    lexemes.retain(|lexeme| !skip.iter().any(|skip| skip.overlaps(lexeme.span)));
    if is_relative(text, &lexemes) {
        return None;
    }
    let mut parser = Parser {
        text,
        lexemes: &lexemes,
        at: 0,
        pending: Vec::new(),
        manner: None,
        open: false,
        label: None,
        rest: None,
        frame,
        statement: Statement::default(),
    };
    parser.run();
    parser.statement.leave_persons_out();
    Some(parser.statement).filter(Statement::is_sound).filter(|statement| match frame {
        Frame::Bare => statement.is_bare_list(),
        Frame::Last => statement.is_bare_list() || statement.is_list_by_ends() || statement.is_office(),
        Frame::Clause | Frame::Cell(_) => true,
    })
}

/// Whether the first verb tells which things are meant, not who does them: 甲负责的项目有2个未完成.
fn is_relative(text: &Text, lexemes: &[Lexeme]) -> bool {
    let verb = lexemes.iter().position(|lexeme| matches!(lexeme.token, Token::Verb(_)));
    let behind = verb.and_then(|verb| Some((lexemes.get(verb)?, lexemes.get(verb + 1)?)));
    behind.is_some_and(|(verb, words)| {
        words.token == Token::Words
            && words.span.start == verb.span.end
            && text.folded(words.span).first() == Some(&'的')
    })
}

struct Parser<'t> {
    text: &'t Text,
    lexemes: &'t [Lexeme],
    at: usize,
    pending: Vec<Party>,
    manner: Option<Manner>,
    /// Whether the pending list is left open.
    open: bool,
    label: Option<Role>,
    /// A party that 和 joins to the one that is being read.
    rest: Option<Span>,
    frame: Frame,
    statement: Statement,
}

impl<'t> Parser<'t> {
    fn run(&mut self) {
        while let Some(lexeme) = self.next() {
            match lexeme.token {
                Token::Mark if self.follows_name() => {
                    if let Some(party) = self.pending.last_mut() {
                        party.marked = true;
                    }
                }
                Token::Words | Token::Mark => {
                    self.at -= 1;
                    self.party();
                }
                Token::Remark => self.remark(lexeme.span),
                Token::Label(role) => {
                    self.close();
                    self.label = Some(role);
                    self.statement.labelled = true;
                }
                Token::Aside => self.aside(),
                Token::Manner(manner) => self.manner = Some(manner),
                Token::Open => self.open = true,
                Token::Verb(role) => self.verb(role),
                // 甲牵头,会同乙: who comes after the lead supports
                Token::Together if self.pending.is_empty() && !self.statement.groups.is_empty() => {
                    self.label = Some(Role::Supporting);
                }
                Token::Together => self.assign(Role::Lead, true),
                Token::Stop if self.is_labelled_list() && self.is_full_stop(lexeme.span) => {
                    // 牵头单位:甲局。各县区要积极配合。
                    while let Some(length) = self.other_sentence() {
                        self.close();
                        self.at += length;
                    }
                    // 牵头单位:甲局。乙局配合。
                    if self.sentence().iter().any(|lexeme| matches!(lexeme.token, Token::Verb(_))) {
                        self.close();
                    }
                }
                // 保障组:甲局牵头 is said of the group, which has no part in it
                Token::Stop if self.is_heading(lexeme.span) => self.pending.clear(),
                Token::Separator | Token::Blank | Token::Stop => {}
            }
        }
        // 甲、乙按职责分工: the verb is left out
        if self.label.is_none() && self.manner.is_some() && self.shares() {
            self.assign(Role::Responsible, true);
        }
        self.close();
    }

    /// Passes over words behind a label that name no body; a body on the next line goes on with the list before them.
    fn aside(&mut self) {
        let label = self.label;
        self.close();
        while let Some(next) = self.peek(0).filter(|next| !matches!(next.token, Token::Stop | Token::Label(_))) {
            let is_body = |next: Lexeme| next.token == Token::Words && party::is_body(&self.name(next.span));
            if self.text.folded(next.span).contains(&'\n') && self.peek(1).is_some_and(is_body) {
                self.label = label;
                return;
            }
            self.at += 1;
        }
    }

    /// Whether what is pending stands behind a label.
    fn is_labelled_list(&self) -> bool {
        self.label.is_some() && !self.pending.is_empty()
    }

    /// Whether a colon stands behind the first name of a clause, and the registry has no such body.
    fn is_heading(&self, span: Span) -> bool {
        let begins = self.frame == Frame::Clause && self.label.is_none() && self.statement.groups.is_empty();
        begins && self.text.folded(span) == [':'] && matches!(self.pending.as_slice(), [name] if !name.is_known())
    }

    fn is_full_stop(&self, span: Span) -> bool {
        self.text.folded(span) == ['。']
    }

    /// How many words and signs the next sentence has, with its full stop, if it is about something else than who does
    /// what: it has words, names no body and has no label.
    fn other_sentence(&self) -> Option<usize> {
        let sentence = self.sentence();
        let has = |test: fn(&Token) -> bool| sentence.iter().any(|lexeme| test(&lexeme.token));
        // 进度较慢的为甲县、乙县
        let first = sentence.iter().find(|lexeme| lexeme.token == Token::Words);
        let is_told = first.is_some_and(|first| self.text.folded(first.span).contains(&'的'));
        if is_told && !has(|token| matches!(token, Token::Label(_) | Token::Verb(_))) {
            return Some(sentence.len());
        }
        let mut has_words = false;
        for lexeme in sentence {
            match lexeme.token {
                Token::Label(_) => return None,
                Token::Words if party::likeness(&self.name(lexeme.span)) != Likeness::Unknown => return None,
                Token::Words => has_words = true,
                _ => {}
            }
        }
        has_words.then_some(sentence.len())
    }

    /// What is ahead as far as the next full stop.
    fn sentence(&self) -> &'t [Lexeme] {
        let ahead = self.lexemes.get(self.at..).unwrap_or_default();
        let stop = ahead.iter().position(|lexeme| self.is_full_stop(lexeme.span));
        ahead.get(..stop.map_or(ahead.len(), |stop| stop + 1)).unwrap_or_default()
    }

    /// Whether the pending list is one that work can be shared among: 某项工作部门职责分工 is a title.
    fn shares(&self) -> bool {
        match self.pending.as_slice() {
            [] => false,
            [party] => party.is_known() || !self.statement.groups.is_empty(),
            _ => true,
        }
    }

    fn next(&mut self) -> Option<Lexeme> {
        let lexeme = self.lexemes.get(self.at).copied();
        self.at += usize::from(lexeme.is_some());
        lexeme
    }

    fn peek(&self, ahead: usize) -> Option<Lexeme> {
        self.lexemes.get(self.at + ahead).copied()
    }

    /// A remark behind a name: 财政局(牵头); 各镇政府(管委会) has it in its name.
    fn remark(&mut self, place: Span) {
        let printed = self.text.slice(place);
        let text = self.text;
        let is_behind = |party: &&mut Party| {
            let between = text.folded(Span::new(party.span.end.min(place.start), place.start));
            // 市公安局⏎（牵头）
            between.iter().all(|char| is_blank(*char))
                && (!between.contains(&'\n') || token::role_of(printed).is_some())
        };
        let Some(party) = self.pending.last_mut().filter(is_behind) else { return };
        party.role = token::role_of(printed);
        let inner: String = printed.chars().map(fold).filter(|char| !matches!(char, '(' | ')' | ' ')).collect();
        if party.likeness == Likeness::Collective && party::is_part_of_collective(&inner) {
            party.name.push_str(printed);
            party.span = party.span.to(place);
        }
    }

    /// A verb says what the list before it does; 共同牵头 may be two words.
    fn verb(&mut self, role: Role) {
        let role = match (role, self.manner) {
            (Role::Lead, Some(Manner::Joint | Manner::Respective)) => Role::CoLead,
            (role, _) => role,
        };
        self.leave_words_out();
        if self.pending.is_empty() {
            // 牵头、负责: the second word adds nothing to a list that has its role
            return;
        }
        if role == Role::Supporting {
            self.assign_before_comma();
        }
        self.label = None;
        self.assign(role, true);
    }

    /// Drops words that say how, beside bodies: 甲负责,并持续推进; 甲,按统一部署推进.
    fn leave_words_out(&mut self) {
        let is_body = |party: &Party| party.is_known() || !party.says_how();
        if !self.statement.groups.is_empty() || self.pending.iter().any(|party| party.likeness != Likeness::Unknown) {
            self.pending.retain(is_body);
        }
    }

    /// 责任单位:甲,乙配合, and 甲,乙配合 with nothing before it: who stands before the comma does not support.
    fn assign_before_comma(&mut self) {
        let role = match (self.label, self.frame) {
            (Some(Role::Supporting), _) | (None, Frame::Cell(Role::Supporting)) => return,
            (Some(role), _) | (None, Frame::Cell(role)) => role,
            (None, _) if self.statement.groups.is_empty() => Role::Responsible,
            (None, _) => return,
        };
        let text = self.text;
        let between = |pair: &[Party]| match pair {
            [one, next] => text.folded(Span::new(one.span.end, next.span.start.max(one.span.end))),
            _ => &[],
        };
        let comma = self.pending.windows(2).position(|pair| between(pair).iter().any(|char| matches!(char, ',' | ';')));
        let Some(comma) = comma else { return };
        let behind = self.pending.split_off(comma + 1);
        let (manner, open) = (self.manner.take(), std::mem::take(&mut self.open));
        self.assign(role, self.label.is_some());
        (self.pending, self.manner, self.open) = (behind, manner, open);
    }

    /// Gives the pending list its role.
    fn assign(&mut self, role: Role, stated: bool) {
        let mut parties = std::mem::take(&mut self.pending);
        let manner = self.manner.take();
        let mut open = std::mem::take(&mut self.open);
        parties.retain(|party| {
            let known = party.likeness == Likeness::Known;
            let generic = !known && (party::is_generic(&party.name) || party::is_kind(&party.name));
            open |= generic;
            !generic
        });
        party::restore_kinds(&mut parties, open);
        self.statement.open |= open;
        // 甲局(牵头)、乙局 in a list of leads: the remark tells which one does
        let told = parties.iter().any(|party| party.role == Some(Role::Lead));
        let role = if role.leads() && told { Role::Responsible } else { role };
        let mut groups = vec![Group { parties: Vec::new(), role, manner, stated, open }];
        for party in parties {
            // a remark behind a name says what that body alone does
            let own = party.role.unwrap_or(role);
            match groups.last_mut() {
                Some(last) if last.role == own => last.parties.push(party),
                _ => groups.push(Group { parties: vec![party], role: own, manner, stated: true, open }),
            }
        }
        if groups.len() > 1 {
            groups.retain(|group| !group.parties.is_empty());
        }
        self.statement.groups.append(&mut groups);
    }

    /// Whether a mark stands right behind a name and not before one: 财政局★、
    fn follows_name(&self) -> bool {
        let mark = self.at.checked_sub(1).and_then(|at| self.lexemes.get(at));
        let behind = self.pending.last().zip(mark).is_some_and(|(party, mark)| party.span.end == mark.span.start);
        behind && self.peek(0).is_none_or(|next| next.token != Token::Words)
    }

    /// Ends a list that no verb follows: a label or the column says what it does, else the lists before it.
    fn close(&mut self) {
        self.leave_words_out();
        if self.pending.is_empty() {
            self.statement.open |= std::mem::take(&mut self.open);
            return;
        }
        match (self.label.take(), self.frame) {
            (Some(role), _) | (None, Frame::Cell(role)) => self.assign(role, true),
            (None, Frame::Clause)
                if self.pending.iter().any(|party| party.role.is_some())
                    || self.statement.groups.iter().any(|group| group.stated)
                        && self.pending.iter().any(|party| party.likeness != Likeness::Unknown) =>
            {
                self.assign(Role::Responsible, false);
            }
            (None, Frame::Bare | Frame::Last) => self.assign(Role::Responsible, false),
            (None, Frame::Clause) => {
                let unread = self.pending.drain(..).map(|party| party.span);
                self.statement.unread.extend(unread);
                self.statement.open |= std::mem::take(&mut self.open);
            }
        }
    }

    /// Reads one party, or words that are none.
    fn party(&mut self) {
        let mut marked = false;
        while self.peek(0).is_some_and(|lexeme| lexeme.token == Token::Mark) {
            marked = true;
            self.at += 1;
        }
        let Some(first) = self.peek(0).filter(|lexeme| lexeme.token == Token::Words) else { return };
        self.at += 1;
        if self.is_telephone(first.span) {
            return;
        }
        let mut span = first.span;
        if !self.join_collective(&mut span) {
            self.join_blanks(&mut span);
        }
        if self.open {
            // 等和各县政府
            let skip = ["以及", "和", "及", "与"].iter().find(|word| self.text.slice(span).starts_with(**word));
            span.start += skip.map_or(0, |word| word.chars().count());
        }
        let rest = self.rest.take();
        if is_due(self.text, span) || party::is_head(self.text.folded(span)) {
            return;
        }
        // 市财政局负责资金保障: what the body is responsible for stands behind the verb
        if let Some((length, role)) = object::verb_within(self.text, span) {
            self.push(Span::new(span.start, span.start + length), marked);
            self.verb(role);
            return;
        }
        self.push(span, marked);
        if let Some(rest) = rest {
            self.push(rest, false);
        }
    }

    /// Adds parties, without the numbers that may stand before them: 1.甲2.乙.
    fn push(&mut self, span: Span, marked: bool) {
        let mut rest = Some(span);
        while let Some(span) = rest {
            let (name, behind) = self.numbered(span);
            self.push_name(name, marked);
            rest = behind;
        }
    }

    /// Adds a party; 甲和乙 is two.
    fn push_name(&mut self, span: Span, marked: bool) {
        let name = self.name(span);
        let length = name.chars().count();
        if length == span.len()
            && let Some((end, start)) = party::conjunction(&name)
        {
            self.push_name(Span::new(span.start, span.start + end), marked);
            self.push_name(Span::new(span.start + start, span.end), false);
            return;
        }
        if length == span.len()
            && let Some(end) = party::consulting(&name)
        {
            self.push_name(Span::new(span.start, span.start + end), marked);
            self.assign(Role::Lead, true);
            self.push_name(Span::new(span.start + end + 1, span.end), false);
            return;
        }
        if length < 2 {
            self.statement.unread.push(span);
            return;
        }
        let likeness = party::likeness(&name);
        let cut = likeness == Likeness::Unknown && party::is_cut(&name);
        let likeness = if cut { Likeness::Ending } else { likeness };
        let sentence = likeness == Likeness::Unknown && length > 20;
        if sentence {
            self.statement.unread.push(span);
        } else {
            self.pending.push(Party {
                name: name.into_owned(),
                span,
                marked,
                role: None,
                likeness,
                doubts: if cut { vec![Doubt::LikelySlip] } else { Vec::new() },
            });
        }
    }

    /// A name without the number before it, and what stands from the next number on.
    fn numbered(&self, span: Span) -> (Span, Option<Span>) {
        let chars = self.text.folded(span);
        let Some(label) = label::read(chars).filter(|label| label.length < span.len()) else { return (span, None) };
        let follows = |at: &usize| {
            let before = at.checked_sub(1).and_then(|before| chars.get(before));
            let next = chars.get(*at..).and_then(label::read);
            before.is_some_and(|char| !char.is_ascii_digit())
                && next.is_some_and(|next| next.style == label.style && next.number == label.number + 1)
        };
        let next = (label.length + 1..chars.len()).find(follows).map(|at| span.start + at);
        let end = next.unwrap_or(span.end);
        (Span::new(span.start + label.length, end), next.map(|next| Span::new(next, span.end)))
    }

    /// Whether words are a telephone number behind the body that is called: 县卫健局 2130000.
    fn is_telephone(&self, span: Span) -> bool {
        let digits = |char: &char| char.is_ascii_digit() || *char == '-';
        span.len() >= SHORTEST_TELEPHONE && !self.pending.is_empty() && self.text.folded(span).iter().all(digits)
    }

    fn name(&self, span: Span) -> Cow<'t, str> {
        let words = self.text.slice(span);
        if self.text.folded(span).iter().any(|char| is_blank(*char)) { dense(words) } else { Cow::Borrowed(words) }
    }

    /// 各区、县(市)政府 is one party, although a 、 stands within.
    fn join_collective(&mut self, span: &mut Span) -> bool {
        let first = self.name(*span);
        // 各乡镇人民政府、街道办事处: 各 holds on
        let goes_on = match party::fragment(&first) {
            // 高新区、经开区 are two
            Fragment::Open if party::is_zone(&first) => return false,
            Fragment::Open => false,
            Fragment::Closed if first.starts_with('各') => true,
            Fragment::No | Fragment::Closed => return false,
        };
        let mut joined = false;
        while let (Some(separator), Some(words)) = (self.peek(0), self.peek(1)) {
            if separator.token != Token::Separator || words.token != Token::Words {
                break;
            }
            let next = self.name(words.span);
            let plural = next.starts_with(['各', '其']) || next.starts_with("有关") || next.starts_with("相关");
            let fragment = party::fragment(&next);
            // 各乡镇党委、政府: both ends are of the same places
            if goes_on && fragment == Fragment::No && party::ends_in_two(&self.name(span.to(words.span)), &next) {
                *span = span.to(words.span);
                self.at += 2;
                return true;
            }
            // 市、县政府 needs its end; 各区、县 does not
            let bare = first.chars().count() == 1 && fragment != Fragment::Closed;
            // 各县、区(市)政府和功能区管委会: what 和 joins is another party
            let both = (!plural && fragment == Fragment::No && !goes_on).then(|| closed_part(&next)).flatten();
            if let Some(length) = both.filter(|_| next.chars().count() == words.span.len()) {
                self.rest = Some(Span::new(words.span.start + length + 1, words.span.end));
                *span = span.to(Span::new(words.span.start, words.span.start + length));
                self.at += 2;
                return true;
            }
            if plural || bare || fragment == Fragment::No || goes_on && fragment != Fragment::Closed {
                break;
            }
            *span = span.to(words.span);
            self.at += 2;
            joined = true;
            if fragment == Fragment::Closed {
                break;
            }
        }
        joined
    }

    /// How many pieces ahead, with blanks between them, make the words one name that the registry has: 财 政 局.
    fn pieces_ahead(&self, span: Span) -> Option<(usize, Span)> {
        let mut whole = span;
        let mut found = None;
        for piece in 0..MOST_PIECES {
            let (Some(blank), Some(words)) = (self.peek(2 * piece), self.peek(2 * piece + 1)) else { break };
            if blank.token != Token::Blank || words.token != Token::Words {
                break;
            }
            let apart = party::is_registered(&self.name(whole)) && party::is_registered(&self.name(words.span));
            whole = whole.to(words.span);
            if apart || whole.len() > LONGEST_SPACED {
                break;
            }
            if party::is_registered(&self.name(whole)) {
                found = Some((piece + 1, whole));
            }
        }
        found
    }

    /// A blank within a name is a slip of layout; between two bodies it separates.
    fn join_blanks(&mut self, span: &mut Span) {
        if let Some((pieces, whole)) = self.pieces_ahead(*span) {
            *span = whole;
            self.at += 2 * pieces;
        }
        while let (Some(blank), Some(words)) = (self.peek(0), self.peek(1)) {
            if blank.token != Token::Blank || words.token != Token::Words {
                return;
            }
            let whole = self.name(span.to(words.span));
            let (one, other) = (self.name(*span), self.name(words.span));
            let branch = party::is_branch_of(&other, &one);
            // 省人口计生, and 省妇联 behind it: a level begins another name
            let level =
                party::split_prefix(&other).0.filter(|level| one.starts_with(*level) && one.chars().count() > 2);
            // 高新区⏎管委会
            let governs = party::is_place(&one) && party::is_zone(&one) && party::governs(&other);
            let joined = branch || governs;
            let apart = party::is_body(&other) && !joined && (party::is_body(&one) || level.is_some());
            if apart || (party::likeness(&whole) == Likeness::Unknown) {
                return;
            }
            *span = span.to(words.span);
            self.at += 2;
        }
    }
}

/// The most pieces that blanks cut a name into, and the most characters that it then takes up.
const MOST_PIECES: usize = 12;
const LONGEST_SPACED: usize = 40;

/// The fewest characters of a telephone number.
const SHORTEST_TELEPHONE: usize = 7;

/// The length in characters of the end of a collective name that 和 joins to another: 区(市)政府和功能区管委会.
fn closed_part(words: &str) -> Option<usize> {
    words.char_indices().enumerate().find_map(|(at, (byte, char))| {
        let (before, after) = (words.get(..byte)?, words.get(byte + char.len_utf8()..)?);
        let joins = matches!(char, '和' | '及' | '与') && party::is_body(after);
        (joins && party::fragment(before) == Fragment::Closed).then_some(at)
    })
}

/// Within how many characters words that say when come to the date: 截止到 may stand before it.
const LONGEST_LEAD: usize = 6;

/// Whether words say when, not who: 2017年9月底前完成, 每季度末.
pub(super) fn is_due(text: &Text, span: Span) -> bool {
    due(text, span).is_some()
}

/// Whether words say when and hardly anything else: 年底前完成, but not 年内培训200人次.
pub(super) fn is_only_due(text: &Text, span: Span) -> bool {
    let behind = due(text, span).map(|due| text.folded(Span::new(due.end.min(span.end), span.end)));
    behind.is_some_and(|behind| behind.len() <= LONGEST_BEHIND && !behind.iter().any(char::is_ascii_digit))
}

/// The most characters behind a date that say only that something is to be done by then.
const LONGEST_BEHIND: usize = 8;

/// The date that words are about, if they say when.
fn due(text: &Text, span: Span) -> Option<Span> {
    let opening = text.folded(Span::new(span.start, span.end.min(span.start + LONGEST_LEAD)));
    if opening.first() != Some(&'每') && !opening.iter().any(|char| deadline::may_begin(*char)) {
        return None;
    }
    let context =
        deadline::Context { year: Some(2000), guessed: false, issued: None, setting: deadline::Setting::Clause };
    let recurring = text.slice(span).starts_with('每').then_some(span);
    let dated = deadline::find(text, span, context).first().map(|due| due.span);
    let dated = dated.filter(|due| due.start <= span.start + 2);
    dated.or(recurring).filter(|_| !party::is_body(text.slice(span)))
}
