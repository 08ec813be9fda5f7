//! What a change set says, and what becomes of it.

use ce_deploy::cloud::{
    Action, Answer, Call, Capability, ChangeSetAnswer, ChangeSetState, ChangeSetType, Evaluation, ExecutionState,
    FailureKind, IgnoredReason, ImportedResource, Mode, Page, ParameterValue, Recreation, Replacement, Secret,
    StackRef, StackStatus as S, Tag, Template,
};
use ce_deploy::simulator::{RepeatedExecution, Settings};
use serde_json::{Value, json};

use crate::behaviour::behaviours;
use crate::bench::Bench;

fn queue(properties: &Value) -> Value {
    json!({"Resources": {"Queue": {"Type": "AWS::SQS::Queue", "Properties": properties}}})
}

fn describe(bench: &mut Bench, change_set: &ChangeSetAnswer) -> ChangeSetAnswer {
    let (stack, name) = (StackRef::id(&change_set.stack), change_set.id.clone());
    let call = Call::DescribeChangeSet { stack, change_set: name, page: Page::first() };
    match bench.call(call).unwrap() {
        Answer::ChangeSet(answer) => *answer,
        other => panic!("{other:?}"),
    }
}

fn update(bench: &mut Bench, template: &Value) -> ChangeSetAnswer {
    let request = bench.request("shop", ChangeSetType::Update, template);
    bench.change_set(request).unwrap()
}

