//! Any bytes as two policies of IAM.

use ce_deploy::risk::policy::Policy;

/// A policy is no broader than itself.
pub fn policy(data: &[u8]) {
    const BORDER: &[u8] = b"\n--\n";
    let at = data.windows(BORDER.len()).position(|window| window == BORDER);
    let (old, new) = at.map_or((data, data), |at| (&data[..at], &data[at + BORDER.len()..]));
    let (old, new) = (Policy::parse(old), Policy::parse(new));
    for policy in [&old, &new] {
        assert_eq!(policy.gains_over(policy), Vec::<String>::new());
    }
    new.gains_over(&old);
    old.gains_over(&new);
}
