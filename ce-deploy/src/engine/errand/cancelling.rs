//! Having an update put back.

use super::reducer::Errand;
use super::subject::Phase;
use crate::assembly::StackId;
use crate::cloud::Call;
use crate::engine::{Moment, Progress};
use crate::journal::Entry;

use super::purpose::Purpose;

impl Errand {
    pub(super) fn look_to_cancel(&mut self, now: Moment, id: &StackId) {
        self.look_to_attach(now, id);
    }

    /// The operation is watched already; its later events carry our token.
    pub(super) fn begin_cancelling(&mut self, now: Moment, id: &StackId) {
        let token = self.token(id, "cancel");
        let arn = self.reference(id).to_string();
        let Some(watched) = self.run.watcher.get_mut(id) else { return };
        watched.later.push(token.clone());
        self.run.desk.record(&Entry::Operation {
            stack: id.clone(),
            arn: arn.clone(),
            token: token.clone(),
            change_set: None,
        });
        let call = Call::CancelUpdateStack { stack: self.reference(id), token: token.clone() };
        let target = self.run.stack(id).target.clone();
        self.subject_mut(id).phase = Phase::Beginning;
        self.run.tell(now, Progress::Begun { stack: id.clone(), arn, token, attached: false });
        self.run.desk.ask(now, Purpose::Begin(id.clone()), &target, call);
    }
}
