//! Kinds of faults.

use std::fmt;

/// What a fault counts to know when it strikes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Chance {
    /// Calls that come.
    Call,
    /// Change sets that are worked out.
    ChangeSet,
    /// Resources that are made, changed or deleted.
    Resource,
    /// Events that are written down.
    Event,
    /// Moments at which the program could be interrupted: before each event it is told, after each line it records.
    Await,
    /// Lines and files that the program writes.
    Write,
}

macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident: $chance:ident,)+) => {
        /// Something that can go wrong.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum FaultKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl FaultKind {
            /// Every kind.
            pub fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name),+].into_iter()
            }

            /// Its name.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)+
                }
            }

            /// What it does, in a sentence.
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$name => concat!($($doc),+),)+
                }
            }

            /// What it counts.
            pub const fn chance(self) -> Chance {
                match self {
                    $(Self::$name => Chance::$chance,)+
                }
            }
        }
    };
}

kinds! {
    /// A call is refused with `Throttling`.
    Throttle: Call,
    /// A call is refused with `InternalFailure`; nothing was done.
    ServerError: Call,
    /// A call is answered `ServiceUnavailable` though it was done.
    ErrorAfterDone: Call,
    /// A call never arrives, and no answer comes.
    LostRequest: Call,
    /// A call is done, and its answer is lost.
    LostAnswer: Call,
    /// A call is done, and the connection breaks in the middle of the answer.
    BrokenAnswer: Call,
    /// A call is done, and its answer cannot be read.
    GarbledAnswer: Call,
    /// An answer takes as many seconds as the fault's size.
    SlowAnswer: Call,
    /// The next page of a long answer is the same page again.
    RepeatedPage: Call,
    /// The token of a next page is refused.
    ExpiredPage: Call,
    /// The credentials have ended.
    ExpiredCredentials: Call,
    /// The caller may not.
    AccessDenied: Call,
    /// The caller may neither read nor set the policy of a stack, as the role of stock bootstrapping may not set it.
    PolicyDenied: Call,
    /// The machine's clock is ten minutes off, and the signature is refused.
    ClockSkew: Call,
    /// A quota of the account is used up: `LimitExceededException`.
    Quota: Call,
    /// A read of stacks shows what was so many seconds ago.
    StaleStack: Call,
    /// A stack that is younger than so many seconds is not found.
    HiddenStack: Call,
    /// A read of a change set shows what was so many seconds ago.
    StaleChangeSet: Call,
    /// Events younger than so many seconds do not show.
    LateEvents: Call,
    /// Every event of a read comes twice.
    RepeatedEvents: Call,
    /// The events of a read are in disorder.
    ShuffledEvents: Call,
    /// A read of a change set leaves out its last change, which the next read shows.
    DroppedChange: Call,
    /// A read of the list of resources lacks the last.
    DroppedResource: Call,
    /// Somebody else updates the stack just before the call.
    OtherDeploys: Call,
    /// Somebody else deletes the stack just before the call.
    OtherDeletes: Call,
    /// Somebody else deletes the stack and makes another under its name.
    OtherRecreates: Call,
    /// Somebody else deletes the change set just before the call.
    OtherDropsChangeSet: Call,
    /// Somebody else executes the change set just before the call.
    OtherExecutes: Call,
    /// Somebody else makes a change set under the same name, with other content.
    OtherReplacesChangeSet: Call,
    /// Somebody else cancels the update that is under way.
    OtherCancels: Call,
    /// Somebody else protects the stack from deletion.
    OtherProtects: Call,
    /// Somebody else changes a resource behind the stack's back.
    OtherDrifts: Call,
    /// Early validation refuses a change set.
    ValidationFails: ChangeSet,
    /// Early validation warns and lets the change set pass.
    ValidationWarns: ChangeSet,
    /// A hook refuses a change set.
    HookFails: ChangeSet,
    /// A change set fails for a reason of the service's own.
    ChangeSetFails: ChangeSet,
    /// A change set takes so many seconds.
    SlowChangeSet: ChangeSet,
    /// A change set without changes is told in the other words the service has for it.
    OtherWords: ChangeSet,
    /// The change set of a nested stack is not ready when the outer one asks for it.
    NestedRace: ChangeSet,
    /// A resource cannot be made or changed.
    ResourceFails: Resource,
    /// A resource cannot be put back.
    RollbackFails: Resource,
    /// A resource cannot be deleted.
    DeletionFails: Resource,
    /// A resource hangs until the service gives up on it.
    Stuck: Resource,
    /// A resource takes so many seconds.
    SlowResource: Resource,
    /// In express mode a resource needs one that is complete and not yet ready: it is tried again for so many seconds, and
    /// fails after 30.
    StillStabilizing: Resource,
    /// A hook warns about a resource: an event more.
    HookWarns: Resource,
    /// An event is never shown.
    MissingEvent: Event,
    /// The program is killed; what it has sent arrives.
    Kill: Await,
    /// The program is killed; what it has just sent does not arrive.
    KillBeforeSent: Await,
    /// The program is killed, and the last line of its journal is torn.
    TornJournal: Await,
    /// The program is killed, and its journal is lost.
    LostJournal: Await,
    /// Ctrl-C, once.
    Interrupt: Await,
    /// Ctrl-C, twice.
    InterruptTwice: Await,
    /// `SIGTERM`.
    Terminate: Await,
    /// The machine sleeps for so many seconds.
    Sleep: Await,
    /// The clock goes back by so many seconds.
    ClockBack: Await,
    /// Nobody reads the program's output any more: standard output is closed.
    ClosedOutput: Await,
    /// The disk is full: a line of the journal or the file of outputs is written in part.
    FullDisk: Write,
}

impl FaultKind {
    /// Whether it is somebody else at work.
    pub fn is_somebody_else(self) -> bool {
        self.name().starts_with("Other") && self != Self::OtherWords
    }

    /// Whether it only makes it hard to see what happens: nothing is done otherwise than without it.
    pub const fn is_of_sight(self) -> bool {
        matches!(
            self,
            Self::Throttle
                | Self::ServerError
                | Self::ErrorAfterDone
                | Self::LostRequest
                | Self::LostAnswer
                | Self::BrokenAnswer
                | Self::GarbledAnswer
                | Self::SlowAnswer
                | Self::RepeatedPage
                | Self::StaleStack
                | Self::HiddenStack
                | Self::StaleChangeSet
                | Self::LateEvents
                | Self::RepeatedEvents
                | Self::ShuffledEvents
                | Self::MissingEvent
                | Self::SlowChangeSet
                | Self::SlowResource
                | Self::OtherWords
                | Self::HookWarns
                | Self::ValidationWarns
                | Self::OtherDrifts
                | Self::Sleep
        )
    }
}

impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
