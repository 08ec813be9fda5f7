//! Facts against assemblies: which templates a row searches, and what comes of it.
//!
//! The environment `dr` is the standby Region of production's assembly, unless an assembly `dr` is given. A fact whose
//! environment or profile has no assembly is not yet judged; so is one that fails in a section that is not due. A fact
//! without rows proves nothing and fails; what is impossible holds when that which stands in for it holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::num::NonZero;
use std::{panic, thread};

use crate::conformance::report::Report;
use crate::conformance::verdict::{Outcome, RowVerdict, Substitute, Verdict};
use crate::facts::artifact::{Artifact, Seen};
use crate::facts::assemblies::Assemblies;
use crate::facts::assertion::Assertion;
use crate::facts::evidence::Evidence;
use crate::facts::files::Files;
use crate::facts::operators::{Found, hold};
use crate::facts::prose;
use crate::facts::row::Row;
use crate::facts::scope::Scope;
use crate::facts::select::{Place, Selected, select};
use crate::facts::table::{ArtifactRow, Fact, Facts, Kind};
use crate::template::app::App;
use crate::template::value::Value;

/// Judges every fact in scope.
pub fn judge(facts: &Facts, assemblies: &Assemblies, scope: &Scope) -> Report {
    let prefixes = || facts.meta.names.iter().filter(|(key, _)| key.ends_with("_prefix"));
    let apps = assemblies
        .all
        .iter()
        .map(|(key, assembly)| {
            let app = App::new(assembly, &facts.meta.primary_region);
            (key.clone(), app.prefixes(prefixes().map(|(_, prefix)| prefix.clone())))
        })
        .collect();
    let files = Files::new(assemblies.repository.as_deref(), &apps);
    let court = Court { facts, apps: &apps, files, evidence: &assemblies.evidence };
    let mut verdicts = court.verdicts(&facts.fact, scope);
    control(&mut verdicts, facts, &assemblies.evidence, scope);
    Report::new(verdicts, facts)
}

/// Looks at what stands in for each fact that can't be expressed, now that the facts that prove it are judged.
fn control(verdicts: &mut [Verdict], facts: &Facts, evidence: &Evidence, scope: &Scope) {
    let outcomes: BTreeMap<String, Outcome> =
        verdicts.iter().map(|verdict| (verdict.id.clone(), verdict.outcome.clone())).collect();
    let impossible = verdicts.iter_mut().zip(&facts.fact).filter(|(verdict, _)| verdict.kind == Kind::Impossible);
    for (verdict, fact) in impossible.filter(|(verdict, _)| verdict.outcome != Outcome::NotJudged) {
        let control = evidence.control(&verdict.id);
        let proved = match control {
            Some(control) => {
                let by = control.by.iter().filter_map(|id| outcomes.get(id));
                by.fold(Outcome::Passed, |all, outcome| match outcome {
                    Outcome::NotJudged => all.and(&Outcome::Failed),
                    other => all.and(other),
                })
            }
            None if verdict.rows.is_empty() => Outcome::Failed,
            None => Outcome::Passed,
        };
        verdict.outcome = due(verdict.outcome.clone().and(&proved), fact, scope);
        verdict.control = control.map(|control| Substitute { says: control.says.clone(), by: control.by.clone() });
    }
}

fn due(outcome: Outcome, fact: &Fact, scope: &Scope) -> Outcome {
    match outcome {
        Outcome::Failed if !scope.is_due(fact) => Outcome::NotYet("its section or region is not due".to_owned()),
        other => other,
    }
}

/// More do not help: what is shared, a template's resolved values, is worked out by whoever needs it first.
const MOST_WORKERS: usize = 4;

struct Court<'a> {
    facts: &'a Facts,
    apps: &'a BTreeMap<(String, Option<String>), App>,
    files: Files<'a>,
    evidence: &'a Evidence,
}

impl Court<'_> {
    /// What came of facts, in their order. No fact depends on another, so each processor takes its share of them.
    fn verdicts(&self, facts: &[Fact], scope: &Scope) -> Vec<Verdict> {
        let workers = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_WORKERS);
        let share = facts.len().div_ceil(workers).max(1);
        let judged = |facts: &[Fact]| facts.iter().map(|fact| self.verdict(fact, scope)).collect::<Vec<_>>();
        let judged = &judged;
        thread::scope(|threads| {
            let mut shares = facts.chunks(share);
            let first = shares.next().unwrap_or_default();
            let others: Vec<_> = shares.map(|facts| threads.spawn(move || judged(facts))).collect();
            let mut verdicts = judged(first);
            for other in others {
                verdicts.extend(other.join().unwrap_or_else(|cause| panic::resume_unwind(cause)));
            }
            verdicts
        })
    }

    fn verdict(&self, fact: &Fact, scope: &Scope) -> Verdict {
        if !scope.kinds.contains(&fact.kind) {
            return Verdict::new(fact, Outcome::NotJudged, Vec::new());
        }
        let rows = fact.expect.iter().map(|row| (row.alt.as_ref(), self.row(fact, row)));
        let artifacts = fact.artifact.iter().map(|row| (None, self.artifact(row)));
        let rows: Vec<(Option<&String>, RowVerdict)> = rows.chain(artifacts).collect();
        // What is impossible may have no rows; evidence must then say what stands in for it.
        let outcome = if rows.is_empty() && fact.kind != Kind::Impossible { Outcome::Failed } else { joined(&rows) };
        Verdict::new(fact, due(outcome, fact, scope), rows.into_iter().map(|(_, row)| row).collect())
    }

    fn row(&self, fact: &Fact, row: &Row) -> RowVerdict {
        if row.is_template() {
            return self.template_row(fact, row);
        }
        match &row.check {
            Some(check) => seen(row, prose::judge(&fact.id, check, self.evidence, &self.files)),
            None => seen(row, Seen::Nowhere("manifests are not judged".to_owned())),
        }
    }

    fn artifact(&self, row: &ArtifactRow) -> RowVerdict {
        match Artifact::of(row) {
            Ok(artifact) => seen(row, artifact.judge(self.evidence, &self.files)),
            Err(error) => seen(row, Seen::Fails(error.to_string())),
        }
    }

    fn template_row(&self, fact: &Fact, row: &Row) -> RowVerdict {
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

/// What came of looking at a file.
fn seen(row: &dyn Display, seen: Seen) -> RowVerdict {
    let (outcome, selected) = match seen {
        Seen::Holds => (Outcome::Passed, Vec::new()),
        Seen::Fails(found) => (Outcome::Failed, vec![found]),
        Seen::Nowhere(reason) => (Outcome::NotYet(reason), Vec::new()),
    };
    RowVerdict { row: row.to_string(), outcome, selected }
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
