//! Runbooks: documents of Systems Manager Automation.

mod api_call;
mod api_operation;
mod choice;
mod content;
mod document;
mod document_builder;
mod output;
mod parameter;
mod references;
mod script;
mod step;
mod step_action;
mod value_type;

pub use api_call::ApiCall;
pub use api_operation::{ApiOperation, ParseApiOperationError};
pub use choice::{Choice, Test};
pub use document::AutomationDocument;
pub use document_builder::AutomationDocumentBuilder;
pub use output::output;
pub use parameter::{DocumentParameter, parameter};
pub use script::Script;
pub use step::{OnFailure, Step};
pub use value_type::ValueType;
