//! A line of the journal.

use serde::{Deserialize, Serialize};

use super::{Former, Swap};
use crate::assembly::StackId;
use crate::cloud::{StackStatus, Target, Token};
use crate::digest::sha256;

/// A line of the journal.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Entry {
    /// A run begins.
    Began {
        /// What it is to do.
        command: String,
        /// The digest of the assembly.
        assembly: String,
    },
    /// A change set is about to be made.
    Making(Made),
    /// A change set, and the empty stack it made, are gone or were executed.
    Settled(Made),
    /// An operation is about to be begun.
    Operation {
        /// The stack of the assembly.
        stack: StackId,
        /// Its ARN.
        arn: String,
        /// The token.
        token: Token,
        /// The change set that is executed, where one is.
        change_set: Option<String>,
    },
    /// An operation was seen to end.
    Ended {
        /// The token.
        token: Token,
        /// The stack's state; none if it is gone.
        status: Option<StackStatus>,
        /// When, in milliseconds since 1970; none in a line of an earlier version.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        at: Option<u64>,
    },
    /// A stack is about to be changed by a run that puts all back when something fails.
    Altering(Former),
    /// A stack is about to be changed, and its policy is to be put right afterwards.
    Holding {
        /// The stack of the assembly.
        stack: StackId,
    },
    /// The policy of a stack is as it should be.
    Held {
        /// The stack of the assembly.
        stack: StackId,
    },
    /// A run came to its end: what it changed stays as it is.
    Concluded,
    /// Resources of a stack are about to be changed past CloudFormation.
    Hotswapping(Swap),
    /// They are changed; what could not be has no trace.
    Hotswapped(Swap),
    /// A stack that was changed past CloudFormation is in step with its template again.
    Reconciled {
        /// The stack of the assembly.
        stack: StackId,
    },
}

/// A change set of ours.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Made {
    /// Where, and as whom.
    pub target: Target,
    /// The stack's name.
    pub stack: String,
    /// The change set's name.
    pub change_set: String,
    /// Whether the stack comes to be with it.
    pub new_stack: bool,
}

impl Made {
    /// Whether both are of one change set.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.target == other.target && self.stack == other.stack && self.change_set == other.change_set
    }
}

impl Entry {
    /// Its line, without a line feed: a checksum, a space, and JSON.
    pub fn line(&self) -> String {
        // Every part is a string, a number or a list of them: it can always be written.
        let json = serde_json::to_string(self).unwrap_or_default();
        format!("{} {json}", checksum(&json))
    }

    /// Reads a line; none if it is damaged or of another version.
    pub fn read(line: &str) -> Option<Self> {
        let (sum, json) = line.split_once(' ')?;
        (sum == checksum(json)).then(|| serde_json::from_str(json).ok())?
    }

    /// Whether a line is as it was written, be it of another version.
    pub(super) fn is_whole(line: &str) -> bool {
        line.split_once(' ').is_some_and(|(sum, json)| sum == checksum(json))
    }

    /// Whether a command changes nothing that another deployment has under way.
    pub(super) fn only_looks(command: &str) -> bool {
        matches!(command, "plan" | "attach" | "cancel" | "drift" | "hotswap")
    }

    /// Whether a command goes on with a deployment of its assembly.
    pub(super) fn deploys(command: &str) -> bool {
        matches!(command, "deploy" | "apply")
    }
}

fn checksum(text: &str) -> String {
    let mut digest = sha256(text);
    digest.truncate(16);
    digest
}

#[cfg(test)]
mod tests {
    use super::{Entry, Made};
    use crate::assembly::StackId;
    use crate::cloud::{Place, Target, Token};

    #[test]
    fn a_line_is_read_back_and_a_changed_one_is_not() {
        let entry = Entry::Operation {
            stack: StackId::new("Shop"),
            arn: "arn:aws:cloudformation:eu-west-1:111111111111:stack/shop/1".into(),
            token: Token::of("plan", "shop", "execute", 1),
            change_set: None,
        };
        let line = entry.line();
        assert!(!line.contains('\n'));
        assert_eq!(Entry::read(&line), Some(entry));
        assert_eq!(Entry::read(&line.replace("shop", "sh0p")), None);
        assert_eq!(Entry::read(&line[..line.len() - 3]), None);
    }

    #[test]
    fn its_form_is_stable() {
        let made = Made {
            target: Target::new(Place::new("111111111111", "eu-west-1")),
            stack: "shop".into(),
            change_set: "ce-1".into(),
            new_stack: true,
        };
        insta::assert_snapshot!(Entry::Making(made).line());
    }
}
