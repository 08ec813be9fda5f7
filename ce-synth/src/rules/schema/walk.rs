//! The walk over a resource's properties beside its schema; every rule looks at every value.

use std::fmt::Write;

use super::patterns::Patterns;
use super::{Problem, is_absent};
use crate::app::Report;
use crate::diagnostics::{Rule, Severity};
use crate::schema::{Kind, ObjectSchema, PropertySchema, TypeSchema, ValueSchema};
use crate::tree::{ResourceNode, Tree};
use crate::value::{Expr, Function, PropMap, Token};

enum Step<'w> {
    Key(&'w str),
    Index(usize),
}

pub(super) struct Walk<'w, 'r, 't> {
    index: u32,
    resource: &'t ResourceNode,
    schema: &'static TypeSchema,
    report: &'r mut Report<'t>,
    patterns: &'r mut Patterns,
    trail: Vec<Step<'w>>,
}

impl<'t: 'w, 'w, 'r> Walk<'w, 'r, 't> {
    pub(super) fn new(
        index: u32,
        resource: &'t ResourceNode,
        schema: &'static TypeSchema,
        report: &'r mut Report<'t>,
        patterns: &'r mut Patterns,
    ) -> Self {
        Self { index, resource, schema, report, patterns, trail: Vec::new() }
    }

    pub(super) fn run(mut self) {
        let region = self.tree().environment(self.tree().id(self.index)).map(|environment| environment.region);
        let problem = region.and_then(|region| super::type_in_region::check(self.schema, region));
        self.found(&super::type_in_region::RULE, problem);
        self.object(&self.resource.properties, self.schema.root());
        super::assertion::check(self.schema, &self.resource.properties, self.patterns)
            .into_iter()
            .for_each(|(severity, problem)| self.record(&super::assertion::RULE, severity, &problem));
        super::unknown_attribute::check(self.tree(), self.resource)
            .into_iter()
            .for_each(|problem| self.record(&super::unknown_attribute::RULE, Severity::Error, &problem));
    }

    fn tree(&self) -> &'t Tree {
        self.report.tree
    }

    fn object(&mut self, properties: &'w PropMap, schema: &'static ObjectSchema) {
        self.found(&super::missing_property::RULE, super::missing_property::check(properties, schema));
        for problem in super::between_properties::check(properties, schema) {
            self.found(&super::between_properties::RULE, Some(problem));
        }
        for (key, value) in properties.iter().filter(|(_, value)| !is_absent(value)) {
            self.trail.push(Step::Key(key));
            match schema.property(key) {
                Some(property) => self.property(value, property),
                None if schema.open => {}
                None if self.is_read_only() => {
                    let problem = super::read_only_property::problem(key);
                    self.found(&super::read_only_property::RULE, Some(problem));
                }
                None => {
                    let problem = super::unknown_property::check(key, schema);
                    self.found(&super::unknown_property::RULE, Some(problem));
                }
            }
            self.trail.pop();
        }
    }

    /// Whether the schema names the place that is looked at as one that AWS sets.
    fn is_read_only(&self) -> bool {
        let step = |step: &Step<'w>| match step {
            Step::Key(key) => (*key).to_owned(),
            Step::Index(_) => "*".to_owned(),
        };
        let here = self.trail.iter().map(step).collect::<Vec<_>>().join(".");
        self.schema.read_only.iter().any(|path| *path == here)
    }

    fn property(&mut self, value: &'w Expr, property: &'static PropertySchema) {
        self.found(&super::read_only_property::RULE, super::read_only_property::check(property));
        self.value(value, &property.value);
    }

    fn value(&mut self, value: &'w Expr, schema: &'static ValueSchema) {
        if let Expr::Token(token) = value {
            return self.token(token, schema);
        }
        if let Kind::OneOf(choices) = &schema.kind {
            return match choices.iter().find(|choice| super::wrong_shape::fits(value, choice)) {
                Some(choice) => self.value(value, choice),
                None => self.found(&super::wrong_shape::RULE, super::wrong_shape::check(value, schema)),
            };
        }
        if let Some(problem) = super::wrong_shape::check(value, schema) {
            return self.found(&super::wrong_shape::RULE, Some(problem));
        }
        self.found(&super::enumeration::RULE, super::enumeration::check(value, schema));
        let problem = super::text_form::check(value, &schema.bounds, self.patterns);
        self.found(&super::text_form::RULE, problem);
        self.found(&super::number_range::RULE, super::number_range::check(value, &schema.bounds));
        self.found(&super::item_count::RULE, super::item_count::check(value, &schema.bounds));
        self.inside(value, schema);
    }

    fn inside(&mut self, value: &'w Expr, schema: &'static ValueSchema) {
        match (value, &schema.kind) {
            (Expr::Object(map), Kind::Object(object)) => self.object(map, self.schema.object(*object)),
            (Expr::Object(map), Kind::Map(element)) => {
                for (key, value) in map.iter().filter(|(_, value)| !is_absent(value)) {
                    self.trail.push(Step::Key(key));
                    self.value(value, element);
                    self.trail.pop();
                }
            }
            (Expr::List(items), Kind::List(element)) => {
                for (index, item) in items.iter().enumerate() {
                    self.trail.push(Step::Index(index));
                    self.value(item, element);
                    self.trail.pop();
                }
            }
            _ => {}
        }
    }

    fn token(&mut self, token: &'w Token, schema: &'static ValueSchema) {
        if let Token::Call(Function::If, Expr::List(arguments)) = token {
            for branch in arguments.iter().skip(1).filter(|branch| !is_absent(branch)) {
                self.value(branch, schema);
            }
            return;
        }
        self.found(&super::wrong_shape::RULE, super::wrong_shape::check_token(self.tree(), token, schema));
        self.found(&super::reference_kind::RULE, super::reference_kind::check(self.tree(), token, schema));
    }

    fn found(&mut self, rule: &'static Rule, problem: Option<Problem>) {
        if let Some(problem) = problem {
            self.record(rule, Severity::Error, &problem);
        }
    }

    fn record(&mut self, rule: &'static Rule, severity: Severity, problem: &Problem) {
        let mut place = String::from("Properties");
        for step in &self.trail {
            match step {
                Step::Key(key) => write!(place, ".{key}").ok(),
                Step::Index(index) => write!(place, ".{index}").ok(),
            };
        }
        let message = format!("{} at `{place}` of `{}`", problem.message, self.resource.type_name);
        let node = self.tree().id(self.index);
        let finding = match severity {
            Severity::Error => self.report.error(node, rule.code, message),
            Severity::Warning => self.report.warning(node, rule.code, message),
        };
        finding.help = Some(problem.help.clone());
        if let Some(changed) = self.resource.changed {
            finding.notes.extend(finding.at.map(|made| format!("made at {made}")));
            finding.at = Some(changed);
        }
    }
}
