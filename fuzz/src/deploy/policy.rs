//! Any bytes as two policies of IAM.

use ce_deploy::risk::policy::Policy;

use super::halves::halves;

/// A policy is no broader than itself.
pub fn policy(data: &[u8]) {
    let (old, new) = halves(data);
    let (old, new) = (Policy::parse(old), Policy::parse(new));
    for policy in [&old, &new] {
        assert_eq!(policy.gains_over(policy), Vec::<String>::new());
    }
    new.gains_over(&old);
    old.gains_over(&new);
}
