//! `ref`: a value that leads to a resource, by any intrinsic or by its physical name.

use super::Reference;
use crate::facts::select::{Selected, Subject};
use crate::template::app::App;
use crate::template::value::{Lead, Value};

impl Reference {
    pub(super) fn holds(&self, app: &App, value: &Value) -> bool {
        self.reaches(app, value) || self.alternatives.iter().any(|kind| leads(app, value, kind))
    }

    fn reaches(&self, app: &App, value: &Value) -> bool {
        app.led_to(value, &self.kind)
            .into_iter()
            .any(|id| self.selection.fits(&Selected { app, subject: Subject::Resource(id) }))
    }
}

fn leads(app: &App, value: &Value, kind: &str) -> bool {
    if kind == "Parameter" {
        return value.leads().iter().any(|lead| matches!(lead, Lead::Parameter(_)));
    }
    !app.led_to(value, kind).is_empty()
}
