//! Who says what is risky.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use ce_synth::schema::Schemas;

use crate::assembly::Stack;
use crate::cloud::{self, Change, ParameterValue};
use crate::difference::{Difference, Disagreement, Elsewhere, Moved};
use crate::risk::{Risk, assess, assess_settings};
use crate::template::{Resolved, Template, TemplateError, Version};

/// A change that is judged.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The stack as the assembly says.
    pub stack: &'a Stack,
    /// The stack that is there; none if there is none.
    pub found: Option<&'a cloud::Stack>,
    /// The template it has; none if it is not there.
    pub deployed: Option<&'a str>,
    /// The templates that its nested stacks have, by dotted logical id.
    pub nested: &'a BTreeMap<String, String>,
    /// The parameters it has; what the service hides is `****`.
    pub before: &'a [ParameterValue],
    /// The parameters it gets.
    pub after: &'a [ParameterValue],
    /// What the change set changes, nested stacks by dotted logical id, the stack itself under the empty text; empty
    /// where there is no change set.
    pub changes: &'a BTreeMap<String, Vec<Change>>,
    /// What other stacks say anew.
    pub elsewhere: &'a Elsewhere,
    /// Whether the stack is deleted, rather than brought to what the assembly says.
    pub deletes: bool,
}

/// What a judge says of a change.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judgement {
    /// What is risky about it.
    pub risks: Vec<Risk>,
    /// Where the change set says something else than was worked out offline.
    pub disagreements: Vec<Disagreement>,
    /// The outputs that will have another value.
    pub moved: BTreeMap<String, Moved>,
}

type Opinion = dyn Fn(&Case<'_>) -> Judgement + Send + Sync;

/// Says what is risky about a change.
#[derive(Clone)]
pub struct Judge {
    opinion: Arc<Opinion>,
    schemas: &'static Schemas,
}

/// For who judges without them.
static NO_SCHEMAS: Schemas = Schemas::new(b"");

impl Judge {
    /// A judge.
    ///
    /// ```
    /// use ce_deploy::engine::Judge;
    /// let nothing_is_risky = Judge::new(|_| Vec::new());
    /// # let _ = nothing_is_risky;
    /// ```
    pub fn new(judge: impl Fn(&Case<'_>) -> Vec<Risk> + Send + Sync + 'static) -> Self {
        let opinion = Arc::new(move |case: &Case<'_>| Judgement { risks: judge(case), ..Judgement::default() });
        Self { opinion, schemas: &NO_SCHEMAS }
    }

    /// Which types it knows: the policies of stacks hold resources of those that hold data. Default: none.
    #[must_use = "a judge does nothing until a deployment is made with it"]
    pub fn knowing(self, schemas: &'static Schemas) -> Self {
        Self { schemas, ..self }
    }

    /// The judge that knows the types of these schemas: what is worked out offline, overruled by the change set.
    ///
    /// ```
    /// let judge = ce_deploy::engine::Judge::of(&ce_cfn::SCHEMAS);
    /// # let _ = judge;
    /// ```
    pub fn of(schemas: &'static Schemas) -> Self {
        let opinion = Arc::new(move |case: &Case<'_>| {
            let difference = case.difference(schemas);
            let mut risks = assess(&case.stack.id, &case.stack.origins, &difference);
            let settings = case.found.filter(|_| !case.deletes).map(|found| assess_settings(case.stack, found));
            risks.extend(settings.into_iter().flatten());
            risks.sort();
            let moved = difference.moved().clone();
            Judgement { risks, disagreements: difference.disagreements, moved }
        });
        Self { opinion, schemas }
    }

    /// What it knows of resource types.
    pub(crate) fn schemas(&self) -> &'static Schemas {
        self.schemas
    }

    /// What is to be said of a change.
    pub fn judge(&self, case: &Case<'_>) -> Judgement {
        (self.opinion)(case)
    }

    /// Whether it knows any types.
    pub(crate) fn knows_types(&self) -> bool {
        !std::ptr::eq(self.schemas, &raw const NO_SCHEMAS)
    }

    /// Whether resources of a type hold data, as far as it knows types.
    pub fn holds_data(&self, type_name: &str) -> bool {
        self.schemas.find(type_name).is_some_and(|schema| schema.stateful)
    }
}

impl Case<'_> {
    /// What changes. A template that cannot be read counts as none, and that is said: what is in the other is all new, and
    /// what goes is not known.
    pub fn difference(&self, schemas: &'static Schemas) -> Difference {
        let (before, unreadable) = match self.deployed.map(|deployed| self.version_before(deployed)).transpose() {
            Ok(before) => (before, None),
            Err(error) => (None, Some(error)),
        };
        let after = Version::of_stack(self.stack).ok().filter(|_| !self.deletes);
        let after = after.map(|version| given(version, self.after, self.before));
        let mut difference = Difference::among(before.as_ref(), after.as_ref(), self.elsewhere, schemas);
        if let Some(error) = unreadable {
            difference = difference.blind(&error);
        }
        for (nested, changes) in self.changes {
            difference.apply(Some(nested.as_str()).filter(|path| !path.is_empty()), changes);
        }
        difference
    }

    /// What is there and what will be, with the same names for what is not known; none if either cannot be read.
    pub(crate) fn versions(&self) -> Option<(Resolved, Resolved)> {
        let before = self.version_before(self.deployed?).ok()?;
        let after = given(Version::of_stack(self.stack).ok()?, self.after, self.before);
        Some(Resolved::pair(&before, &after))
    }

    fn version_before(&self, deployed: &str) -> Result<Version, TemplateError> {
        let mut version = Version::new(Template::parse(deployed)?);
        version.place = Some(self.stack.place.clone());
        version.stack_name = Some(self.stack.name.clone());
        let nested = self.nested.iter().filter_map(|(path, text)| Some((path.clone(), Template::parse(text).ok()?)));
        version.nested = nested.collect();
        Ok(given(version, self.before, &[]))
    }
}

/// A version with the values of its parameters; those that are kept are as they were.
fn given(mut version: Version, values: &[ParameterValue], before: &[ParameterValue]) -> Version {
    for parameter in values {
        let kept = || before.iter().find(|old| old.key == parameter.key).and_then(|old| old.value.clone());
        if let Some(value) = parameter.value.clone().or_else(kept) {
            version.parameters.insert(parameter.key.clone(), value);
        }
    }
    version
}

impl fmt::Debug for Judge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Judge")
    }
}
