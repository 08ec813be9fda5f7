//! Plan, approve, apply: a deployment, step by step.
//!
//! A deployment goes through [stages](stage), each of which ends when every stack has come through it; within the last,
//! stacks go through their own [phases](work) as soon as those they need are done.
//!
//! | stage | files |
//! |---|---|
//! | whose account is this, what is there | `checking`, `surveying`, `doubting`, `witnessing`, `reading` |
//! | exports that go although they are imported | `keeping`, `amending` |
//! | resources that are taken in or let go | `adopting` |
//! | files and images, and what the place must have | `preparing` |
//! | change sets, and what they say | `inputs`, `guarding`, `template`, `shelving`, `drafting`, `describing`, `changes`, `assessing`, `rejecting` |
//! | who reads or imports what will be another | `across` |
//! | the plan, what would fail, and who agrees | `deciding`, `blocked` |
//! | in order: compare again, hold what holds data, execute, wait, say why it failed | `scheduling`, `verifying`, `holding`, `held`, `executing`, `watching` |
//! | what was hotswapped before, and CloudFormation does not know of | `settling` |
//! | when something failed and all is to be put back | `remembering`, `former`, `turning_back` |
//! | leave nothing behind | `ending` |

mod across;
mod adopting;
mod amending;
mod applying;
mod assessing;
mod blocked;
mod changes;
mod checking;
mod deciding;
mod describing;
mod doubting;
mod drafting;
mod ending;
mod executing;
mod former;
mod guarding;
mod held;
mod holding;
mod inputs;
mod interrupts;
mod judge;
mod keeping;
mod preparing;
mod purpose;
mod reading;
mod reducer;
mod rejecting;
mod remembering;
mod scheduling;
mod settling;
mod shelving;
mod stage;
mod surveying;
mod template;
mod turning_back;
mod verifying;
mod watching;
mod witnessing;
mod work;

pub(super) use inputs::FOLLOWED;
pub use judge::{Case, Judge, Judgement};
pub use reducer::Deployment;
