//! How far it is looked into why something failed.

use ce_deploy::engine::Depth;
use clap::{Args, ValueEnum};

/// How far it is looked into why something failed.
#[derive(Args, Debug, Clone, Copy, Default)]
pub(crate) struct Looking {
    /// Who is asked when a stack fails [default: logs too on a terminal that nothing is written beside, else services]
    #[arg(long, hide_env = true, env = "CE_EVIDENCE", value_name = "WHO")]
    pub(crate) evidence: Option<Witnesses>,
}

/// Who is asked when a stack fails.
#[derive(ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Witnesses {
    /// Nobody but CloudFormation
    None,
    /// ECS why tasks stopped, CloudTrail which calls were refused
    Services,
    /// The logs of containers and custom resources too; a secret that a program wrote may be in them
    Logs,
}

impl Looking {
    /// How deep it is looked, if at all. What is kept has no lines of logs unless somebody asked for them.
    pub(crate) fn depth(self, is_only_seen: bool) -> Option<Depth> {
        match self.evidence {
            Some(Witnesses::None) => None,
            Some(Witnesses::Services) => Some(Depth::Services),
            Some(Witnesses::Logs) => Some(Depth::Logs),
            None => Some(if is_only_seen { Depth::Logs } else { Depth::Services }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Depth, Looking, Witnesses};

    #[test]
    fn lines_of_logs_are_kept_only_where_somebody_asked_for_them() {
        let unsaid = Looking::default();
        assert_eq!((unsaid.depth(true), unsaid.depth(false)), (Some(Depth::Logs), Some(Depth::Services)));
        let said = |who| Looking { evidence: Some(who) };
        assert_eq!(said(Witnesses::Logs).depth(false), Some(Depth::Logs));
        assert_eq!(said(Witnesses::Services).depth(true), Some(Depth::Services));
        assert_eq!(said(Witnesses::None).depth(true), None);
    }
}
