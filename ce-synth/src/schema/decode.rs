//! The format of the table.
//!
//! ```text
//! "CES2"  four u32, little-endian: strings, bytes of text, types, bytes of blobs
//! ends of strings (u32 each)   text   types: name (string), end of blob (u32 each)   blobs
//! ```
//! Strings are kept once and named by number. Blobs are variable-length integers, low seven bits first; `f64`s are
//! eight bytes. The first string is the list of regions, separated by commas.

use std::sync::OnceLock;

use super::{
    Assertion, AttributeSchema, Bounds, Constraint, Kind, ObjectSchema, PropertySchema, RefKind, RefSchema, Reference,
    Replacement, TagForm, TaggingSchema, TypeSchema, ValueSchema,
};

const MAGIC: &[u8] = b"CES2";
const HEADER: usize = 20;

/// Where everything is.
#[derive(Default)]
pub(super) struct Index {
    string_ends: &'static [u8],
    text: &'static [u8],
    types: &'static [u8],
    blobs: &'static [u8],
    pub(super) regions: Vec<&'static str>,
}

impl Index {
    pub(super) fn open(bytes: &'static [u8]) -> Option<Self> {
        if bytes.get(..4)? != MAGIC {
            return None;
        }
        let [strings, text, types, blobs] = [4, 8, 12, 16].map(|at| word(bytes, at).unwrap_or(0));
        let mut rest = bytes.get(HEADER..)?;
        let mut take = |length: usize| {
            let (head, tail) = rest.split_at_checked(length)?;
            rest = tail;
            Some(head)
        };
        let (string_ends, text) = (take(strings * 4)?, take(text)?);
        let (types, blobs) = (take(types * 8)?, take(blobs)?);
        let mut index = Self { string_ends, text, types, blobs, regions: vec![] };
        index.regions = index.string(0)?.split(',').collect();
        Some(index)
    }

    pub(super) fn len(&self) -> usize {
        self.types.len() / 8
    }

    pub(super) fn name(&self, at: usize) -> &'static str {
        word(self.types, at * 8).and_then(|string| self.string(string)).unwrap_or_default()
    }

    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.name(middle).cmp(name) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn string(&self, number: usize) -> Option<&'static str> {
        let bytes = self.text.get(start(self.string_ends, number, 4, 0)?..word(self.string_ends, number * 4)?)?;
        std::str::from_utf8(bytes).ok()
    }

    fn blob(&self, at: usize) -> Option<&'static [u8]> {
        self.blobs.get(start(self.types, at, 8, 4)?..word(self.types, at * 8 + 4)?)
    }
}

/// Where an entry starts: where the one before it ends.
fn start(ends: &[u8], number: usize, stride: usize, offset: usize) -> Option<usize> {
    if number == 0 { Some(0) } else { word(ends, (number - 1) * stride + offset) }
}

fn word(bytes: &[u8], at: usize) -> Option<usize> {
    let four: [u8; 4] = bytes.get(at..at + 4)?.try_into().ok()?;
    usize::try_from(u32::from_le_bytes(four)).ok()
}

/// The type at a place; none when its blob is damaged.
pub(super) fn type_schema(index: &Index, at: usize) -> Option<TypeSchema> {
    let mut reader = Reader { index, rest: index.blob(at)? };
    let flags = reader.number()?;
    let kind = match flags >> 1 & 3 {
        0 => RefKind::Unknown,
        1 => RefKind::Identifier,
        2 => RefKind::Arn,
        _ => RefKind::Composite,
    };
    Some(TypeSchema {
        name: index.name(at),
        stateful: flags & 1 != 0,
        transform: reader.optional(flags & 8 != 0, Reader::string)?,
        tagging: reader.optional(flags & 16 != 0, Reader::tagging)?,
        reference: RefSchema { kind, identifier: reader.list(Reader::string)? },
        primary_identifier: reader.list(Reader::string)?,
        objects: reader.list(Reader::object).filter(|objects| !objects.is_empty())?,
        attributes: reader.list(Reader::attribute)?,
        create_only: reader.list(Reader::string)?,
        conditional_create_only: reader.list(Reader::string)?,
        write_only: reader.list(Reader::string)?,
        read_only: reader.list(Reader::string)?,
        assertions: reader.list(Reader::assertion)?,
        missing_regions: reader.missing_regions()?,
        listed_regions: if flags & 32 == 0 { vec![] } else { index.regions.clone() },
    })
}

struct Reader<'a> {
    index: &'a Index,
    rest: &'static [u8],
}

impl Reader<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for (at, byte) in self.rest.iter().enumerate().take(10) {
            value |= u64::from(byte & 0x7f) << (7 * at);
            if byte & 0x80 == 0 {
                self.rest = &self.rest[at + 1..];
                return Some(value);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        self.number().and_then(|number| usize::try_from(number).ok())
    }

