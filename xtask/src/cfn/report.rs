//! What a generation holds, in figures.

use std::fmt::Write as _;

use super::emit::Files;
use super::model::{Kind, Model, Shape};
use super::table::Table;

pub(crate) fn lines(model: &Model, table: &Table, files: &Files) -> String {
    let mut out = String::new();
    let objects = || model.types.values().flat_map(|resource| &resource.objects);
    let properties = || objects().flat_map(|object| &object.properties);
    let count =
        |test: &dyn Fn(&Shape) -> bool| properties().filter(|(_, property)| test(property.shape.leaf())).count();
    let typed = count(&|shape| shape.identity.is_some());
    let mut line = |what: &str, number: usize| {
        let _ = writeln!(out, "{number:>8} {what}");
    };
    line("resource types", model.types.len());
    line("nested definitions", objects().count() - model.types.len());
    line("properties", properties().count());
    line("attributes", model.types.values().map(|resource| resource.attributes.len()).sum());
    line("properties with an enumeration", count(&|shape| !shape.allowed.is_empty()));
    line("properties that point at other types", count(&|shape| !shape.references.is_empty()));
    line("of these with one target, so typed", typed);
    line("unions, taken as JSON", count(&|shape| matches!(shape.kind, Kind::Union(_))));
    line("rules between properties", objects().map(|object| object.constraints.len()).sum());
    line("stateful types", model.types.values().filter(|resource| resource.stateful).count());
    line("patterns in the table", table.patterns);
    line("patterns left out, for `regex-lite` cannot read them", table.patterns_left_out);
    line("assertions in the table", table.assertions);
    line("assertions left out, for they compare resources or hold such a pattern", table.assertions_left_out);
    line("bytes of the table", table.bytes.len());
    let (count, bytes) = files.rust_size();
    line("Rust files", count);
    line("bytes of Rust", bytes);
    out
}
