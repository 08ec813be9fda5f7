//! The schema table: every type, in the format that `ce-synth` reads (`ce-synth/src/schema/decode.rs`).

mod fragment;
mod writer;

use super::model::{
    Assertion, Bounds, Constraint, Kind, Model, Object, Property, Reference, Replaces, ResourceType, Shape, TagForm,
    Tagging,
};
use writer::{Blob, Strings};

/// The table and what went into it.
pub(crate) struct Table {
    pub(crate) bytes: Vec<u8>,
    pub(crate) patterns: usize,
    /// Patterns `regex-lite` cannot read.
    pub(crate) patterns_left_out: usize,
    pub(crate) assertions: usize,
    /// Assertions that compare two resources, or that hold such a pattern.
    pub(crate) assertions_left_out: usize,
}

struct Encoder<'a> {
    strings: Strings,
    regions: &'a [String],
    patterns: usize,
    patterns_left_out: usize,
    assertions: usize,
    assertions_left_out: usize,
}

/// Encodes every type.
pub(crate) fn encode(model: &Model) -> Table {
    let mut strings = Strings::default();
    strings.number(&model.regions.join(","));
    let mut encoder = Encoder {
        strings,
        regions: &model.regions,
        patterns: 0,
        patterns_left_out: 0,
        assertions: 0,
        assertions_left_out: 0,
    };
    let (mut types, mut blobs) = (vec![], vec![]);
    for (name, resource) in &model.types {
        let blob = encoder.resource(resource);
        blobs.extend(blob.bytes);
        types.push((encoder.strings.number(name), blobs.len()));
    }
    Table {
        bytes: writer::assemble(&encoder.strings, &types, &blobs),
        patterns: encoder.patterns,
        patterns_left_out: encoder.patterns_left_out,
        assertions: encoder.assertions,
        assertions_left_out: encoder.assertions_left_out,
    }
}

