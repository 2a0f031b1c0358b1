//! Which quotation marks belong together: stretches of text between marks.
//!
//! Each paragraph is read once. Double marks of every kind are paired first, by their direction where they have one and
//! by the white space around them where they have none; single marks outside of those pairs are told from apostrophes
//! afterwards. A paragraph that opens with a mark and never closes it runs on into the next one that opens with a mark.

use crate::{
    extract::document::Document,
    gazetteer::{TokenKind, Word},
};

/// A stretch between marks, as tokens, the marks left out: `begin..end`, never empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::extract) struct Segment {
    pub(in crate::extract) begin: usize,
    pub(in crate::extract) end: usize,
    /// The paragraph ended before a closing mark, and the next one goes on with an opening mark.
    pub(in crate::extract) continues: bool,
    /// It is the first thing in its paragraph.
    pub(in crate::extract) opens_paragraph: bool,
}

/// All stretches between marks, in order, disjoint.
pub(in crate::extract) fn segments(document: &Document<'_>) -> Vec<Segment> {
    let mut all = Vec::new();
    let mut begin = 0;
    while begin < document.len() {
        let end = document.paragraph_end(begin);
        paragraph(document, begin, end, &mut all);
        begin = end;
    }
    all
}

fn paragraph(document: &Document<'_>, begin: usize, end: usize, all: &mut Vec<Segment>) {
    let marks: Vec<usize> = (begin..end).filter(|&tok| document.kind(tok) == Some(TokenKind::Mark)).collect();
    if marks.is_empty() {
        return;
    }
    let next_opens = document.kind(end) == Some(TokenKind::Mark) && !is_single(document.text(end));
    let doubles = pair_doubles(document, &marks, begin..end, next_opens);
    let next_single = document.text(end) == "‘";
    let singles = pair_singles(document, &marks, &doubles, begin..end, next_single);
    // A British quote holds the double marks of what its speaker quotes.
    let outer = |s: &Segment| !singles.iter().any(|single| single.begin <= s.begin && s.end <= single.end);
    let mut found: Vec<Segment> = doubles.iter().copied().filter(outer).collect();
    found.extend(singles.iter().copied());
    found.sort_by_key(|s| s.begin);
    found.retain(|s| {
        (s.begin..s.end).any(|tok| matches!(document.kind(tok), Some(TokenKind::Word | TokenKind::Number)))
    });
    all.append(&mut found);
}

/// What a double mark can be where it stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Open,
    Close,
    Either,
}

fn side(document: &Document<'_>, tok: usize, first: usize, shape: Shape<'_>) -> Side {
    let token = &document.tokens[tok];
    let touches_next = document.tokens.get(tok + 1).is_some_and(|next| !next.spaced && !next.opens_paragraph);
    let after_bracket = tok > first && document.is_any(tok - 1, &["(", "[", "—", "–", "-", "/", "‘", "'", "’"]);
    let touches_previous = tok > first && !token.spaced;
    match document.text(tok) {
        "„" | "‟" | "‹" => Side::Open,
        "”" if touches_previous || !touches_next => Side::Close,
        "”" => Side::Open,
        "“" if shape.german => Side::Close,
        // A sloppy typist closes with an opening mark.
        "“" if touches_previous && !after_bracket && !touches_next => Side::Close,
        "“" => Side::Open,
        // French «so» and German »so«: the first of a paragraph shows which.
        "«" | "»" | "›" if document.text(tok) == shape.guillemet => Side::Open,
        "«" | "»" | "›" => Side::Close,
        _ => match (touches_previous, touches_next) {
            (false, true) => Side::Open,
            (true, false) => Side::Close,
            (true, true) if after_bracket => Side::Either,
            (true, true) => {
                // `said,"We` and `end",he`: the side with a letter is inside.
                let word_after = document.kind(tok + 1) == Some(TokenKind::Word);
                let word_before = matches!(document.kind(tok - 1), Some(TokenKind::Word | TokenKind::Stop));
                match (word_before, word_after) {
                    (true, false) => Side::Close,
                    _ => Side::Either,
                }
            }
            (false, false) => Side::Either,
        },
    }
}

/// Which conventions a paragraph follows.
#[derive(Clone, Copy)]
struct Shape<'t> {
    /// It opens with low marks, and closes with what English opens with.
    german: bool,
    /// The guillemet that opens.
    guillemet: &'t str,
}

fn is_single(mark: &str) -> bool {
    matches!(mark, "'" | "‘" | "’" | "‚" | "‛" | "`" | "´")
}

fn pair_doubles(
    document: &Document<'_>,
    marks: &[usize],
    tokens: std::ops::Range<usize>,
    next_opens: bool,
) -> Vec<Segment> {
    let guillemet = marks.iter().map(|&tok| document.text(tok)).find(|mark| matches!(*mark, "«" | "»" | "›"));
    let german = marks.iter().any(|&tok| document.text(tok) == "„");
    let shape = Shape { german, guillemet: guillemet.unwrap_or("«") };
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    let mut push = |open: usize, end: usize, continues: bool| {
        if open + 1 < end {
            let opens_paragraph = open == tokens.start;
            found.push(Segment { begin: open + 1, end, continues, opens_paragraph });
        }
    };
    for &tok in marks.iter().filter(|&&tok| !is_single(document.text(tok))) {
        let side = side(document, tok, tokens.start, shape);
        match (open, side) {
            (None, Side::Open | Side::Either) => open = Some(tok),
            // A closing mark that nothing opened.
            (None, Side::Close) => {}
            (Some(at), Side::Close | Side::Either) => {
                push(at, tok, false);
                open = None;
            }
            (Some(at), Side::Open) => {
                // The one before was never closed: it ends with its sentence.
                let end = (at + 1..tok).find(|&t| document.ends_sentence(t)).map_or(tok, |t| t + 1);
                push(at, end, false);
                open = Some(tok);
            }
        }
    }
    if let Some(at) = open {
        let directed = document.text(at) != "\"";
        if next_opens || directed || at == tokens.start {
            push(at, tokens.end, next_opens);
        }
    }
    found
}

