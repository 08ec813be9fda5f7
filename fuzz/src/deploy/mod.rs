//! What `ce-deploy` reads.

mod assets;
mod change_set;
mod difference;
mod events;
mod evidence;
mod folder;
mod halves;
mod journal;
mod json;
mod manifest;
mod network;
mod plan;
mod policy;
mod request;
mod run;
mod stacks;
mod template;
mod wire;

pub use assets::assets;
pub use change_set::change_set;
pub use difference::difference;
pub use events::events;
pub use evidence::evidence;
pub use journal::journal;
pub use json::json;
pub use manifest::manifest;
pub use network::network;
pub use plan::plan;
pub use policy::policy;
pub use template::template;
pub use wire::wire;
