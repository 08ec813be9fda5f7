//! Where the assembly comes from: the app that makes it, or a folder; which of its stacks are meant; and which drift the
//! project lives with.

mod accepted;
mod app;
mod cdk_json;
mod selection;
mod settings;

pub(crate) use accepted::{Accepted, AcceptedError};
pub(crate) use app::{App, AppError, FOLDER, Source};
pub(crate) use cdk_json::CdkJson;
pub(crate) use selection::{Along, NoMatch, Selection};
pub(crate) use settings::{Settings, SettingsError};
