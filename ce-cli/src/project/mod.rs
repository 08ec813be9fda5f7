//! Where the assembly comes from: the app that makes it, or a folder; and which of its stacks are meant.

mod accepted;
mod app;
mod selection;
mod settings;

pub(crate) use accepted::{Accepted, AcceptedError};
pub(crate) use app::{App, AppError, FOLDER, Source};
pub(crate) use selection::{Along, NoMatch, Selection};
pub(crate) use settings::{Settings, SettingsError};
