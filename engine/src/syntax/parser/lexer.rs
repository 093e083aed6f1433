//! Cuts one line into words, numbers, texts, labels and signs; knows no grammar.

use super::foreign::FOREIGN;
use std::borrow::Cow;
use winnow::LocatingSlice;
use winnow::combinator::{alt, dispatch, not, opt, peek, preceded, repeat};
use winnow::error::EmptyError;
use winnow::prelude::*;
use winnow::stream::Location;
use winnow::token::{any, one_of, rest, take_till, take_while};

/// What a piece of a line is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A name or a word of the language.
    Word,
    /// A whole number, perhaps negative.
    Number,
    /// A text; the token's words are what stands between the quotes.
    Text,
    /// A label; the token's words are what stands between the backticks.
    Label,
    /// The rest of an `@` line.
    Source,
    /// `=`, `+=`, `(` and the like.
    Sign,
}

/// A piece of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token<'s> {
    /// What it is.
    pub(super) kind: Kind,
    /// Its words. A sign of another language stands here as the word that is meant.
    pub(super) text: &'s str,
    /// First byte, in the whole text.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
}

/// What the lexer could not take as it stands.
pub(super) struct Mistake {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) message: Cow<'static, str>,
    pub(super) help: &'static str,
}

/// More pieces than this in one line, and nobody could read it; it also bounds every recursion.
const MAX_TOKENS: usize = 500;
/// How deep brackets may be nested, and how many `not` and `where` one line may hold.
pub(super) const MAX_NESTING: usize = 64;

/// After so many mistakes the rest of a line is not looked at.
const MAX_MISTAKES: usize = 16;

const SIGNS: [&str; 19] = [
    "+=", "-=", "<=", ">=", "..", "<", ">", "=", ":", ",", "+", "-", "*", "|", "(", ")", "[", "]",
    ".",
];

/// Words that end an operand when they stand before a minus: what follows is a negative number then.
const BEFORE_NEGATIVE: [&str; 14] = [
    "is", "not", "of", "or", "and", "has", "with", "without", "mod", "where", "until", "if",
    "when", "check",
];

type Chars<'s> = LocatingSlice<&'s str>;
type Res<T> = Result<T, EmptyError>;

/// What one look at the text gives: tokens, and perhaps what is wrong with them.
struct Piece<'s> {
    kind: Kind,
    text: &'s str,
    /// What stands here instead of `text`, if that is no word of the language.
    meant: Option<&'static [&'static str]>,
    wrong: Option<(Cow<'static, str>, &'static str)>,
}

impl<'s> Piece<'s> {
    fn good(kind: Kind, text: &'s str) -> Self {
        Self { kind, text, meant: None, wrong: None }
    }

    fn wrong(self, message: impl Into<Cow<'static, str>>, help: &'static str) -> Self {
        Self { wrong: Some((message.into(), help)), ..self }
    }

    fn meant(self, meant: &'static [&'static str]) -> Self {
        Self { meant: Some(meant), ..self }
    }
}

/// Cuts `line`, whose first byte stands at `offset` of the text, into `tokens`, and gives what is wrong with it.
pub(super) fn lex<'s>(line: &'s str, offset: u32, tokens: &mut Vec<Token<'s>>) -> Vec<Mistake> {
    let mut input = LocatingSlice::new(line);
    let first = tokens.len();
    let mut mistakes: Vec<Mistake> = Vec::new();
    let (mut open, mut prefixes) = (0_usize, 0_usize);
    if let Some((at, c)) = hidden(line) {
        let (start, end) = (offset + at as u32, offset + (at + c.len_utf8()) as u32);
        let message = format!("the character U+{:04X} cannot stand in a race", c as u32);
        mistakes.push(Mistake {
            start,
            end,
            message: message.into(),
            help: "it cannot be seen: delete it",
        });
    }
    loop {
        let _ = blanks.parse_next(&mut input);
        if input.is_empty() || input.starts_with('#') {
            return mistakes;
        }
        let before = tokens.last().filter(|_| tokens.len() > first).copied();
        let from = input.current_token_start();
        let piece = if before.is_none() && input.starts_with('@') {
            source.parse_next(&mut input)
        } else {
            piece(&mut input, before)
        };
        let Ok(piece) = piece else { return mistakes };
        let (start, end) = (offset + from as u32, offset + input.previous_token_end() as u32);
        let pushed = tokens.len();
        match piece.meant {
            None => tokens.push(Token { kind: piece.kind, text: piece.text, start, end }),
            Some(meant) => tokens.extend(meant.iter().map(|text| Token {
                kind: kind_of(text),
                text,
                start,
                end,
            })),
        }
        if let Some((message, help)) = piece.wrong {
            mistakes.push(Mistake { start, end, message, help });
        }
        for token in &tokens[pushed..] {
            match (token.kind, token.text) {
                (Kind::Sign, "(" | "[") => open += 1,
                (Kind::Sign, ")" | "]") => open = open.saturating_sub(1),
                (Kind::Word, "not" | "where") => prefixes += 1,
                _ => {}
            }
        }
        if mistakes.len() > MAX_MISTAKES {
            return mistakes;
        }
        if open > MAX_NESTING || prefixes > MAX_NESTING || tokens.len() - first > MAX_TOKENS {
            let message = "this line is nested too deeply or too long".into();
            let help =
                "cut it in two: give a part of it a name with `local`, or use two statements";
            mistakes.push(Mistake { start, end, message, help });
            return mistakes;
        }
    }
}

