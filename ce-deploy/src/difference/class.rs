//! How much a change takes.

use std::fmt;

use serde::{Deserialize, Serialize};

/// What becomes of a resource. The order is by how much it takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Class {
    /// Nothing: the texts differ, what they say does not.
    Unchanged,
    /// What it says about itself differs, or what must be there before it.
    Metadata,
    /// Its tags differ.
    Tags,
    /// It is taken into the stack.
    Imported,
    /// It is new.
    Added,
    /// It is changed where it is.
    InPlace,
    /// It is changed where it is, and is not there for a while.
    Interruption,
    /// Its service may refuse the change: then the update fails, and all stays as it is.
    MayRefuse,
    /// It may be replaced: the values, or the service, decide.
    ConditionalReplacement,
    /// It is replaced.
    Replacement,
    /// It is replaced, and holds data.
    StatefulReplacement,
    /// It leaves the stack.
    Removed,
    /// It would have to be replaced and cannot: the new one would have the name of the old one, or be of another type.
    Blocked,
}

impl Class {
    /// Its name, as JSON has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Metadata => "metadata",
            Self::Tags => "tags",
            Self::Imported => "imported",
            Self::Added => "added",
            Self::InPlace => "in-place",
            Self::Interruption => "interruption",
            Self::MayRefuse => "may-refuse",
            Self::ConditionalReplacement => "conditional-replacement",
            Self::Replacement => "replacement",
            Self::StatefulReplacement => "stateful-replacement",
            Self::Removed => "removed",
            Self::Blocked => "blocked",
        }
    }

    /// In words, after the resource's name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Unchanged => "stays as it is",
            Self::Metadata => "changes in what it says about itself",
            Self::Tags => "changes its tags",
            Self::Imported => "is taken in",
            Self::Added => "is added",
            Self::InPlace => "changes in place",
            Self::Interruption => "changes in place with an interruption",
            Self::MayRefuse => "may be refused by its service",
            Self::ConditionalReplacement => "may be replaced",
            Self::Replacement => "is replaced",
            Self::StatefulReplacement => "is replaced and loses its data",
            Self::Removed => "is removed",
            Self::Blocked => "cannot be changed",
        }
    }

    /// Whether the old one goes for certain and a new one comes.
    pub const fn replaces(self) -> bool {
        matches!(self, Self::Replacement | Self::StatefulReplacement)
    }

    /// The mark before it in a list.
    pub(super) const fn mark(self) -> &'static str {
        match self {
            Self::Unchanged => " ",
            Self::Added | Self::Imported => "+",
            Self::Metadata | Self::Tags | Self::InPlace => "~",
            Self::Interruption | Self::MayRefuse => "!",
            Self::ConditionalReplacement => "?",
            Self::Replacement | Self::StatefulReplacement => "±",
            Self::Removed => "-",
            Self::Blocked => "x",
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What the change of one property does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// It is changed in place.
    InPlace,
    /// In place, with an interruption.
    Interrupts,
    /// The service may refuse it.
    MayRefuse,
    /// It may replace the resource.
    MayReplace,
    /// It replaces the resource.
    Replaces,
}

impl Effect {
    /// What it makes of its resource.
    pub(crate) const fn class(self) -> Class {
        match self {
            Self::InPlace => Class::InPlace,
            Self::Interrupts => Class::Interruption,
            Self::MayRefuse => Class::MayRefuse,
            Self::MayReplace => Class::ConditionalReplacement,
            Self::Replaces => Class::Replacement,
        }
    }
}