behaviours! {
    /// A change set for a new stack makes it: `REVIEW_IN_PROGRESS`, empty. Deleting the change set does not delete it.
    Documented("API reference, CreateChangeSet.ChangeSetType")
    fn a_review_stack_stays() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({})));
        let change_set = bench.change_set(request).unwrap();
        assert_eq!(bench.describe("shop").unwrap().status, S::ReviewInProgress);
        let (stack, id) = (StackRef::id(&change_set.stack), change_set.id.clone());
        bench.call(Call::DeleteChangeSet { stack, change_set: id }).unwrap();
        assert_eq!(bench.describe("shop").unwrap().status, S::ReviewInProgress);
    }

    /// Nothing to change makes a change set that failed; only its words say why.
    Observed("aws-cdk-cli, changeSetHasNoChanges")
    fn the_same_again_is_no_change() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"DelaySeconds": 1})));
        assert!(update(&mut bench, &queue(&json!({"DelaySeconds": "1"}))).has_no_changes());
    }

    /// A tag or an output more is a change, though no resource changes.
    Observed("issues of aws-cdk about changes of outputs only")
    fn tags_and_outputs_are_changes() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({})));
        let mut request = bench.request("shop", ChangeSetType::Update, &queue(&json!({})));
        request.tags = Some(vec![Tag { key: "team".into(), value: "a".into() }]);
        assert_eq!(bench.change_set(request).unwrap().state, ChangeSetState::Complete);
        let mut template = queue(&json!({}));
        template["Outputs"] = json!({"Name": {"Value": {"Ref": "Queue"}}});
        let change_set = update(&mut bench, &template);
        assert!(change_set.changes.is_empty() && change_set.state == ChangeSetState::Complete);
    }

    /// An empty list of tags takes them away; none leaves them.
    Documented("API reference, UpdateStack.Tags; for change sets it is taken for the same")
    fn tags_stay_until_they_are_taken_away() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({})));
        let team = vec![Tag { key: "team".into(), value: "a".into() }];
        for (tags, after) in [(Some(team.clone()), team.clone()), (None, team), (Some(vec![]), vec![])] {
            let mut request = bench.request("shop", ChangeSetType::Update, &queue(&json!({})));
            request.tags = tags;
            let made = bench.change_set(request).unwrap();
            assert_eq!(made.tags, after);
            bench.execute(&made).ok();
            bench.settle();
        }
    }

    /// An output whose condition does not hold is not looked at: what it reads may not be there.
    Documented("user guide, Conditions")
    fn an_output_that_is_not_shown_is_no_change() {
        let mut bench = Bench::new();
        let mut template = queue(&json!({}));
        template["Conditions"] = json!({"Never": {"Fn::Equals": ["a", "b"]}});
        template["Resources"]["Other"] = json!({"Type": "AWS::SQS::Queue", "Condition": "Never"});
        template["Outputs"] = json!({"Other": {"Condition": "Never", "Value": {"Fn::GetAtt": ["Other", "Arn"]}}});
        bench.deploy("shop", &template);
        assert!(update(&mut bench, &template).has_no_changes());
    }

    /// The schema's create-only properties replace, its conditional ones may, all others change in place.
    Documented("resource schemas, createOnlyProperties and conditionalCreateOnlyProperties")
    fn the_schema_foretells_replacement() {
        let mut bench = Bench::new();
        let database = |name: &str, engine: &str, kept: bool| json!({"Resources": {"Db": {"Type": "AWS::RDS::DBInstance", "Properties": {
            "DBName": name, "Engine": engine, "DeletionProtection": kept
        }}}});
        bench.deploy("shop", &database("a", "postgres", false));
        let mut told = |template: &Value| update(&mut bench, template).changes[0].replacement;
        assert_eq!(told(&database("b", "postgres", false)), Some(Replacement::True));
        assert_eq!(told(&database("a", "postgres", true)), Some(Replacement::False));
        assert_eq!(told(&database("a", "mysql", false)), Some(Replacement::Conditional));
    }

    /// What points to a replaced resource changes for a reason that is not known yet: `Dynamic`.
    Documented("API reference, ResourceChangeDetail.Evaluation")
    fn a_replacement_spreads() {
        let mut bench = Bench::new();
        let network = |block: &str| json!({"Resources": {
            "Vpc": {"Type": "AWS::EC2::VPC", "Properties": {"CidrBlock": block}},
            "Subnet": {"Type": "AWS::EC2::Subnet", "Properties": {"VpcId": {"Ref": "Vpc"}, "CidrBlock": "10.0.0.0/24"}}
        }});
        bench.deploy("shop", &network("10.0.0.0/16"));
        let changes = update(&mut bench, &network("10.1.0.0/16")).changes;
        assert_eq!(changes[0].replacement, Some(Replacement::True));
        assert_eq!(changes[1].replacement, Some(Replacement::Conditional));
        let detail = &changes[1].details[0];
        assert_eq!((detail.evaluation, detail.recreation), (Evaluation::Dynamic, Recreation::Always));
        assert_eq!((detail.source.as_deref(), detail.cause.as_deref()), (Some("ResourceReference"), Some("Vpc")));
        assert_eq!(bench.deploy("shop", &network("10.1.0.0/16")), S::UpdateComplete);
        assert!(bench.story("shop").contains(&"Subnet: DELETE_COMPLETE".to_owned()));
    }

    /// A changed parameter is named as the cause.
    Documented("API reference, ResourceChangeDetail.ChangeSource")
    fn a_parameter_is_a_cause() {
        let mut bench = Bench::new();
        let mut template = queue(&json!({"DelaySeconds": {"Ref": "Delay"}}));
        template["Parameters"] = json!({"Delay": {"Type": "Number", "Default": 1}});
        bench.deploy("shop", &template);
        let mut request = bench.request("shop", ChangeSetType::Update, &template);
        request.parameters.push(ParameterValue { key: "Delay".into(), value: Some(Secret::new("2")) });
        let detail = bench.change_set(request).unwrap().changes[0].details[0].clone();
        assert_eq!((detail.source.as_deref(), detail.cause.as_deref()), (Some("ParameterReference"), Some("Delay")));
    }

    /// What leaves the template is told with its policy.
    Documented("API reference, ResourceChange.PolicyAction")
    fn a_removal_tells_its_policy() {
        let mut bench = Bench::new();
        let mut template = queue(&json!({}));
        template["Resources"]["Kept"] = json!({"Type": "AWS::SQS::Queue", "DeletionPolicy": "Retain"});
        bench.deploy("shop", &template);
        let changes = update(&mut bench, &queue(&json!({}))).changes;
        assert_eq!((changes[0].action, changes[0].policy_action.as_deref()), (Action::Remove, Some("Retain")));
    }

    /// Executing one change set makes the others of its stack obsolete; when it is done they are gone.
    Documented("API reference, ExecuteChangeSet; that they show `OBSOLETE` meanwhile is assumed")
    fn the_others_become_obsolete() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"DelaySeconds": 1})));
        let one = update(&mut bench, &queue(&json!({"DelaySeconds": 2})));
        let two = update(&mut bench, &queue(&json!({"DelaySeconds": 3})));
        bench.execute(&one).unwrap();
        assert_eq!(describe(&mut bench, &two).execution, ExecutionState::Obsolete);
        assert_eq!(bench.execute(&two).unwrap_err().kind, FailureKind::WrongState);
        bench.settle();
        assert_eq!(bench.execute(&two).unwrap_err().kind, FailureKind::NotFound);
    }

    /// A change set is executed once: again is refused with the state of the execution.
    Observed("issue text of `ce deploy`: the SDK resends, the service says `InvalidChangeSetStatus … EXECUTE_COMPLETE`")
    fn an_execution_is_not_repeated() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({})));
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        assert!(bench.execute(&change_set).unwrap_err().message.contains("[EXECUTE_IN_PROGRESS]"));
        bench.settle();
        assert!(bench.execute(&change_set).unwrap_err().message.contains("[EXECUTE_COMPLETE]"));
    }

    /// Or a repeated execution with the same token is taken for the first one.
    Assumed("API reference, ExecuteChangeSet.ClientRequestToken, read the other way")
    fn an_execution_may_be_repeated_with_its_token() {
        let mut bench = Bench::with(Settings::default().repeated_execution(RepeatedExecution::Accepted));
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({})));
        let change_set = bench.change_set(request).unwrap();
        let token = bench.token();
        let call = Call::ExecuteChangeSet {
            stack: StackRef::id(&change_set.stack),
            change_set: change_set.id.clone(),
            token,
            disable_rollback: false,
            retain_except_on_create: false,
        };
        bench.call(call.clone()).unwrap();
        bench.call(call).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().operations.iter().filter(|one| one.kind == "CREATE_STACK").count(), 1);
    }

    /// The same request with the same token is one change set; another under its name is refused.
    Documented("API reference, CreateChangeSet.ClientToken")
    fn a_request_is_taken_once() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({})));
        let first = bench.change_set(request.clone()).unwrap();
        assert_eq!(bench.change_set(request.clone()).unwrap().id, first.id);
        let mut other = request;
        other.token = bench.token();
        assert_eq!(bench.change_set(other).unwrap_err().kind, FailureKind::AlreadyExists);
    }

    /// A token that began one operation begins no other.
    Documented("API reference, TokenAlreadyExistsException")
    fn a_token_is_for_one_request() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"DelaySeconds": 1})));
        let first = update(&mut bench, &queue(&json!({"DelaySeconds": 2})));
        let token = bench.token();
        let execute = |change_set: &ChangeSetAnswer| Call::ExecuteChangeSet {
            stack: StackRef::id(&change_set.stack),
            change_set: change_set.id.clone(),
            token: token.clone(),
            disable_rollback: false,
            retain_except_on_create: false,
        };
        bench.call(execute(&first)).unwrap();
        bench.settle();
        let second = update(&mut bench, &queue(&json!({"DelaySeconds": 3})));
        assert_eq!(bench.call(execute(&second)).unwrap_err().kind, FailureKind::TokenUsed);
    }

    /// A stack that is being worked on takes no change set.
    Documented("user guide, Stack status codes")
    fn a_busy_stack_takes_none() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({})));
        let change_set = bench.change_set(request).unwrap();
        bench.execute(&change_set).unwrap();
        let request = bench.request("shop", ChangeSetType::Update, &queue(&json!({})));
        assert_eq!(bench.change_set(request).unwrap_err().kind, FailureKind::InProgress);
    }

    /// Without rollback a failed stack stays as it is, and a replacement is refused.
    Documented("user guide, Choose how to handle failures when provisioning resources")
    fn rollback_can_be_disabled() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"FifoQueue": false})));
        let change_set = update(&mut bench, &queue(&json!({"FifoQueue": true})));
        bench.execute_without_rollback(&change_set).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateFailed);
    }

    /// A stack that was left where it failed is updated without rollback only.
    Observed("aws-cdk-cli#1973")
    fn a_failed_stack_is_updated_without_rollback() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"FifoQueue": false})));
        let change_set = update(&mut bench, &queue(&json!({"FifoQueue": true})));
        bench.execute_without_rollback(&change_set).unwrap();
        bench.settle();
        let change_set = update(&mut bench, &queue(&json!({"FifoQueue": false, "DelaySeconds": 2})));
        let refused = bench.execute(&change_set).unwrap_err();
        assert!(refused.message.contains("please use the disable-rollback parameter"), "{refused}");
        bench.execute_without_rollback(&change_set).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateComplete);
    }

    /// An import takes in what is there and changes nothing else.
    Documented("user guide, Import AWS resources into a CloudFormation stack")
    fn resources_are_imported() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({})));
        let place = bench.target.place.clone();
        bench.simulator.make_resource(&place, "AWS::S3::Bucket", "photos", serde_json::Map::new());
        let mut template = queue(&json!({}));
        template["Resources"]["Photos"] =
            json!({"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain", "Properties": {"BucketName": "photos"}});
        let mut request = bench.request("shop", ChangeSetType::Import, &template);
        request.include_nested = false;
        request.imports.push(ImportedResource {
            type_name: "AWS::S3::Bucket".into(),
            logical_id: "Photos".into(),
            identifier: vec![("BucketName".into(), "photos".into())],
        });
        let change_set = bench.change_set(request).unwrap();
        assert_eq!(change_set.changes[0].action, Action::Import);
        bench.execute(&change_set).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::ImportComplete);
        assert!(bench.simulator.unowned(&place, "AWS::S3::Bucket").is_empty());
    }

    /// An import of what is not there is taken back.
    Documented("user guide, Stack status codes")
    fn an_import_that_fails_goes_back() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({})));
        let mut template = queue(&json!({}));
        template["Resources"]["Photos"] = json!({"Type": "AWS::S3::Bucket", "DeletionPolicy": "Retain"});
        let mut request = bench.request("shop", ChangeSetType::Import, &template);
        request.include_nested = false;
        request.imports.push(ImportedResource {
            type_name: "AWS::S3::Bucket".into(),
            logical_id: "Photos".into(),
            identifier: vec![("BucketName".into(), "photos".into())],
        });
        assert_eq!(bench.deploy_as(request), S::ImportRollbackComplete);
    }

    /// IAM resources need a capability, macros another.
    Documented("user guide, Acknowledging IAM resources in CloudFormation templates")
    fn capabilities_are_asked_for() {
        let mut bench = Bench::new();
        let role = json!({"Resources": {"Role": {"Type": "AWS::IAM::Role", "Properties": {"AssumeRolePolicyDocument": {}}}}});
        let mut request = bench.request("shop", ChangeSetType::Create, &role);
        request.capabilities.clear();
        let refused = bench.change_set(request.clone()).unwrap_err();
        assert_eq!((refused.kind, refused.message.as_str()), (FailureKind::Capability, "Requires capabilities : [CAPABILITY_IAM]"));
        request.capabilities.push(Capability::NamedIam);
        assert_eq!(bench.change_set(request).unwrap().state, ChangeSetState::Complete);
    }

    /// Early validation finds unknown properties; what it found is told as events of the change set only.
    Documented("user guide, Validate stack deployments; DescribeEvents")
    fn early_validation_refuses() {
        let mut bench = Bench::new();
        let request = bench.request("shop", ChangeSetType::Create, &queue(&json!({"Delay": 1})));
        let change_set = bench.change_set(request).unwrap();
        assert_eq!(change_set.state, ChangeSetState::Failed);
        let call = Call::DescribeChangeSetEvents { change_set: change_set.id, page: Page::first() };
        let Answer::Events(events, _) = bench.call(call).unwrap() else { panic!("events") };
        assert_eq!(events[0].reason.as_deref(), Some("Unsupported property [Delay]"));
        assert_eq!(events[0].detailed_status.as_deref(), Some("VALIDATION_FAILED"));
    }

    /// `REVERT_DRIFT` puts back what others changed.
    Documented("user guide, Drift-aware change sets")
    fn drift_is_reverted() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({"DelaySeconds": 1})));
        let place = bench.target.place.clone();
        bench.simulator.change_behind(&place, "shop", "Queue", "DelaySeconds", json!(9));
        assert!(update(&mut bench, &queue(&json!({"DelaySeconds": 1}))).has_no_changes());
        let mut request = bench.request("shop", ChangeSetType::Update, &queue(&json!({"DelaySeconds": 1})));
        request.mode = Mode::RevertDrift;
        let change_set = bench.change_set(request).unwrap();
        assert_eq!(change_set.changes[0].action, Action::Modify);
        assert!(change_set.changes[0].ignored.is_empty());
        bench.execute(&change_set).unwrap();
        bench.settle();
        assert_eq!(bench.describe("shop").unwrap().status, S::UpdateComplete);
    }

    /// Of what no read gives back, what a service sets and what is secret, drift is ignored, and that is said.
    Documented("API reference, ResourceDriftIgnoredAttribute")
    fn what_cannot_be_compared_is_named() {
        let mut bench = Bench::new();
        let secret = |words: &str| json!({"Resources": {"Secret": {"Type": "AWS::SecretsManager::Secret", "Properties": {
            "SecretString": "once", "Description": words, "Name": "n", "KmsKeyId": "{{resolve:secretsmanager:k}}"}}}});
        bench.deploy("shop", &secret("a"));
        let place = bench.target.place.clone();
        bench.simulator.change_behind(&place, "shop", "Secret", "SecretString", json!("other"));
        let mut request = bench.request("shop", ChangeSetType::Update, &secret("a"));
        request.mode = Mode::RevertDrift;
        assert!(bench.change_set(request).unwrap().has_no_changes(), "it cannot be seen");
        bench.simulator.change_behind(&place, "shop", "Secret", "Description", json!("b"));
        let mut request = bench.request("shop", ChangeSetType::Update, &secret("a"));
        (request.mode, request.name) = (Mode::RevertDrift, "again".into());
        let change_set = bench.change_set(request).unwrap();
        let ignored: Vec<_> = change_set.changes[0].ignored.iter().map(|one| (one.path.as_str(), one.reason)).collect();
        assert_eq!(ignored, [("/KmsKeyId", IgnoredReason::Sensitive), ("/SecretString", IgnoredReason::WriteOnly)]);
    }

    /// What a resource is cannot change under its id.
    Observed("github.com/aws/aws-sam-cli/issues/6786")
    fn a_type_stays() {
        let mut bench = Bench::new();
        bench.deploy("shop", &queue(&json!({})));
        let other = json!({"Resources": {"Queue": {"Type": "AWS::SNS::Topic"}}});
        let change_set = update(&mut bench, &other);
        assert_eq!(change_set.state, ChangeSetState::Failed);
        let reason = change_set.reason.unwrap();
        assert!(reason.starts_with("Update of resource type is not permitted") && reason.ends_with("[Queue]"), "{reason}");
    }

    /// A template can be the one the stack has.
    Documented("API reference, CreateChangeSet.UsePreviousTemplate")
    fn the_previous_template_can_be_used() {
        let mut bench = Bench::new();
        let mut template = queue(&json!({"DelaySeconds": {"Ref": "Delay"}}));
        template["Parameters"] = json!({"Delay": {"Type": "Number", "Default": 1}});
        bench.deploy("shop", &template);
        let mut request = bench.request("shop", ChangeSetType::Update, &template);
        request.template = Template::Previous;
        request.parameters.push(ParameterValue { key: "Delay".into(), value: Some(Secret::new("2")) });
        assert_eq!(bench.deploy_as(request), S::UpdateComplete);
    }
}