    fn float(&mut self) -> Option<f64> {
        let (eight, rest) = self.rest.split_first_chunk()?;
        self.rest = rest;
        Some(f64::from_le_bytes(*eight))
    }

    fn string(&mut self) -> Option<&'static str> {
        let number = self.count()?;
        self.index.string(number)
    }

    fn list<T>(&mut self, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let count = self.count()?;
        // A damaged count must not reserve the memory it names.
        let mut items = Vec::with_capacity(count.min(self.rest.len()));
        for _ in 0..count {
            items.push(read(self)?);
        }
        Some(items)
    }

    #[expect(clippy::option_option, reason = "none of the outer is damage, of the inner absence")]
    fn optional<T>(&mut self, present: bool, read: impl Fn(&mut Self) -> Option<T>) -> Option<Option<T>> {
        if present { read(self).map(Some) } else { Some(None) }
    }

    fn tagging(&mut self) -> Option<TaggingSchema> {
        let flags = self.number()?;
        let form = match flags & 3 {
            0 => TagForm::List,
            1 => TagForm::AutoScaling,
            _ => TagForm::Map,
        };
        Some(TaggingSchema { property: self.string()?, form, on_create: flags & 4 != 0, updatable: flags & 8 != 0 })
    }

    fn object(&mut self) -> Option<ObjectSchema> {
        Some(ObjectSchema {
            name: self.string()?,
            open: self.number()? != 0,
            properties: self.list(Self::property)?,
            constraints: self.list(Self::constraint)?,
        })
    }

    fn property(&mut self) -> Option<PropertySchema> {
        let name = self.string()?;
        let flags = self.number()?;
        Some(PropertySchema {
            name,
            required: flags & 1 != 0,
            replacement: match flags >> 1 & 3 {
                0 => Replacement::Never,
                1 => Replacement::Conditional,
                _ => Replacement::Always,
            },
            write_only: flags & 8 != 0,
            read_only: flags & 16 != 0,
            deprecated: flags & 32 != 0,
            default: self.optional(flags & 64 != 0, Self::string)?,
            value: self.value()?,
        })
    }

    fn attribute(&mut self) -> Option<AttributeSchema> {
        Some(AttributeSchema { name: self.string()?, value: self.value()? })
    }

    fn value(&mut self) -> Option<ValueSchema> {
        let flags = self.number()?;
        let kind = match flags & 15 {
            1 => Kind::String,
            2 => Kind::Timestamp,
            3 => Kind::Integer,
            4 => Kind::Number,
            5 => Kind::Boolean,
            6 => Kind::Tag,
            7 => Kind::Object(self.count()?),
            8 => Kind::List(Box::new(self.value()?)),
            9 => Kind::Map(Box::new(self.value()?)),
            10 => Kind::OneOf(self.list(Self::value)?),
            _ => Kind::Json,
        };
        let has = |bit: u32| flags >> bit & 1 != 0;
        Some(ValueSchema {
            kind,
            enumeration: if has(4) { self.list(Self::string)? } else { vec![] },
            enumeration_ignores_case: has(5),
            references: if has(6) { self.list(Self::reference)? } else { vec![] },
            bounds: Bounds {
                unique_items: has(7),
                pattern: self.optional(has(8), Self::string)?,
                minimum: self.optional(has(9), Self::float)?,
                maximum: self.optional(has(10), Self::float)?,
                minimum_length: self.optional(has(11), Self::number)?,
                maximum_length: self.optional(has(12), Self::number)?,
                minimum_items: self.optional(has(13), Self::number)?,
                maximum_items: self.optional(has(14), Self::number)?,
                format: self.optional(has(15), Self::string)?,
            },
        })
    }

    fn reference(&mut self) -> Option<Reference> {
        Some(Reference { type_name: self.string()?, attribute: self.string()? })
    }

    fn constraint(&mut self) -> Option<Constraint> {
        match self.number()? {
            0 => Some(Constraint::Requires(self.string()?, self.list(Self::string)?)),
            1 => Some(Constraint::Excludes(self.string()?, self.list(Self::string)?)),
            2 => Some(Constraint::ExactlyOne(self.list(|reader| reader.list(Self::string))?)),
            _ => Some(Constraint::AtLeastOne(self.list(|reader| reader.list(Self::string))?)),
        }
    }

    fn assertion(&mut self) -> Option<Assertion> {
        Some(Assertion { rule: self.string()?, path: self.string()?, text: self.string()?, decoded: OnceLock::new() })
    }

    fn missing_regions(&mut self) -> Option<Vec<&'static str>> {
        let mask = self.number()?;
        let regions = self.index.regions.iter().enumerate();
        Some(regions.filter(|(at, _)| mask >> at & 1 != 0).map(|(_, region)| *region).collect())
    }
}
