//! What the engine wants done.

use super::{Moment, Outcome, Progress};
use crate::assembly::AssetId;
use crate::cloud::{Call, Target};
use crate::plan::Plan;
use crate::risk::Risk;

/// Which call an answer belongs to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct CallId(pub u64);

/// Which timer went off.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TimerId(pub u64);

/// Something to do. Actions of one step are started in order; only [`Action::Record`] holds up those after it.
#[derive(Clone, PartialEq, Debug)]
#[non_exhaustive]
pub enum Action {
    /// Ask AWS, and report [`Event::Answered`](super::Event::Answered). The driver retries nothing.
    Call {
        /// What the answer is for.
        id: CallId,
        /// Where, and as whom.
        target: Target,
        /// What.
        call: Call,
    },
    /// Make the file that is sent for a folder (a ZIP archive) or a program's asset, and report
    /// [`Event::Packed`](super::Event::Packed).
    Pack {
        /// The asset.
        asset: AssetId,
    },
    /// Build an image and push it; report [`Event::Published`](super::Event::Published).
    PublishImage {
        /// The asset.
        asset: AssetId,
    },
    /// Report [`Event::Woke`](super::Event::Woke) at this time.
    Wake {
        /// Which timer.
        id: TimerId,
        /// When.
        at: Moment,
    },
    /// Append a line to the journal and make sure that it is on disk before anything after it is begun.
    Record(String),
    /// Show somebody what is going on.
    Tell(Box<Progress>),
    /// Ask whether to go on, and report [`Event::Decided`](super::Event::Decided). Who cannot ask declines.
    Ask(Box<Question>),
    /// It is over: nothing comes after this, and events are not heard any more.
    Finish(Box<Outcome>),
}

/// What somebody must decide.
#[derive(Clone, PartialEq, Debug)]
pub struct Question {
    /// The whole plan.
    pub plan: Plan,
    /// The risks nobody has agreed to yet.
    pub open: Vec<Risk>,
}