/// The kind of a word of the language.
fn kind_of(text: &str) -> Kind {
    match text.as_bytes() {
        [b'a'..=b'z', ..] => Kind::Word,
        [b'0'..=b'9', ..] => Kind::Number,
        _ => Kind::Sign,
    }
}

/// A character that no line may hold: it could not be seen, or would change how the rest is seen.
fn hidden(line: &str) -> Option<(usize, char)> {
    let hidden = |c: char| {
        c.is_control() && c != '\t'
            || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    line.char_indices().find(|(_, c)| hidden(*c))
}

fn blanks<'s>(input: &mut Chars<'s>) -> Res<&'s str> {
    take_while(0.., (' ', '\t')).parse_next(input)
}

fn piece<'s>(input: &mut Chars<'s>, before: Option<Token<'s>>) -> Res<Piece<'s>> {
    dispatch! { peek(any);
        'a'..='z' | 'A'..='Z' | '_' => word,
        '0'..='9' => number,
        '"' => text,
        '`' => label,
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => other_quotes,
        '-' => |input: &mut Chars<'s>| minus(input, before),
        _ => alt((comment, sign, unknown)),
    }
    .parse_next(input)
}

/// Whether it is one of the letters that no name may hold; roughly, and without a table of them.
fn is_letter(c: char) -> bool {
    c >= '\u{c0}' && !matches!(c, '×' | '÷' | '\u{2000}'..='\u{2bff}')
}

fn is_name_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `[A-Za-z0-9_]+(-[A-Za-z0-9_]+)*'*`: a name; the first character is looked at by the caller.
fn name<'s>(input: &mut Chars<'s>) -> Res<&'s str> {
    let part = || take_while(1.., is_name_char);
    (part(), repeat::<_, _, (), _, _>(0.., ('-', part())), take_while(0.., '\''))
        .take()
        .parse_next(input)
}

fn word<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let piece = Piece::good(Kind::Word, name.parse_next(input)?);
    Ok(match piece.text {
        "true" => piece.meant(&["yes"]).wrong("there is no `true`", "write `yes`"),
        "false" => piece.meant(&["no"]).wrong("there is no `false`", "write `no`"),
        _ => piece,
    })
}

fn number<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let text = name.parse_next(input)?;
    Ok(match text.bytes().find(|b| !b.is_ascii_digit()) {
        None => number_piece(text),
        Some(b'-') => Piece::good(Kind::Number, text).meant(&["0"]).wrong(MINUS.0, MINUS.1),
        Some(_) => Piece::good(Kind::Word, text)
            .wrong("a name cannot start with a digit", "start it with a letter or `_`"),
    })
}

fn number_piece(text: &str) -> Piece<'_> {
    let piece = Piece::good(Kind::Number, text);
    match text.parse::<i32>() {
        Ok(_) => piece,
        Err(_) => piece.meant(&["0"]).wrong(
            "this number is too large",
            "numbers go from -2147483648 to 2147483647, and a cell wants a small range",
        ),
    }
}

const MINUS: (&str, &str) = (
    "a minus needs a blank on both sides",
    "names may contain `-`, so write `a - 1`; a range is written `0..3`",
);

