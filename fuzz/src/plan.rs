//! Any bytes as a plan.

use ce_deploy::plan::Plan;

/// A plan that is read is written and read the same, with the same digest.
pub fn plan(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(plan) = Plan::read(text) else { return };
    let again = Plan::read(&plan.to_json()).expect("what was written is read");
    assert_eq!(again.digest(), plan.digest());
    assert_eq!(again, plan);
}
