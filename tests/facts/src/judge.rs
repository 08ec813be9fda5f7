//! Facts against assemblies: which templates a row searches, and what comes of it.
//!
//! The environment `dr` is the standby Region of production's assembly, unless an assembly `dr` is given. A fact whose
//! environment or profile has no assembly is not yet judged; so is one that fails in a section that is not due.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::App;
use crate::assembly::Assembly;
use crate::assertion::Assertion;
use crate::facts::{Fact, Facts, Kind};
use crate::operators::{Found, hold};
use crate::report::{Outcome, Report, RowVerdict, Verdict};
use crate::row::Row;
use crate::select::{Place, Selected, select};
use crate::value::Value;

/// Assemblies by environment and deployment profile.
#[derive(Debug, Default)]
#[must_use = "nothing is judged until it is handed to `judge`"]
pub struct Assemblies(BTreeMap<(String, Option<String>), Assembly>);

impl Assemblies {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the assembly of an environment, such as `prod`, synthesized with the default profile.
    pub fn with(mut self, environment: &str, assembly: Assembly) -> Self {
        self.0.insert((environment.to_owned(), None), assembly);
        self
    }

    /// Adds the assembly of an environment, synthesized with a deployment profile, such as `blue-green`.
    pub fn with_profile(mut self, environment: &str, profile: &str, assembly: Assembly) -> Self {
        self.0.insert((environment.to_owned(), Some(profile.to_owned())), assembly);
        self
    }
}

/// Which facts are judged, and which of them may not fail.
#[derive(Debug)]
#[must_use = "nothing is judged until it is handed to `judge`"]
pub struct Scope {
    due: Option<BTreeSet<String>>,
    regions: Option<BTreeSet<String>>,
    kinds: BTreeSet<Kind>,
}

impl Default for Scope {
    fn default() -> Self {
        Self { due: None, regions: None, kinds: [Kind::Template, Kind::Impossible].into() }
    }
}

impl Scope {
    /// Sections whose facts may not fail. Default: every section.
    pub fn due<S: Into<String>>(mut self, sections: impl IntoIterator<Item = S>) -> Self {
        self.due = Some(sections.into_iter().map(Into::into).collect());
        self
    }

    /// Regions that are there: facts that need others are not due. Default: every region.
    pub fn regions<S: Into<String>>(mut self, regions: impl IntoIterator<Item = S>) -> Self {
        self.regions = Some(regions.into_iter().map(Into::into).collect());
        self
    }

    /// Kinds of facts that are judged, as far as they have rows about templates. Default: template and impossible.
    pub fn kinds(mut self, kinds: impl IntoIterator<Item = Kind>) -> Self {
        self.kinds = kinds.into_iter().collect();
        self
    }

    fn is_due(&self, fact: &Fact) -> bool {
        let there = |region: &String| {
            region == "all-enabled" || self.regions.as_ref().is_none_or(|regions| regions.contains(region))
        };
        self.due.as_ref().is_none_or(|due| due.contains(&fact.section)) && fact.regions.iter().all(there)
    }
}

/// Judges every fact in scope.
pub fn judge(facts: &Facts, assemblies: &Assemblies, scope: &Scope) -> Report {
    let prefixes = || facts.meta.names.iter().filter(|(key, _)| key.ends_with("_prefix"));
    let apps = assemblies
        .0
        .iter()
        .map(|(key, assembly)| {
            let app = App::new(assembly, &facts.meta.primary_region);
            (key.clone(), app.prefixes(prefixes().map(|(_, prefix)| prefix.clone())))
        })
        .collect();
    let court = Court { facts, apps };
    let in_scope = |fact: &&Fact| scope.kinds.contains(&fact.kind) && fact.expect.iter().any(Row::is_template);
    let verdicts = facts.fact.iter().filter(in_scope).map(|fact| court.verdict(fact, scope)).collect();
    Report::new(verdicts, facts.meta.sections.clone())
}

struct Court<'a> {
    facts: &'a Facts,
    apps: BTreeMap<(String, Option<String>), App>,
}

