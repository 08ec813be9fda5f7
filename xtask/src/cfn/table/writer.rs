//! Bytes of the table: numbers of variable length, strings by number.

use std::collections::BTreeMap;

/// Every string of the table, once, numbered in the order of first use.
#[derive(Default)]
pub(super) struct Strings {
    numbers: BTreeMap<String, u64>,
    ends: Vec<usize>,
    text: String,
}

impl Strings {
    pub(super) fn number(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.ends.len() as u64;
        self.text.push_str(text);
        self.ends.push(self.text.len());
        self.numbers.insert(text.to_owned(), number);
        number
    }
}

/// What is written about one type.
#[derive(Default)]
pub(super) struct Blob {
    pub(super) bytes: Vec<u8>,
}

impl Blob {
    pub(super) fn number(&mut self, mut value: u64) {
        loop {
            let [low, ..] = value.to_le_bytes();
            value >>= 7;
            if value == 0 {
                self.bytes.push(low & 0x7f);
                return;
            }
            self.bytes.push(low | 0x80);
        }
    }

    pub(super) fn float(&mut self, value: f64) {
        self.bytes.extend(value.to_le_bytes());
    }

    pub(super) fn string(&mut self, strings: &mut Strings, text: &str) {
        let number = strings.number(text);
        self.number(number);
    }

    pub(super) fn texts<'t>(&mut self, strings: &mut Strings, texts: impl ExactSizeIterator<Item = &'t String>) {
        self.list(texts, |blob, text| blob.string(strings, text));
    }

    pub(super) fn list<T>(&mut self, items: impl ExactSizeIterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.number(items.len() as u64);
        for item in items {
            write(self, item);
        }
    }
}

/// The whole table: header, strings, index of types, blobs.
pub(super) fn assemble(strings: &Strings, types: &[(u64, usize)], blobs: &[u8]) -> Vec<u8> {
    let word = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes();
    let mut bytes = b"CES2".to_vec();
    for length in [strings.ends.len(), strings.text.len(), types.len(), blobs.len()] {
        bytes.extend(word(length));
    }
    for end in &strings.ends {
        bytes.extend(word(*end));
    }
    bytes.extend(strings.text.as_bytes());
    for (name, end) in types {
        bytes.extend(word(usize::try_from(*name).unwrap_or(usize::MAX)));
        bytes.extend(word(*end));
    }
    bytes.extend(blobs);
    bytes
}
