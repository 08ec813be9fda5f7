//! Which call goes where.

use super::place::PlaceKey;
use super::service::Service;
use super::template::partition;
use crate::cloud::{Answer, Call, Failure, Target};

impl Service {
    /// Answers a call as the service does when nothing is in the way.
    pub(super) fn answer(&mut self, target: &Target, call: &Call) -> Result<Answer, Failure> {
        let place = self.place_key(&target.place);
        if !call.changes_something() {
            return self.read(place, target, call);
        }
        self.look_for_clash(place, call);
        let unheld = self.unheld_before(place, call);
        let answer = self.change(place, target, call)?;
        self.note_deed(place, call, unheld);
        Ok(answer)
    }

    fn read(&mut self, place: PlaceKey, target: &Target, call: &Call) -> Result<Answer, Failure> {
        match call {
            Call::Identity => Ok(identity(target)),
            Call::Parameter { name } => {
                let value = self.place(place).parameters.get(name).cloned();
                value.map(Answer::Parameter).ok_or_else(|| Failure::answered("ParameterNotFound", ""))
            }
            Call::DescribeStacks { stack, page } => self.describe_stacks(place, stack.as_ref(), page),
            Call::DescribeStackEvents { stack, page } => self.describe_events(place, stack, page),
            Call::DescribeChangeSetEvents { change_set, page } => self.change_set_events(place, change_set, page),
            Call::ListStackResources { stack, page } => self.list_resources(place, stack, page),
            Call::GetTemplate { stack, change_set } => self.get_template(place, stack, change_set.as_deref()),
            Call::DescribeChangeSet { stack, change_set, page } => {
                let key = self.find_change_set(place, stack, change_set)?;
                self.describe_change_set(key, page)
            }
            Call::ListChangeSets { stack, page } => {
                let key = self.need_stack(place, stack)?;
                self.list_change_sets(key, page)
            }
            Call::GetStackPolicy { stack } => self.get_stack_policy(place, stack),
            Call::ListImports { export, page } => self.list_imports(place, export, page),
            Call::DetectDrift { stack } => self.detect_drift(place, stack),
            Call::DescribeDriftDetection { detection } => self.drift_detection(detection),
            Call::DescribeResourceDrifts { stack, page } => self.resource_drifts(place, stack, page),
            Call::DescribeRefactor { refactor } => self.describe_refactor(refactor),
            Call::GetResource { type_name, identifier } => self.get_resource(place, type_name, identifier),
            Call::DescribeResourceRequest { request } => self.resource_request(request),
            Call::HeadObject { bucket, key } => self.head_object(&target.place.account, bucket, key),
            Call::Evidence(call) => self.evidence(place, call),
            _ => Err(Failure::answered("InvalidAction", "the simulator does not play this call")),
        }
    }

    fn change(&mut self, place: PlaceKey, target: &Target, call: &Call) -> Result<Answer, Failure> {
        match call {
            Call::CreateChangeSet(request) => self.create_change_set(place, request),
            Call::ExecuteChangeSet { stack, change_set, token, disable_rollback, retain_except_on_create } => {
                let key = self.find_change_set(place, stack, change_set)?;
                self.execute_change_set(key, token, *disable_rollback, *retain_except_on_create)
            }
            Call::DeleteChangeSet { stack, change_set } => match self.find_change_set(place, stack, change_set) {
                Ok(key) => self.delete_change_set(key),
                Err(_) => Ok(Answer::Done),
            },
            Call::DeleteStack { stack, token, retain, role } => {
                self.delete_stack(place, stack, token, retain, role.as_deref())
            }
            Call::CancelUpdateStack { stack, token } => self.cancel_update_stack(place, stack, token),
            Call::ContinueUpdateRollback { stack, token, skip, .. } => {
                self.continue_update_rollback(place, stack, token, skip)
            }
            Call::RollbackStack { stack, token, .. } => self.rollback_stack(place, stack, token),
            Call::ProtectStack { stack, protected } => self.protect_stack(place, stack, *protected),
            Call::SetStackPolicy { stack, policy } => self.set_stack_policy(place, stack, policy),
            Call::CreateRefactor { stacks, moves, creates } => self.create_refactor(place, stacks, moves, *creates),
            Call::ExecuteRefactor { refactor } => self.execute_refactor(refactor),
            Call::CreateResource { type_name, properties, token } => {
                self.create_resource(place, type_name, properties, token)
            }
            Call::UpdateResource { type_name, identifier, patch, token } => {
                self.update_resource(place, (type_name, identifier), patch, token)
            }
            Call::PutObject { bucket, key, content, sha256, .. } => {
                self.put_object(&target.place.account, bucket, key, content, sha256.clone())
            }
            _ => Err(Failure::answered("InvalidAction", "the simulator does not play this call")),
        }
    }
}

fn identity(target: &Target) -> Answer {
    let account = target.place.account.clone();
    let partition = partition(&target.place.region);
    let arn = match target.role.as_deref().and_then(|role| role.rsplit('/').next()) {
        Some(role) => format!("arn:{partition}:sts::{account}:assumed-role/{role}/ce"),
        None => format!("arn:{partition}:iam::{account}:user/simulated"),
    };
    Answer::Identity { account, arn }
}