/// A minus is the sign of a number, half of `-=`, or an operator with a blank on both sides.
fn minus<'s>(input: &mut Chars<'s>, before: Option<Token<'s>>) -> Res<Piece<'s>> {
    let after_operand = before.is_some_and(|token| match token.kind {
        Kind::Word => !BEFORE_NEGATIVE.contains(&token.text),
        Kind::Sign => matches!(token.text, ")" | "]"),
        _ => true,
    });
    let digits = take_while(1.., '0'..='9');
    if !after_operand && let Some(text) = opt(('-', digits).take()).parse_next(input)? {
        return Ok(number_piece(text));
    }
    let piece = sign.parse_next(input)?;
    let spaced = input.is_empty() || input.starts_with([' ', '\t']);
    Ok(if piece.text == "-" && !spaced { piece.wrong(MINUS.0, MINUS.1) } else { piece })
}

/// What stands between `"` and `"`; a backslash takes the next character along.
fn text<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let plain = take_till(1.., ('"', '\\')).void();
    let escaped = ('\\', opt(any)).void();
    let inner = repeat::<_, _, (), _, _>(0.., alt((plain, escaped))).take();
    let (words, end) = preceded('"', (inner, opt('"'))).parse_next(input)?;
    let piece = Piece::good(Kind::Text, words);
    Ok(if end.is_none() {
        piece.wrong(
            "the closing quote of this text is missing",
            "a text ends on its line, with `\"`; to go on, write another text in quotes on the next line",
        )
    } else if bad_escape(words) {
        piece.wrong(
            "a backslash in a text may only stand before `\"`, `\\`, `{`, `}` or a backtick",
            "for a backslash itself write `\\\\`",
        )
    } else {
        piece
    })
}

fn bad_escape(words: &str) -> bool {
    let mut chars = words.chars();
    while let Some(c) = chars.next() {
        if c == '\\' && !matches!(chars.next(), Some('"' | '\\' | '{' | '}' | '`')) {
            return true;
        }
    }
    false
}

fn label<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let (words, end) = preceded('`', (take_till(0.., '`'), opt('`'))).parse_next(input)?;
    let piece = Piece::good(Kind::Label, words);
    Ok(match end {
        Some(_) => piece,
        None => piece.wrong(
            "the closing backtick of this label is missing",
            "a label ends on its line, with a backtick",
        ),
    })
}

/// A text in quotes of another kind.
fn other_quotes<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let close = ['“', '”', '»', '«', '’', '‘', '\'', '"'];
    let (_, words, _) = (any, take_till(0.., close), opt(one_of(close))).parse_next(input)?;
    Ok(Piece::good(Kind::Text, words).wrong(
        "a text stands in plain double quotes",
        "write `\"` before and after it; an editor or a mail program may have changed them",
    ))
}

fn source<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let word = take_till(1.., (' ', '\t'));
    let words = repeat::<_, _, (), _, _>(0.., (blanks, not('#'), word)).take();
    let words = preceded('@', words).parse_next(input)?;
    Ok(Piece::good(Kind::Source, words))
}

fn comment<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    (alt(("//", "/*")), rest).void().parse_next(input)?;
    Ok(Piece::good(Kind::Sign, "")
        .meant(&[])
        .wrong("this is no comment here", "a comment starts with `#`"))
}

fn sign<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    for (seen, meant, help) in FOREIGN {
        if opt(seen).parse_next(input)?.is_some() {
            return Ok(Piece::good(Kind::Sign, seen).meant(meant).wrong(there_is_no(seen), help));
        }
    }
    for seen in SIGNS {
        if opt(seen).parse_next(input)?.is_some() {
            return Ok(Piece::good(Kind::Sign, seen));
        }
    }
    Err(EmptyError)
}

fn there_is_no(seen: &str) -> String {
    match seen {
        "\u{a0}" => "this is a no-break space".to_owned(),
        _ => ["there is no `", seen, "`"].concat(),
    }
}

fn unknown<'s>(input: &mut Chars<'s>) -> Res<Piece<'s>> {
    let word = take_while(1.., |c: char| is_name_char(c) || is_letter(c));
    if let Some(word) = opt(word).parse_next(input)? {
        return Ok(Piece::good(Kind::Word, word).wrong(
            ["`", word, "` cannot stand in a name"].concat(),
            "names are made of the letters a to z and A to Z, digits, `_` and `-`; any letter may stand in texts",
        ));
    }
    let c = any.parse_next(input)?;
    let piece = Piece::good(Kind::Sign, "").meant(&[]);
    Ok(match c {
        _ if hidden(c.encode_utf8(&mut [0; 4])).is_some() => piece, // said for the whole line
        _ => piece.wrong(
            there_is_no(c.encode_utf8(&mut [0; 4])),
            "leave it out, or put it into a text in double quotes",
        ),
    })
}