impl Court<'_> {
    fn verdict(&self, fact: &Fact, scope: &Scope) -> Verdict {
        let rows: Vec<(Option<&String>, RowVerdict)> = fact
            .expect
            .iter()
            .filter(|row| row.is_template())
            .map(|row| (row.alt.as_ref(), self.row(fact, row)))
            .collect();
        let is_due = scope.is_due(fact);
        let outcome = match joined(&rows) {
            Outcome::Failed if !is_due => Outcome::NotYet("its section or region is not due".to_owned()),
            other => other,
        };
        Verdict {
            id: fact.id.clone(),
            section: fact.section.clone(),
            summary: fact.summary.clone(),
            outcome,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
        }
    }

    fn row(&self, fact: &Fact, row: &Row) -> RowVerdict {
        let verdict = |outcome, selected| RowVerdict { row: row.to_string(), outcome, selected };
        let profile = row.profile.as_ref().or(fact.profile.as_ref());
        let places = match self.places(fact, profile.map(String::as_str)) {
            Ok(places) => places,
            Err(reason) => return verdict(Outcome::NotYet(reason), Vec::new()),
        };
        let assertion = match Assertion::of(row) {
            Ok(assertion) => assertion,
            Err(error) => return verdict(Outcome::Failed, vec![error.to_string()]),
        };
        let searches = if row.each_region {
            fact.regions.iter().map(|region| within(&places, |found| found == region)).collect()
        } else {
            vec![places]
        };
        for places in searches {
            if let Err(selected) = evaluate(&assertion, &places) {
                return verdict(Outcome::Failed, selected);
            }
        }
        verdict(Outcome::Passed, Vec::new())
    }

    /// The stacks that a fact searches.
    fn places(&self, fact: &Fact, profile: Option<&str>) -> Result<Vec<Place<'_>>, String> {
        let everywhere = fact.regions.is_empty() || fact.regions.iter().any(|region| region == "all-enabled");
        let mut found: BTreeMap<&str, Place<'_>> = BTreeMap::new();
        for (environment, is_standby) in self.environments(&fact.env) {
            let app = self.app(environment, profile).ok_or_else(|| match profile {
                Some(profile) => format!("no assembly of `{environment}` with profile `{profile}`"),
                None => format!("no assembly of `{environment}`"),
            })?;
            let searched = |region: &str| {
                (everywhere || fact.regions.iter().any(|wanted| wanted == region))
                    && (!is_standby || region == self.facts.meta.dr_region)
            };
            let stacks = (0..app.stacks.len()).filter(|stack| searched(&app.stacks[*stack].region));
            let place = found.entry(environment).or_insert_with(|| Place { app, stacks: Vec::new() });
            place.stacks.extend(stacks);
            place.stacks.sort_unstable();
            place.stacks.dedup();
        }
        if found.is_empty() {
            return Err("no assembly is given".to_owned());
        }
        Ok(found.into_values().collect())
    }

    /// Environments of a fact, and whether only the standby Region of it is meant.
    fn environments<'b>(&'b self, named: &'b [String]) -> Vec<(&'b str, bool)> {
        let given = |name: &str| self.apps.keys().any(|(environment, _)| environment == name);
        if named.iter().any(|name| name == "all") {
            let all: BTreeSet<&str> = self.apps.keys().map(|(environment, _)| environment.as_str()).collect();
            return all.into_iter().map(|environment| (environment, false)).collect();
        }
        let one = |name: &'b String| match name.as_str() {
            "dr" if !given("dr") => ("prod", true),
            other => (other, false),
        };
        named.iter().map(one).collect()
    }

    fn app(&self, environment: &str, profile: Option<&str>) -> Option<&App> {
        let of = |profile: Option<&str>| self.apps.get(&(environment.to_owned(), profile.map(str::to_owned)));
        let Some(name) = profile else { return of(None) };
        // The header says of some profiles that another synthesis shows them.
        let meaning = self.facts.meta.profiles.get(name).map(String::as_str).unwrap_or_default();
        of(profile).or_else(|| match meaning {
            shared if shared.starts_with("profile full") => of(Some("full")),
            default if default.starts_with("default profile") => of(None),
            _ => None,
        })
    }
}

/// Rows without `alt` must all hold; of those with it, the rows of one value.
fn joined(rows: &[(Option<&String>, RowVerdict)]) -> Outcome {
    let all = |alt: Option<&String>| {
        let of = rows.iter().filter(|(group, _)| *group == alt).map(|(_, row)| &row.outcome);
        of.fold(Outcome::Passed, Outcome::and)
    };
    let groups: BTreeSet<&String> = rows.iter().filter_map(|(group, _)| *group).collect();
    let best = groups.into_iter().map(|group| all(Some(group))).reduce(Outcome::or);
    all(None).and(&best.unwrap_or(Outcome::Passed))
}

fn within<'a>(places: &[Place<'a>], searched: impl Fn(&str) -> bool) -> Vec<Place<'a>> {
    places
        .iter()
        .map(|place| Place {
            app: place.app,
            stacks: place.stacks.iter().copied().filter(|stack| searched(&place.app.stacks[*stack].region)).collect(),
        })
        .collect()
}

/// Judges one row; on failure says what was selected and found.
fn evaluate(assertion: &Assertion, places: &[Place<'_>]) -> Result<(), Vec<String>> {
    let selected = select(places, &assertion.kind, &assertion.selection);
    let count = selected.len();
    let counted = assertion.count.is_none_or(|wanted| count == wanted)
        && assertion.min_count.is_none_or(|wanted| count >= wanted)
        && assertion.max_count.is_none_or(|wanted| count <= wanted);
    let found: Vec<Found<'_>> =
        selected.into_iter().map(|object| Found { slots: slots(assertion, &object), object }).collect();
    if counted && hold(assertion, &found, places) {
        return Ok(());
    }
    Err(found.iter().map(describe).collect())
}

fn slots(assertion: &Assertion, object: &Selected<'_>) -> Vec<Option<Value>> {
    let Some(path) = &assertion.path else { return Vec::new() };
    let slots = object.slots(path);
    match &assertion.path_alt {
        Some(other) if slots.iter().all(Option::is_none) => object.slots(other),
        _ => slots,
    }
}

/// Longest text of a value in a report.
const SHOWN: usize = 300;

fn describe(found: &Found<'_>) -> String {
    let values: Vec<String> = found
        .slots
        .iter()
        .map(|slot| slot.as_ref().map_or_else(|| "nothing".to_owned(), Value::json))
        .map(|text| text.chars().take(SHOWN).collect())
        .collect();
    let called = found.object.called();
    if values.is_empty() { called } else { format!("{called}: {}", values.join(", ")) }
}
