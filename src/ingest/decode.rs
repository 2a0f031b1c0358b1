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
}
