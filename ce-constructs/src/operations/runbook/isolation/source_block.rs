//! Where a threat comes from is kept out for a time.

use ce_cfn::scheduler::{ScheduleGroup, ScheduleGroupRef};
use ce_synth::value::{account_id, partition};
use ce_synth::{Duration, Expr, Scope, Value, join};

use crate::edge::firewall::BlockList;
use crate::network::Cidr;
use crate::operations::{ApiCall, ApiOperation, AutomationDocument, DocumentParameter, Script, Step, parameter, rules};
use crate::security::{Principal, Role, own_arn};

const BLOCK: &str = concat!(include_str!("scripts/block_list.py"), include_str!("scripts/block_source.py"));
const UNBLOCK: &str = concat!(include_str!("scripts/block_list.py"), include_str!("scripts/unblock.py"));

/// How a [`ThreatIsolation`](super::ThreatIsolation) keeps out where a threat comes from: its public addresses go on the
/// list of a firewall, for a time.
///
/// ```
/// use ce_constructs::cidr;
/// use ce_constructs::edge::firewall::BlockList;
/// use ce_constructs::operations::SourceBlock;
/// use ce_synth::Duration;
///
/// let block = SourceBlock::on(BlockList::global("shop-edge-blocked"))
///     .lifted_after(Duration::days(7))
///     .never([cidr!("203.0.113.0/24")]);
/// # let _ = block;
/// ```
///
/// What a task connects to by itself is no source, and addresses that nobody has on the internet are none. A second runbook
/// lets an address in again: when its time is over, by a schedule that then deletes itself, or when somebody starts it.
#[derive(Clone, Debug)]
#[must_use = "it does nothing until an isolation has it"]
pub struct SourceBlock {
    list: Option<BlockList>,
    time: Duration,
    spared: Vec<Cidr>,
}

impl SourceBlock {
    /// On the list of a firewall, as [`WebFirewall::block_list`](crate::edge::WebFirewall::block_list) gives it, or known by
    /// its name. A firewall that has none is a finding (`CE8313`).
    pub fn on(list: impl Into<Option<BlockList>>) -> Self {
        Self { list: list.into(), time: Duration::days(1), spared: Vec::new() }
    }

    /// How long an address is blocked after it was last seen. Default: a day.
    pub fn lifted_after(mut self, time: Duration) -> Self {
        self.time = time;
        self
    }

    /// Never blocks these addresses, as those of an office, or of NAT gateways of your own. Default: blocks whatever is
    /// found.
    pub fn never(mut self, addresses: impl IntoIterator<Item = Cidr>) -> Self {
        self.spared.extend(addresses);
        self
    }

    /// The step that blocks, with what lifts it again beside the document.
    #[track_caller]
    pub(super) fn step(&self, scope: Scope<'_>, id: &str, document: Option<&str>) -> Option<Step> {
        rules::unlisted_firewall::check(scope, self.list.as_ref());
        let list = self.list.as_ref()?;
        let scope = scope.child(id);
        let unblock = unblock(list, scope, document);
        let lifting = Lifting::build(scope, unblock);
        let script = on_list(Script::new(BLOCK, "block"), list)
            .input("Id", parameter("Id"))
            .input("Detector", parameter("Detector"))
            .input("Spared", self.spared.iter().map(Cidr::to_string).collect::<Vec<_>>())
            .input("Seconds", i64::from(self.time.as_seconds()));
        let found = ApiCall::new(ApiOperation::new("guardduty:GetFindings"));
        let script = lifting.asked_by(script.calling(found.on([own_arn("guardduty", "detector/*")])));
        Some(Step::script("BlockSource", script).described("where it comes from is kept out for a time"))
    }
}

/// The script works on the list.
fn on_list(script: Script, list: &BlockList) -> Script {
    let find = ApiCall::new(ApiOperation::new("wafv2:ListIPSets"));
    let script = script
        .input("List", Expr::text(list.name().to_owned()))
        .input("Scope", list.scope())
        .input("Region", list.region().as_str())
        .calling(find.on_everything("IP sets are listed by no resource"));
    ["wafv2:GetIPSet", "wafv2:UpdateIPSet"]
        .map(ApiOperation::new)
        .into_iter()
        .fold(script, |script, operation| script.calling(ApiCall::new(operation).on(list.arns())))
}

/// The runbook that lets an address in again.
#[track_caller]
fn unblock<'a>(list: &BlockList, scope: Scope<'a>, beside: Option<&str>) -> AutomationDocument<'a> {
    let script = on_list(Script::new(UNBLOCK, "unblock"), list).input("Address", parameter("Address"));
    let document = AutomationDocument::builder("Lets an address in again that was blocked")
        .parameter(DocumentParameter::text("Address").described("the address, without a mask"))
        .step(Step::script("UnblockSource", script));
    let document = match beside {
        Some(name) => document.named(format!("{name}-unblock")),
        None => document,
    };
    document.build(scope, "Unblock")
}

/// The schedules that lift blocks: one an address, made when it is blocked.
struct Lifting<'a> {
    unblock: AutomationDocument<'a>,
    schedules: ScheduleGroupRef<'a>,
    role: Role<'a>,
}

impl<'a> Lifting<'a> {
    #[track_caller]
    fn build(scope: Scope<'a>, unblock: AutomationDocument<'a>) -> Self {
        let trusted =
            Principal::service("scheduler.amazonaws.com").when("StringEquals", "aws:SourceAccount", account_id());
        let role = Role::builder(trusted).described("Lifts blocks of addresses").build(scope, "Role");
        unblock.allow_start(&role);
        Self { unblock, schedules: scope.add("Schedules", ScheduleGroup::new()), role }
    }

    /// The script makes a schedule for each address.
    fn asked_by(&self, script: Script) -> Script {
        let group: Value<String> = self.schedules.ref_().cast();
        let schedules = own_arn("scheduler", join!["schedule/", group.clone(), "/*"]);
        let start: Value<String> = join!["arn:", partition(), ":scheduler:::aws-sdk:ssm:startAutomationExecution"];
        let make = |operation| {
            let call = ApiCall::new(ApiOperation::new(operation)).on([schedules.clone()]);
            call.passing(self.role.arn(), "scheduler.amazonaws.com")
        };
        script
            .input("Schedules", group)
            .input("Unblock", self.unblock.name())
            .input("Start", start)
            .input("Role", self.role.arn())
            .calling(make("scheduler:CreateSchedule"))
            .calling(make("scheduler:UpdateSchedule"))
    }
}
