//! The file of one resource type: the resource, its handle, its nested types and enumerations.

use std::fmt::Write as _;

use super::documentation;
use super::ids::Ids;
use super::rust_type::Scope;
use crate::cfn::identities::STAND_INS;
use crate::cfn::model::{IdentityKind, Object, Property, ResourceType};
use crate::cfn::names;

pub(crate) fn text(header: &str, resource: &ResourceType, names: &mut names::Lock, ids: &mut Ids) -> String {
    // Definitions take their names first: enumerations give way to them.
    for object in &resource.objects[1..] {
        names.nested(&resource.name, &object.name);
    }
    let mut scope = Scope { resource, names, ids, enumerations: vec![] };
    let sentence =
        documentation::sentence_or(&resource.documentation, &format!("The `{}` resource type.", resource.name));
    let mut out = format!("{header}//! `{}`: {sentence}\n\nuse crate::prelude::*;\n\n", resource.name);
    struct_of_resource(&mut out, &mut scope, &sentence);
    handle(&mut out, &mut scope);
    for object in &resource.objects[1..] {
        nested(&mut out, &mut scope, object);
    }
    enumerations(&mut out, &mut scope);
    out
}

fn struct_of_resource(out: &mut String, scope: &mut Scope<'_>, sentence: &str) {
    let resource = scope.resource;
    let name = scope.names.resource(&resource.name);
    let page = documentation::page(resource);
    let _ = write!(out, "/// `{}`: {sentence}\n///\n/// [AWS documentation]({page})\n", resource.name);
    let _ = writeln!(out, "pub struct {name}(PropMap);");
    let id = scope.marker(&resource.name, IdentityKind::Any);
    let arn = if resource.reference_is_arn {
        format!(", {}", scope.marker(&resource.name, IdentityKind::Arn))
    } else {
        String::new()
    };
    let _ = writeln!(out, "cfn_resource!({name}, {name}Ref, \"{}\", {id}{arn});", resource.name);
    for (_, other) in STAND_INS.iter().filter(|(stand_in, _)| *stand_in == resource.name) {
        let kinds = [Some(IdentityKind::Any), resource.reference_is_arn.then_some(IdentityKind::Arn)];
        for kind in kinds.into_iter().flatten() {
            let _ = writeln!(out, "cfn_stand_in!({name}Ref, {});", scope.marker(other, kind));
        }
    }
    let methods = methods_of(scope, resource.root());
    let _ = writeln!(out, "impl {name} {{");
    for ((aws, property), method) in resource.root().properties.iter().zip(&methods) {
        setter(out, scope, resource.root(), aws, property, method);
    }
    out.push_str("}\n");
    keys(out, scope, &name, &methods);
}

fn methods_of(scope: &mut Scope<'_>, object: &Object) -> Vec<String> {
    let key = format!("{}#{}", scope.resource.name, object.name);
    scope.names.members(&key, object.properties.keys().map(String::as_str), false)
}

fn setter(out: &mut String, scope: &mut Scope<'_>, object: &Object, aws: &str, property: &Property, method: &str) {
    let kind = scope.property(&object.name, aws, &property.shape);
    let _ = writeln!(out, "    /// {}", documentation::property(property, aws));
    let _ = writeln!(
        out,
        "    #[inline] pub fn {method}(self, v: impl IntoVal<{kind}>) -> Self {{ Self(self.0.with(\"{aws}\", v)) }}"
    );
}

/// Typed keys of the top-level properties, to read them back.
fn keys(out: &mut String, scope: &mut Scope<'_>, name: &str, methods: &[String]) {
    let root = scope.resource.root();
    if root.properties.is_empty() {
        return;
    }
    let _ = writeln!(out, "impl {name} {{");
    for ((aws, property), method) in root.properties.iter().zip(methods) {
        let kind = scope.property(&root.name, aws, &property.shape);
        let key = method.trim_end_matches('_').to_ascii_uppercase();
        let _ = writeln!(
            out,
            "    /// The key of `{aws}`.\n    pub const {key}: TypedKey<Self, {kind}> = TypedKey::new(\"{aws}\");"
        );
    }
    out.push_str("}\n");
}

fn handle(out: &mut String, scope: &mut Scope<'_>) {
    let resource = scope.resource;
    if resource.attributes.is_empty() {
        return;
    }
    let name = scope.names.resource(&resource.name);
    let key = format!("{}@", resource.name);
    let methods = scope.names.members(&key, resource.attributes.keys().map(String::as_str), true);
    let _ = writeln!(out, "impl {name}Ref<'_> {{");
    for ((aws, attribute), method) in resource.attributes.iter().zip(methods) {
        let kind = scope.attribute(&attribute.shape);
        let _ = writeln!(out, "    /// {}", documentation::sentence_or(&attribute.documentation, &format!("`{aws}`.")));
        let _ = writeln!(out, "    #[inline] pub fn {method}(self) -> Val<{kind}> {{ self.att(\"{aws}\") }}");
    }
    out.push_str("}\n");
}

fn nested(out: &mut String, scope: &mut Scope<'_>, object: &Object) {
    let name = scope.names.nested(&scope.resource.name, &object.name);
    let sentence =
        documentation::sentence_or(&object.documentation, &format!("`{}` of `{}`.", object.name, scope.resource.name));
    let _ = write!(out, "\n/// {sentence}\npub struct {name}(PropMap);\ncfn_property!({name});\n");
    if object.properties.is_empty() {
        return;
    }
    let methods = methods_of(scope, object);
    let _ = writeln!(out, "impl {name} {{");
    for ((aws, property), method) in object.properties.iter().zip(&methods) {
        setter(out, scope, object, aws, property, method);
    }
    out.push_str("}\n");
}

fn enumerations(out: &mut String, scope: &mut Scope<'_>) {
    for enumeration in std::mem::take(&mut scope.enumerations) {
        let key = format!("{}#{}", scope.resource.name, enumeration.name);
        let constants = scope.names.constants(&key, &enumeration.values);
        let listed: Vec<String> = constants
            .iter()
            .zip(&enumeration.values)
            .map(|(constant, value)| format!("{constant} = {value:?}"))
            .collect();
        let _ = write!(
            out,
            "\n/// A value of `{}`.\npub enum {} {{}}\ncfn_enum!({} {{ {} }});\n",
            enumeration.property,
            enumeration.name,
            enumeration.name,
            listed.join(", ")
        );
    }
}
