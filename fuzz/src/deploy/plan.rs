//! Any bytes as a plan: as they are, and sealed anew, so that what is behind the seal is reached.

use ce_deploy::engine::{Deployment, Judge, Options};
use ce_deploy::plan::{Plan, PlanError, Step};
use serde::Deserialize;
use serde_json::Value;

use super::run::{Run, shop};

/// How often the digest of a change set is put right.
const MOST: usize = 20;

/// A plan that is read is written and read the same, with the same digest; and when it is applied, it ends.
pub fn plan(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    Plan::read(text).ok();
    let Some(plan) = sealed(text) else { return };
    let again = Plan::read(&plan.to_json()).expect("what was written is read");
    assert_eq!(again.digest(), plan.digest());
    assert_eq!(again, plan);
    apply(plan);
}

/// The plan in a file, with a seal that is right.
fn sealed(text: &str) -> Option<Plan> {
    let file: Value = serde_json::from_str(text).ok()?;
    let mut plan = Plan::deserialize(&file["plan"]).ok()?;
    for _ in 0..MOST {
        match Plan::read(&plan.to_json()) {
            Ok(plan) => return Some(plan),
            Err(PlanError::Digest { stated, actual }) => put_right(&mut plan, &stated, &actual),
            Err(_) => return None,
        }
    }
    None
}

fn put_right(plan: &mut Plan, stated: &str, actual: &str) {
    let sets = plan.stacks.iter_mut().filter_map(|stack| match &mut stack.step {
        Step::Create(set) | Step::Update(set) => Some(set),
        _ => None,
    });
    if let Some(set) = sets.into_iter().find(|set| set.changes_digest == stated) {
        actual.clone_into(&mut set.changes_digest);
    }
}

/// Where nothing is that a plan speaks of, it is refused or is over soon.
fn apply(plan: Plan) {
    Run::of(Deployment::apply(shop(), Judge::new(|_| Vec::new()), plan, Options::default())).finish();
}
