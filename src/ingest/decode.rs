//! Bytes → text, whatever the encoding.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::IngestError;

/// Bytes that are looked at to tell an encoding or a binary file.
const SAMPLE: usize = 64 * 1024;

/// The text of `bytes`: a byte order mark decides, then UTF-16 by its zero bytes, then UTF-8 if valid, then a guess
/// among the legacy encodings.
pub(super) fn decode(source: &str, bytes: &[u8]) -> Result<String, IngestError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned());
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0.into_owned());
    }
    if let Some(at) = memchr::memchr(0, bytes) {
        return Err(IngestError::Binary { source_name: source.to_owned(), reason: "a zero byte", at });
    }
    let controls = |bytes: &[u8]| bytes.iter().filter(|b| matches!(b, 1..=8 | 14..=26 | 28..=31)).count();
    let head = &bytes[..bytes.len().min(SAMPLE)];
    if controls(head) * 20 > head.len() {
        let at = head.iter().position(|b| matches!(b, 1..=8 | 14..=26 | 28..=31)).unwrap_or(0);
        return Err(IngestError::Binary {
            source_name: source.to_owned(),
            reason: "many control characters, the first",
            at,
        });
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(text.to_owned());
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let encoding = if encoding == UTF_8 { encoding_rs::WINDOWS_1252 } else { encoding };
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// The text of a document that names its encoding: a feed or a page. The label inside of it (XML declaration or `meta`)
/// or else `charset`, which the server named, is believed unless the bytes say otherwise: what is valid UTF-8 is UTF-8,
/// and what a label cannot decode is guessed. `None` if it is no text.
pub(super) fn labelled(bytes: &[u8], charset: Option<&str>) -> Option<String> {
    if Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some() {
        return decode("", bytes).ok();
    }
    let label = label_within(bytes).or(charset).and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let label = label.filter(|label| *label != UTF_16LE && *label != UTF_16BE);
    let valid = std::str::from_utf8(bytes).is_ok();
    match label {
        // Of all encodings these alone write other scripts in ASCII.
        Some(label) if !valid || label == encoding_rs::ISO_2022_JP => {
            if memchr::memchr(0, bytes).is_some() {
                return None;
            }
            let (text, wrong) = label.decode_without_bom_handling(bytes);
            // One wrong byte in a long text is a wrong byte, and not another encoding.
            let mostly = label == UTF_8 && {
                let n_wrong = text.matches(char::REPLACEMENT_CHARACTER).count();
                n_wrong * 20 < text.chars().filter(|c| !c.is_ascii()).count()
            };
            if wrong && !mostly { decode("", bytes).ok() } else { Some(text.into_owned()) }
        }
        _ => decode("", bytes).ok(),
    }
}

/// The encoding that the head of a document names: `encoding="…"` or `charset=…`.
fn label_within(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(1024)];
    let declaration = if head.trim_ascii_start().starts_with(b"<?xml") {
        let end = memchr::memmem::find(head, b"?>")?;
        after(&head[..end], b"encoding")
    } else {
        after(head, b"charset")
    }?;
    let value = declaration.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
    let end = value.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(value.len());
    std::str::from_utf8(&value[..end]).ok()
}

/// What follows the first `mark`.
fn after<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<&'b [u8]> {
    memchr::memmem::find(bytes, mark).map(|at| &bytes[at + mark.len()..])
}

/// Western text in UTF-16 has a zero in nearly every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(SAMPLE) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, pairs) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > pairs * 7 && even * 20 < pairs {
        Some(UTF_16LE)
    } else if even * 10 > pairs * 7 && odd * 20 < pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_apart() {
        let text = "“Grüße,” sagte die Präsidentin. Die Außenministerin schwieg.";
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf16_be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        let marked_16 = [&[0xff, 0xfe], utf16.as_slice()].concat();
        let legacy = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
        for bytes in [text.as_bytes(), &marked, &utf16, &utf16_be, &marked_16, &legacy] {
            assert_eq!(decode("x", bytes).unwrap(), text);
        }
    }

    #[test]
    fn labels_are_believed_unless_the_bytes_say_otherwise() {
        let russian = "<?xml version='1.0' encoding='windows-1251'?><t>Министр иностранных дел</t>";
        let as_1251 = encoding_rs::WINDOWS_1251.encode(russian).0;
        assert_eq!(labelled(&as_1251, None).as_deref(), Some(russian));
        assert_eq!(labelled(&as_1251, Some("utf-8")).as_deref(), Some(russian));
        assert_eq!(labelled(russian.as_bytes(), None).as_deref(), Some(russian), "the label is wrong");
        let japanese = "<?xml version=\"1.0\" encoding=\"ISO-2022-JP\"?><t>外務大臣</t>";
        assert_eq!(labelled(&encoding_rs::ISO_2022_JP.encode(japanese).0, None).as_deref(), Some(japanese));
        let unnamed = "<t>Министр</t>";
        assert_eq!(labelled(&encoding_rs::KOI8_R.encode(unnamed).0, Some("koi8-r")).as_deref(), Some(unnamed));
        let wrong = "<?xml version='1.0' encoding='utf-8'?><t>Grüße aus Zürich und Köln</t>";
        assert_eq!(labelled(&encoding_rs::WINDOWS_1252.encode(wrong).0, None).as_deref(), Some(wrong));
        assert_eq!(labelled(b"<t>\0\xff</t>", Some("latin1")), None);
    }
}