impl Encoder<'_> {
    fn resource(&mut self, resource: &ResourceType) -> Blob {
        let mut blob = Blob::default();
        blob.number(facts(resource));
        if let Some(transform) = &resource.transform {
            blob.string(&mut self.strings, transform);
        }
        if let Some(tagging) = &resource.tagging {
            self.tagging(&mut blob, tagging);
        }
        blob.texts(&mut self.strings, resource.reference.iter());
        blob.texts(&mut self.strings, resource.primary_identifier.iter());
        blob.list(resource.objects.iter(), |blob, object| self.object(blob, object));
        blob.list(resource.attributes.iter(), |blob, (name, attribute)| {
            blob.string(&mut self.strings, name);
            self.value(blob, &attribute.shape);
        });
        for paths in
            [&resource.create_only, &resource.conditional_create_only, &resource.write_only, &resource.read_only]
        {
            blob.texts(&mut self.strings, paths.iter());
        }
        self.assertions(&mut blob, &resource.assertions);
        let missing = self.regions.iter().enumerate().filter(|(_, region)| resource.missing_regions.contains(*region));
        blob.number(missing.fold(0, |mask, (at, _)| mask | 1 << at));
        blob
    }

    fn tagging(&mut self, blob: &mut Blob, tagging: &Tagging) {
        let form = match tagging.form {
            TagForm::List => 0,
            TagForm::AutoScaling => 1,
            TagForm::Map => 2,
        };
        blob.number(form | u64::from(tagging.on_create) << 2 | u64::from(tagging.updatable) << 3);
        blob.string(&mut self.strings, &tagging.property);
    }

    fn object(&mut self, blob: &mut Blob, object: &Object) {
        blob.string(&mut self.strings, &object.name);
        blob.number(u64::from(object.is_open));
        blob.list(object.properties.iter(), |blob, (name, property)| {
            self.property(blob, name, property);
        });
        blob.list(object.constraints.iter(), |blob, constraint| self.constraint(blob, constraint));
    }

    fn property(&mut self, blob: &mut Blob, name: &str, property: &Property) {
        let replaces = match property.replaces {
            Replaces::No => 0,
            Replaces::Maybe => 1,
            Replaces::Yes => 2,
        };
        blob.string(&mut self.strings, name);
        blob.number(
            u64::from(property.required)
                | replaces << 1
                | u64::from(property.write_only) << 3
                | u64::from(property.read_only) << 4
                | u64::from(property.deprecated) << 5
                | u64::from(property.default.is_some()) << 6,
        );
        if let Some(default) = &property.default {
            blob.string(&mut self.strings, default);
        }
        self.value(blob, &property.shape);
    }

    fn value(&mut self, blob: &mut Blob, shape: &Shape) {
        let bounds = self.readable(&shape.bounds);
        blob.number(kind(&shape.kind) | flags(shape, &bounds));
        match &shape.kind {
            Kind::Object(index) => blob.number(*index as u64),
            Kind::List(element) | Kind::Map(element) => self.value(blob, element),
            Kind::Union(members) => {
                blob.list(members.iter(), |blob, member| self.value(blob, member));
            }
            _ => {}
        }
        if !shape.allowed.is_empty() {
            blob.texts(&mut self.strings, shape.allowed.iter());
        }
        if !shape.references.is_empty() {
            blob.list(shape.references.iter(), |blob, reference: &Reference| {
                blob.string(&mut self.strings, &reference.target);
                blob.string(&mut self.strings, &reference.attribute);
            });
        }
        self.bounds(blob, &bounds);
    }

    /// The bounds without a pattern that `regex-lite` cannot read.
    fn readable(&mut self, bounds: &Bounds) -> Bounds {
        let mut bounds = bounds.clone();
        if let Some(pattern) = bounds.pattern.take() {
            // Python's spellings: the end of the text, and a hyphen after a class that can start no range.
            let pattern = pattern.replace("\\Z", "\\z").replace("\\w-", "\\w\\-").replace("\\s-", "\\s\\-");
            if regex_lite::Regex::new(&pattern).is_ok() {
                self.patterns += 1;
                bounds.pattern = Some(pattern);
            } else {
                self.patterns_left_out += 1;
            }
        }
        bounds
    }

    fn bounds(&mut self, blob: &mut Blob, bounds: &Bounds) {
        if let Some(pattern) = &bounds.pattern {
            blob.string(&mut self.strings, pattern);
        }
        for number in [bounds.minimum, bounds.maximum].into_iter().flatten() {
            blob.float(number);
        }
        let counts = [bounds.minimum_length, bounds.maximum_length, bounds.minimum_items, bounds.maximum_items];
        for count in counts.into_iter().flatten() {
            blob.number(count);
        }
        if let Some(format) = &bounds.format {
            blob.string(&mut self.strings, format);
        }
    }

    fn constraint(&mut self, blob: &mut Blob, constraint: &Constraint) {
        let (code, pair, sets) = match constraint {
            Constraint::Requires(name, others) => (0, Some((name, others)), None),
            Constraint::Excludes(name, others) => (1, Some((name, others)), None),
            Constraint::ExactlyOne(sets) => (2, None, Some(sets)),
            Constraint::AtLeastOne(sets) => (3, None, Some(sets)),
        };
        blob.number(code);
        if let Some((name, others)) = pair {
            blob.string(&mut self.strings, name);
            blob.texts(&mut self.strings, others.iter());
        }
        if let Some(sets) = sets {
            blob.list(sets.iter(), |blob, set| blob.texts(&mut self.strings, set.iter()));
        }
    }

    fn assertions(&mut self, blob: &mut Blob, assertions: &[Assertion]) {
        let kept: Vec<(&Assertion, String)> =
            assertions.iter().filter_map(|assertion| Some((assertion, fragment::text(&assertion.schema)?))).collect();
        self.assertions += kept.len();
        self.assertions_left_out += assertions.len() - kept.len();
        blob.list(kept.iter(), |blob, (assertion, text)| {
            blob.string(&mut self.strings, &assertion.rule);
            blob.string(&mut self.strings, &assertion.path);
            blob.string(&mut self.strings, text);
        });
    }
}

/// What is true of a type as a whole, a bit or two each.
fn facts(resource: &ResourceType) -> u64 {
    let reference = match (resource.reference.len(), resource.reference_is_arn) {
        (0, _) => 0,
        (_, true) => 2,
        (1, false) => 1,
        _ => 3,
    };
    u64::from(resource.stateful)
        | reference << 1
        | u64::from(resource.transform.is_some()) << 3
        | u64::from(resource.tagging.is_some()) << 4
        | u64::from(resource.is_listed) << 5
}

fn kind(kind: &Kind) -> u64 {
    match kind {
        Kind::Json => 0,
        Kind::Text => 1,
        Kind::Timestamp => 2,
        Kind::Integer => 3,
        Kind::Number => 4,
        Kind::Boolean => 5,
        Kind::Tag => 6,
        Kind::Object(_) => 7,
        Kind::List(_) => 8,
        Kind::Map(_) => 9,
        Kind::Union(_) => 10,
    }
}

fn flags(shape: &Shape, bounds: &Bounds) -> u64 {
    let flags = [
        !shape.allowed.is_empty(),
        shape.allowed_ignores_case,
        !shape.references.is_empty(),
        bounds.unique_items,
        bounds.pattern.is_some(),
        bounds.minimum.is_some(),
        bounds.maximum.is_some(),
        bounds.minimum_length.is_some(),
        bounds.maximum_length.is_some(),
        bounds.minimum_items.is_some(),
        bounds.maximum_items.is_some(),
        bounds.format.is_some(),
    ];
    flags.iter().enumerate().fold(0, |mask, (at, flag)| mask | u64::from(*flag) << (at + 4))
}