fn pair_singles(
    document: &Document<'_>,
    marks: &[usize],
    doubles: &[Segment],
    tokens: std::ops::Range<usize>,
    next_opens: bool,
) -> Vec<Segment> {
    let outside: Vec<usize> = marks
        .iter()
        .copied()
        .filter(|&tok| is_single(document.text(tok)) && !doubles.iter().any(|s| s.begin <= tok && tok < s.end))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(&open) = outside.get(at) {
        at += 1;
        if !opens_single(document, open, tokens.start) {
            continue;
        }
        let close = outside[at..]
            .iter()
            .enumerate()
            .take_while(|&(_, &tok)| !(document.text(tok) == "‘" && opens_single(document, tok, tokens.start)))
            .filter(|&(_, &tok)| closes_single(document, tok, tokens.end));
        // "the ministers’ talks" is a genitive unless no other mark closes the quote.
        let mut candidates = close.map(|(n, &tok)| (n, tok)).collect::<Vec<_>>();
        let sure = candidates.iter().position(|&(_, tok)| !is_plural_genitive(document, tok));
        candidates.truncate(sure.map_or(candidates.len(), |n| n + 1));
        if let Some(&(n, close)) = candidates.last() {
            found.push(Segment {
                begin: open + 1,
                end: close,
                continues: false,
                opens_paragraph: open == tokens.start,
            });
            at += n + 1;
        } else if next_opens && document.text(open) == "‘" {
            let opens_paragraph = open == tokens.start;
            found.push(Segment { begin: open + 1, end: tokens.end, continues: true, opens_paragraph });
            break;
        }
    }
    found.retain(|s| s.begin < s.end);
    found
}

fn opens_single(document: &Document<'_>, tok: usize, first: usize) -> bool {
    let token = &document.tokens[tok];
    let mark = token.of(document.body);
    let starts = tok == first || token.spaced || document.is_any(tok - 1, &["(", "[", "—", "–", "/"]);
    let touches = document.tokens.get(tok + 1).is_some_and(|next| {
        !next.spaced
            && !next.opens_paragraph
            && matches!(next.kind, TokenKind::Word | TokenKind::Other | TokenKind::Stop)
    });
    // "’90s" is a number, "’em" a clipped word; a curly apostrophe rarely opens a quote.
    let clipped = mark != "‘" && document.is_any(tok + 1, &["em", "tis", "twas", "til", "cause", "n", "bout", "round"]);
    starts && touches && !clipped && mark != "’" && mark != "´"
}

fn closes_single(document: &Document<'_>, tok: usize, end: usize) -> bool {
    let token = &document.tokens[tok];
    let touches_previous = !token.spaced && !token.opens_paragraph;
    let free_after = tok + 1 >= end
        || document
            .tokens
            .get(tok + 1)
            .is_none_or(|next| next.spaced || !matches!(next.kind, TokenKind::Word | TokenKind::Number));
    touches_previous && free_after && document.text(tok) != "‘"
}

/// The mark follows a word in -s and precedes a word that it may own.
fn is_plural_genitive(document: &Document<'_>, tok: usize) -> bool {
    let before = document.text(tok - 1);
    let owner = document.kind(tok - 1) == Some(TokenKind::Word) && before.ends_with(['s', 'S', 'z', 'x']);
    let owned = document.tokens.get(tok + 1).is_some_and(|next| {
        next.spaced && next.is_lower() && !document.is_function(tok + 1) && !document.word(tok + 1).is(Word::PARTICLE)
    });
    owner && owned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    fn quoted(body: &str) -> Vec<String> {
        let gazetteer = Gazetteer::builtin();
        let document = Document::new(&gazetteer, body);
        segments(&document).iter().map(|s| document.words_of(s.begin, s.end)).collect()
    }

    #[test]
    fn every_kind_of_mark_pairs() {
        for (body, expected) in [
            ("“We agree,” he said.", vec!["We agree,"]),
            ("\"We agree,\" he said, \"to go.\"", vec!["We agree,", "to go."]),
            ("''We agree,'' he said.", vec!["We agree,"]),
            ("``We agree,'' he said.", vec!["We agree,"]),
            ("«Nous», dit-il.", vec!["Nous"]),
            ("»So«, sagte er.", vec!["So"]),
            ("„So“, sagte er.", vec!["So"]),
            ("‘We agree,’ he said.", vec!["We agree,"]),
            ("‘The ministers’ talks failed,’ he said.", vec!["The ministers’ talks failed,"]),
            ("The ministers' talks and the '90s", vec![]),
            ("“He called it ‘done’ twice,” she said.", vec!["He called it ‘done’ twice,"]),
            ("‘He called it “done” twice,’ she said.", vec!["He called it “done” twice,"]),
            ("the so-called 'boots on the ground'.", vec!["boots on the ground"]),
            ("A stray ” does nothing.", vec![]),
            ("“We agree,“ he said.", vec!["We agree,"]),
        ] {
            assert_eq!(quoted(body), expected, "{body}");
        }
    }

    #[test]
    fn a_quote_runs_over_paragraphs_that_each_open_with_a_mark() {
        let body = "“We agree.\n\n“We go,” he said.\n\nNo “end";
        assert_eq!(quoted(body), ["We agree.", "We go,", "end"]);
    }
}
